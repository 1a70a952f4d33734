"""The kinds of adjustment and their reasons as the office keeps them; what lets more through takes a second officer."""
