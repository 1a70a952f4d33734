"""What of value came in the post: opened by two, receipted, handed on, and reconciled to what was paid in."""
