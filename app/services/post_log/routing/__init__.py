"""Routing: rules of the office that propose what a message is about and who gets it."""
