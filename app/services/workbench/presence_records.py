"""What the windows of the office tell of the records that they have open: read by every start, without a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.models.values import Subject

BEAT: Final = timedelta(seconds=30)
"""How often a window says what it has open."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is open in a window."""

    subject: Subject
    subject_id: int


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who has it open, or the same officer in another window (`self_elsewhere`)."""

    name: str
    since: datetime
    self_elsewhere: bool
