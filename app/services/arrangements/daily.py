"""The daily test of arrangements, plugged in."""

from __future__ import annotations

from app.services.arrangements.commands import test_all
from app.services.diary.daily import register as plug_in


def register() -> None:
    """Plug the test in."""
    plug_in("arrangements", test_all)
