"""The reasons of write-offs as the office keeps them."""
