"""What the register shows of what came in and of what went out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import FormatNeed, PostChannel, PostState, PostStep, Subject


class Way(StrEnum):
    """Whether something arrived or was sent."""

    IN = "in"
    OUT = "out"


class View(StrEnum):
    """The views that an officer works through; every one but `TODAY` is of open items only."""

    MINE = "mine"
    """With the officer, or with a colleague who is away and whom they cover."""
    TEAM = "team"
    """With the officer's team or somebody of it."""
    TODAY = "today"
    """Came or went today."""
    OVERDUE = "overdue"
    """A day of the service standard has passed."""
    SOON = "soon"
    """A day of the service standard is today or one of the next two working days."""
    UNALLOCATED = "unallocated"
    """With nobody yet."""
    UNCHECKED = "unchecked"
    """Something that Rentbook filled in waits to be confirmed."""


class RegisterSort(StrEnum):
    """Columns that the register can be sorted by."""

    AT = "at"
    NUMBER = "number"
    WHO = "who"
    SUBJECT = "subject"
    CATEGORY = "category"
    DUE = "due"
    PRIORITY = "priority"
    HOLDER = "holder"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the register shows; an empty set or None doesn't matter.

    Attributes:
        text: beginnings of words of the sender or addressee, the subject or a reference, in any order; or an item's number.
        view: one of the views.
        ways: what came in, what went out.
        channels: how it came or went: values of `PostChannel`; what goes out is a letter, an e-mail or a `text`.
        categories: keys of categories; only what came in has one.
        states: of what came in.
        officer_id, team_id: with whom it is; what goes out is with who wrote it.
        account_id: only of this account.
        days: came or went in so many days up to today.
        from_on, to_on: came or went on these days, both included.
    """

    text: str = ""
    view: View | None = None
    ways: frozenset[Way] = frozenset()
    channels: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    states: frozenset[PostState] = frozenset()
    officer_id: int | None = None
    team_id: int | None = None
    account_id: int | None = None
    days: int | None = None
    from_on: date | None = None
    to_on: date | None = None


EVERYTHING = RegisterFilter()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line: something that came in, or something that went out.

    Attributes:
        row_id: the item's id; of what went out, the letter's with a minus.
        way: which of the two it is.
        number: the item's number, such as `2026/123`; of what went out, the letter's.
        at: when it was received or written.
        who: the sender or the addressee; `Restricted` where the record is not the officer's to open.
        subject: what it is about.
        channel: how it came or went, a value of `PostChannel`, or `text`.
        category: the name of its category; empty for what went out.
        reference: the payment reference of its account.
        holder: with whom it is; of what went out, who wrote it.
        state: how far it has come: a value of `PostState`, of what went out of the letters' `OutgoingState`.
        due_on: the next day of the service standard that is to be kept; none where nothing more is due.
        acknowledge: whether that is the acknowledgement, not the answer.
        late: that day has passed.
        soon: that day is today or one of the next two working days.
        guessed: names of the fields that nobody has confirmed.
        own: the officer has it.
        declared: it is of an account that the officer may not work on.
    """

    row_id: int
    way: Way
    number: str
    at: datetime
    who: str
    subject: str
    channel: str
    category: str
    account_id: int | None
    reference: str
    holder: str
    officer_id: int | None
    team_id: int | None
    state: str
    priority: int = 2
    due_on: date | None = None
    acknowledge: bool = False
    late: bool = False
    soon: bool = False
    guessed: tuple[str, ...] = ()
    own: bool = False
    declared: bool = False
    shut: bool = False

    @property
    def item_id(self) -> int | None:
        """The item's id; none of what went out."""
        return self.row_id if self.way is Way.IN else None

    @property
    def outgoing_id(self) -> int | None:
        """The letter's id; none of what came in."""
        return -self.row_id if self.way is Way.OUT else None

    @property
    def open(self) -> bool:
        """Whether it came in and something is still to be done with it."""
        return self.way is Way.IN and self.state == PostState.OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an item's history.

    Attributes:
        who: the officer who did it.
        to: the officer or team who got it by it.
        outgoing_id: the letter, e-mail or text message that it made.
    """

    at: datetime
    who: str
    step: PostStep
    words: str
    to: str = ""
    outgoing_id: int | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record that an item is about.

    Attributes:
        words, detail: what it is, and how it stands now, as the finder shows it.
        own: the link was made on the item and can be taken back there; else the other record names the item.
    """

    subject: Subject
    subject_id: int
    words: str
    detail: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One item whole, as the side of the page shows it.

    Attributes:
        row: its line.
        channel: how it arrived.
        address: where an answer goes.
        text: what was said or written, as far as it is kept.
        theirs: the sender's own reference.
        category_id, work: its category, and the piece of work that the category starts; `` for none.
        acknowledgement: the key of the letter template that acknowledges it; `` where nothing does.
        duplicate: the number of the item that it is a copy of.
        version: of its row, for whoever changes it.
        history: what was done with it, in turn.
        mailed: an e-mail is kept with it, or goes out about it.
    """

    row: RegisterRow
    channel: PostChannel
    received_on: date
    address: str
    text: str
    theirs: str
    account: str
    person_id: int | None
    category_id: int
    work: str
    acknowledgement: str
    format: FormatNeed
    language: str
    acknowledge_by: date | None
    acknowledged_on: date | None
    reply_by: date | None
    replied_on: date | None
    outcome: str
    duplicate: str
    content_deleted: bool
    version: int
    history: tuple[Step, ...]
    linked: tuple[Linked, ...] = ()
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Tray:
    """What is open with an officer or a team: how many, and how many of them late."""

    officer_id: int | None
    team_id: int | None
    name: str
    open: int
    late: int
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What stands over the register: how many each view has, the trays, and the categories that items have."""

    counts: Mapping[View, int]
    trays: tuple[Tray, ...]
    categories: tuple[tuple[str, str], ...]
