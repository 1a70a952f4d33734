"""What Bacs reports of the files that were sent, in XML (bacs.md 2)."""
