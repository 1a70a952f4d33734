"""Changes of a tenancy: who holds it, by what name, how securely, from when to when, and where its tenants move."""
