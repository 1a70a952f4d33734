"""Maker and checker: what one officer asks for and another approves."""
