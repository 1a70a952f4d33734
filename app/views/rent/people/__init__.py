"""The people of an account: the part that shows them, and the sheets by which what is kept of them changes."""
