"""What officers do with letters: write and queue them, batches of them, their templates, and sending."""
