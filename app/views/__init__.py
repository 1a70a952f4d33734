"""What the officer sees: PySide6 widgets, no SQL."""
