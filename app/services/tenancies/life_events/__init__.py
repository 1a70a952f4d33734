"""Life events: what happened to somebody, all that hangs on them, and what was decided of each."""
