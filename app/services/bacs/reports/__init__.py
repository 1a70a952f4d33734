"""What comes back from Bacs: reports read as untrusted XML into pure data, without a database (bacs.md 2)."""

from app.services.bacs.reports.reading import read

__all__ = ["read"]
