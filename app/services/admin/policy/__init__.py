"""Policy values: seen with their history, changed from a day on by two officers, verified for this landlord."""
