"""Reading templates, letters as they would be, the queue and register, and batches."""
