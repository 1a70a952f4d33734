"""The council's finance system: files for it and from it, and the reconciliation."""
