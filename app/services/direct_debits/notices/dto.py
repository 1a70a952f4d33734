"""Notices as they are asked for, listed, rehearsed and given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, Money, NoticeKind
from app.services.core.calendars import BACS, WorkingDays
from app.services.core.changes import Changes
from app.services.direct_debits.schedules.dto import Explained, ListedCollection, ScheduleOf

AREAS: Final = frozenset({"direct_debits", "letters", "diary", "home"})


class NoticeWay(StrEnum):
    """How a payer is told."""

    POST = "post"
    EMAIL = "email"
    TELEPHONE = "telephone"


WAYS: Final = {
    NoticeWay.POST: "by letter",
    NoticeWay.EMAIL: "by e-mail",
    NoticeWay.TELEPHONE: "on the telephone",
}
KINDS: Final = {
    NoticeKind.FIRST: "New schedule",
    NoticeKind.CHANGE: "Change",
    NoticeKind.YEAR: "New rent year",
    NoticeKind.AGAIN: "Collected again",
}
"""The kinds as officers read them."""


@dataclass(frozen=True, slots=True)
class Days:
    """Working days of notice, of notice before something is collected again, and those that a letter takes.

    Attributes:
        bacs: the calendar that they are counted in.
    """

    notice: int
    again: int
    post: int
    bacs: WorkingDays = BACS

    def of(self, kind: NoticeKind) -> int:
        """Those that a notice of a kind must be given before."""
        return self.again if kind is NoticeKind.AGAIN else self.notice


@dataclass(frozen=True, slots=True)
class Needed:
    """A mandate whose payer must be told of collections to come; of those collected again a line of its own.

    Attributes:
        changed: how many of them were told otherwise before.
        post_by, email_by: the last day for the earliest of them, by letter and without one.
        back: a letter or an e-mail that told of some never arrived.
    """

    mandate_id: int
    account_id: int
    reference: str
    payer: str
    kind: NoticeKind
    count: int
    total: Money
    first_due_on: date
    last_due_on: date
    changed: int
    post_by: date
    email_by: date
    back: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """A collection that notice given today can't reach in time, and the first day on which it could go."""

    collection_id: int
    mandate_id: int
    reference: str
    payer: str
    due_on: date
    amount: Money
    could_go_on: date


@dataclass(frozen=True, slots=True)
class NotTold:
    """A payer whom no letter or e-mail can tell now, and why; they become a task."""

    mandate_id: int
    reference: str
    payer: str
    why: str


@dataclass(frozen=True, slots=True)
class GiveNotice:
    """Whom to give notice.

    Attributes:
        mandate_ids: None takes everybody who needs it.
        by_email: whoever asked to be reached by e-mail is; else all get letters.
        move_late: what it is too late for is moved to the first free day that it could go on, and told so.
    """

    mandate_ids: tuple[int, ...] | None = None
    by_email: bool = True
    move_late: bool = False


@dataclass(frozen=True, slots=True)
class NoticeRehearsal:
    """What giving notice would do, before anything is done.

    Attributes:
        collections: of how many collections the letters and e-mails tell, and what they come to.
        not_told: on hold, declared, or not to be reached: each becomes a task.
        late: collections that are left out, as the notice would be too short.
    """

    letters: int
    emails: int
    collections: int
    total: Money
    not_told: tuple[NotTold, ...] = ()
    late: tuple[Late, ...] = ()
    days: Days = Days(0, 0, 0)


@dataclass(frozen=True, slots=True)
class NoticesGiven:
    """What was done: letters and e-mails made, collections told, payers who are tasks now."""

    letters: int = 0
    emails: int = 0
    collections: int = 0
    total: Money = ZERO
    tasks: int = 0
    late: int = 0
    changes: Changes = field(default_factory=lambda: Changes(AREAS))

    @property
    def told(self) -> str:
        """As a sentence."""
        if not (self.letters or self.emails or self.tasks):
            return "Nobody needs notice."
        made = " and ".join(
            part for part in (_counted(self.letters, "letter"), _counted(self.emails, "e-mail")) if part
        )
        said = f"Notice is given: {made}." if made else "No notice could be given."
        return said + (f" {_counted(self.tasks, 'task')} made for whoever can't be written to." if self.tasks else "")

    def __add__(self, other: NoticesGiven) -> NoticesGiven:
        return NoticesGiven(
            self.letters + other.letters,
            self.emails + other.emails,
            self.collections + other.collections,
            self.total + other.total,
            self.tasks + other.tasks,
            self.late + other.late,
            Changes(AREAS, self.changes.account_ids | other.changes.account_ids),
        )


@dataclass(frozen=True, slots=True)
class ToldByPhone:
    """Notice that was given on the telephone.

    Attributes:
        collection_ids: those that the payer was told of; empty takes all that need it.
        words: what was said, and to whom.
        agreed: the payer agreed to be told fewer working days before, or asked for the collection.
    """

    mandate_id: int
    words: str
    collection_ids: tuple[int, ...] = ()
    agreed: bool = False


class Standing(StrEnum):
    """How a collection to come stands with its notice."""

    TOLD = "told"
    WAITS = "waits"
    LOST = "lost"
    UNTOLD = "untold"
    CHANGED = "changed"
    SHORT = "short"
    NONE = "none"
    """It needs none: it is past, skipped or nothing."""


@dataclass(frozen=True, slots=True)
class CollectionNotice:
    """What is to be done about the notice of a collection.

    Attributes:
        told_on: the day that counts as that of the notice.
        post_by, email_by: the last day for it, by letter and without one.
        could_go_on: the first day on which it could go if the payer were written to today.
    """

    standing: Standing
    told_on: date | None
    post_by: date
    email_by: date
    could_go_on: date


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """A collection in the list of the office, with how it stands with its notice."""

    row: ListedCollection
    standing: Standing
    told_on: date | None


@dataclass(frozen=True, slots=True)
class ScheduleShown:
    """A mandate's schedule as its card shows it: the collections, the sum that they come of, and how each stands."""

    of: ScheduleOf
    explained: Explained | None
    notices: Mapping[int, CollectionNotice]
    today: date


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in a mandate's list; `made_at` is UTC.

    Attributes:
        state: what became of it, in words: queued, printed, came back, taken back.
        standing: it counts.
    """

    notice_id: int
    kind: NoticeKind
    way: NoticeWay
    given_on: date
    first_due_on: date
    count: int
    days: int
    officer: str
    made_at: datetime
    words: str
    state: str
    standing: bool
    outgoing_id: int | None = None


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}" if count else ""
