"""The lists that the office keeps for its reception: why people come, and where they are sent."""
