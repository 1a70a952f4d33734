"""Acknowledging and answering: who is written to and how, what came of it, and the work that an item starts."""
