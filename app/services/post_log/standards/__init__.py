"""Service standards: by when an item of post is acknowledged and answered, what makes it wait, and who is told when it is late."""
