"""The office's mailboxes: kept, fetched from, and what waits in them because it may not be kept."""
