"""What the Purchase Orders tab does."""
