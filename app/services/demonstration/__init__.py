"""The demonstration landlord: made up, the same every time, with the payment habits of a real rent roll."""
