"""First start: three ways to begin."""
