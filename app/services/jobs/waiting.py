"""What makes every job wait: an administrator has closed the office's database for maintenance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy.orm import Session

from app.services.core import plugs

_ASKED: Final[list[Callable[[Session], str]]] = []


def register(ask: Callable[[Session], str]) -> None:
    """Plug in what may make jobs wait: `ask(session)` gives the reason as a sentence, empty where there is none."""
    _ASKED.append(ask)


def reason(session: Session) -> str:
    """Why no job begins now; empty where nothing stands in the way."""
    plugs.fill("pauses")
    return next((words for words in (ask(session) for ask in _ASKED) if words), "")
