"""Two records of one person are made one, and parted again."""
