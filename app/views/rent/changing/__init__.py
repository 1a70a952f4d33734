"""The sheets by which a tenancy is changed."""
