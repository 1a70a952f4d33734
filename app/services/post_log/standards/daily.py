"""The daily telling of what is late, plugged in."""

from __future__ import annotations

from app.services.diary.daily import register as plug_in
from app.services.post_log.standards.commands import escalate


def register() -> None:
    """Plug it in."""
    plug_in("post_log", escalate)
