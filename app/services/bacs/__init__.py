"""Bank details, the modulus check, the Bacs calendar, Standard 18 files and what Bacs reports of them."""
