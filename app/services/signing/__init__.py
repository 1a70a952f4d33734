"""The office's own certificate, and what is signed with it."""
