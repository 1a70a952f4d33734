"""Accounts and what belongs to them: found, headed, with their people, property and charges."""
