"""What is published of spending, orders and payments."""
