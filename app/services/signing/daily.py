"""The daily look at how long the office's certificate is valid, plugged in."""

from __future__ import annotations

from app.services.diary.daily import register as plug_in
from app.services.signing.commands import warn


def register() -> None:
    """Plug it in."""
    plug_in("signing", warn)
