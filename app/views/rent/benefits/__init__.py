"""The Benefits part of the account's card, and the columns of the office's list."""
