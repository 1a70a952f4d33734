"""What logging shows and hands back: an entry before it is logged, what was logged, and items that it may be a copy of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import PostChannel, PostState
from app.services.core.changes import Changes
from app.services.documents.dto import NotAttached
from app.services.post_log.dto import Guess, Holder


@dataclass(frozen=True, slots=True)
class Category:
    """A category as it is offered; `high` items are logged with high priority."""

    category_id: int
    key: str
    name: str
    high: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What the entry screen offers: categories, and the officers and teams that post can be given to."""

    categories: tuple[Category, ...]
    holders: tuple[tuple[Holder, str], ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that another may be a copy of.

    Attributes:
        why: what they have in common, in words.
        open: something is still to be done with it.
    """

    item_id: int
    number: str
    received_on: date
    sender: str
    subject_line: str
    why: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """What Rentbook makes of an entry while it is typed.

    Attributes:
        account: the account that it is likely about.
        category_id, category: by the routing rules; None and empty where none fits.
        holder, holder_name: who would get it.
        alike: items that it may be a copy of, the newest first.
    """

    account: Guess | None = None
    category_id: int | None = None
    category: str = ""
    holder: Holder | None = None
    holder_name: str = ""
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """An item that was logged.

    Attributes:
        again: the same entry was there already, and nothing was logged.
        refused: scans that were not kept with it, and why.
    """

    item_id: int
    number: str
    sender: str
    subject_line: str
    category: str
    account: str
    holder: str
    reply_by: date | None
    changes: Changes
    again: bool = False
    refused: tuple[NotAttached, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of items that were confirmed, junked or marked as copies; `told` is said to the officer."""

    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of scans whose names say which item they belong to: those kept, and those that were not."""

    kept: int
    refused: tuple[NotAttached, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """An item that the officer logged today, as the entry screen lists it."""

    item_id: int
    number: str
    channel: PostChannel
    logged_at: datetime
    sender: str
    subject_line: str
    category: str
    account: str
    holder: str
    state: PostState
    scans: int = 0
