"""A whole database moved to another engine and back, proven equal; and copied without anybody's personal data."""
