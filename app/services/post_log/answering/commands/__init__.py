"""What is done with an item that is answered: acknowledged, answered, closed, linked, its work begun."""
