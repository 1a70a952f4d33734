"""The audit read: who changed what, when, in the office's own words."""
