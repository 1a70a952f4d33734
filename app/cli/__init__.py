"""The same services without a window, for scheduled jobs and for whoever likes to type."""
