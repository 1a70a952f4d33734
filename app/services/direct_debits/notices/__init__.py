"""Advance notice: which collections need it and by when, the letters and e-mails that give it, and whether it was enough."""
