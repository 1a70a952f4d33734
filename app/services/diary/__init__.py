"""The diary: what officers note, and the tasks of the office, given, recurring, and made by what the day asks."""
