"""The landlord: loading spreadsheets, and the accounting periods."""
