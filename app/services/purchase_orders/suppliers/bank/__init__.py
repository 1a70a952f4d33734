"""Bank details of suppliers: changed with a call back and a second officer, opened for payments."""
