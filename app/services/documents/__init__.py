"""Documents, kept by their content and linked to what they are about."""
