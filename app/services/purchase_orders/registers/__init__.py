"""The short registers of purchasing: what is bought, by category, and where it is delivered to."""
