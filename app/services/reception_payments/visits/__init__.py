"""The reception log: visitors and callers, from when they come until what came of it."""
