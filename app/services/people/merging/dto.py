"""Two records of one person, made one and parted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Make the record `merged_id` part of `kept_id`, because they are one person."""

    kept_id: int
    merged_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class UndoMerge:
    """Part two records again: they were two people after all."""

    merge_id: int
    version: int


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that stands, with both records as they were called; `at` is UTC."""

    merge_id: int
    version: int
    kept_id: int
    kept: str
    merged: str
    reason: str
    at: datetime
    officer: str
    moved: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be merged into the one that is shown."""

    person_id: int
    reference: str
    name: str
    date_of_birth: date | None
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge, or its undoing, moved."""

    merge_id: int
    moved: int
    told: str
    changes: Changes
