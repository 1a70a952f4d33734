"""What the database itself works out and refuses, as SQL for both engines: the text of migration 0041."""
