"""What is due for deletion, and the request to delete it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class DueRow:
    """An item whose content has been kept for as long as its category says.

    Attributes:
        done_on: the day that it was closed.
        months: how long its category is kept after that.
        documents: files, scans and e-mails that belong to it.
    """

    item_id: int
    number: str
    received_on: date
    category: str
    sender: str
    subject_line: str
    account_id: int | None
    reference: str
    done_on: date
    months: int
    documents: int


@dataclass(frozen=True, slots=True)
class DueList:
    """The due-for-deletion list of a day.

    Attributes:
        rows: the first of it, the oldest first.
        count: how many there are in all.
        waits: the request to delete that waits for approval, or None.
    """

    on: date
    rows: tuple[DueRow, ...]
    count: int
    waits: int | None


@dataclass(frozen=True, slots=True)
class AskDeletion:
    """A request to delete the content of everything on the list of a day but what is left out."""

    on: date
    left_out: frozenset[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A deletion that now waits for a second officer: of how many items."""

    request_id: int
    count: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Deleted:
    """What an approved deletion took away: the content of so many items, and the documents that nothing else needs."""

    items: int
    documents: int
