"""What must be so in a landlord's file, as pure functions over its tables: each yields every fault it finds."""
