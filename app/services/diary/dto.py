"""Notes as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on an account; `written_at` is UTC."""

    note_id: int
    account_id: int
    written_at: datetime
    officer: str
    text: str
