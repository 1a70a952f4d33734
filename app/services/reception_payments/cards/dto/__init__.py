"""What card payments are asked with, and what they show."""
