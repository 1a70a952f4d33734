"""The Approvals page."""
