"""What is held in suspense, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import Money, Subject, SuspenseMoveKind, SuspenseMoveState, SuspenseSource, SuspenseState
from app.services.core.changes import Changes
from app.services.documents.dto import NewFile
from app.services.rent.listed_dto import AccountRow

AREAS: Final = frozenset({"reception_payments", "rent", "home"})
STATES: Final = {
    SuspenseState.OPEN: "Open",
    SuspenseState.PROPOSED: "Waiting for approval",
    SuspenseState.CLEARED: "Cleared",
    SuspenseState.REFUND_ASKED: "Refund waiting for approval",
    SuspenseState.REFUNDED: "Refunded",
}

STANDING: Final = (SuspenseState.OPEN, SuspenseState.PROPOSED, SuspenseState.REFUND_ASKED)
"""The states of what is in suspense still."""


@dataclass(frozen=True, slots=True)
class NewSuspense:
    """An amount that nobody's account is known for.

    Attributes:
        source, source_id, source_line: where it came from; each line of a source is held once.
        pence: more than nothing came in, less went out (a chargeback, a returned payment).
        code: the receipt code under which it came, and under which it will go to an account.
        received_on: the day on which it counts as paid.
        reference_given, payer_name, narrative: what the payer and the bank said.
        looked_at: whoever read it looked for card numbers, and was told which columns only look like some.
    """

    source: SuspenseSource
    source_id: int
    source_line: int
    pence: int
    code: str
    received_on: date
    reference_given: str = ""
    payer_name: str = ""
    narrative: str = ""
    looked_at: bool = False


@dataclass(frozen=True, slots=True)
class NewPart:
    """Where some of an item goes: to an account, to other income, or (neither) back to whoever sent it.

    Attributes:
        pence: of the same sign as the item.
        why: the candidate's reason, or the officer's own.
    """

    pence: int
    account_id: int | None = None
    stream_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ClearItem:
    """Where an item goes, whole or in parts; what isn't said stays in suspense.

    Attributes:
        version: of the item as it was looked at.
        learn: remember the payer for the accounts.
        files: what shows it, such as the payer's letter; kept with the item, and beside the request.
    """

    item_id: int
    version: int
    parts: tuple[NewPart, ...]
    learn: bool = False
    note: str = ""
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that an item may belong to.

    Attributes:
        score: the higher the likelier; `reasons` say why, the strongest first.
        open: the officer may work on it; of one that they may not nothing but the reference is told.
        paid: what was paid on it last, the newest first.
    """

    account: AccountRow
    score: int
    reasons: tuple[str, ...]
    open: bool = True
    paid: tuple[tuple[date, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class SuspenseRow:
    """An item as lists show it; `age` is in days.

    Attributes:
        known: of an open one, the reference of the only account that its payer paid for before, if the officer may open that.
    """

    item_id: int
    number: int
    state: SuspenseState
    amount: Money
    left: Money
    code: str
    received_on: date
    age: int
    reference_given: str
    payer_name: str
    narrative: str
    source: SuspenseSource
    owner_id: int | None
    owner: str
    request_id: int | None
    note: str
    version: int
    known: str = ""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Where some of an item went, or is to go; moments are UTC."""

    kind: SuspenseMoveKind
    state: SuspenseMoveState
    where: str
    amount: Money
    why: str
    confirmed_by: str
    confirmed_at: datetime
    approved_by: str
    journal: int | None


@dataclass(frozen=True, slots=True)
class PayerRow:
    """A payer who is known for an account: it is proposed for their money, and nothing is posted by itself.

    Attributes:
        payer: their name as the bank gave it first.
    """

    payer_id: int
    payer: str
    last_on: date
    times: int
    active: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, as a sentence."""

    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Cleared:
    """What came of confirming: posted at once, or asked of a second officer (`request_id`)."""

    request_id: int | None
    told: str
    changes: Changes


class View(StrEnum):
    """Which items are listed."""

    STANDING = "standing"
    MINE = "mine"
    NOBODYS = "nobodys"
    OLD = "old"
    WAITING = "waiting"
    SETTLED = "settled"
    ALL = "all"


class Age(StrEnum):
    """How long ago it was paid; of what is cleared too."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    OLDER = "older"


AGES: Final[Mapping[Age, tuple[str, int, int | None]]] = {
    Age.WEEK: ("Up to 7 days", 0, 7),
    Age.FORTNIGHT: ("8 to 14 days", 8, 14),
    Age.MONTH: ("15 to 28 days", 15, 28),
    Age.QUARTER: ("29 to 91 days", 29, 91),
    Age.OLDER: ("Older than 91 days", 92, None),
}
"""What officers read of a band, with its first and its last day of age."""
SOURCES: Final = {
    SuspenseSource.FILE: "File",
    SuspenseSource.BANK: "Bank statement",
    SuspenseSource.DESK: "Counter",
    SuspenseSource.CARD: "Card payment",
}


@dataclass(frozen=True, slots=True)
class SuspenseFilter:
    """What is looked for in suspense; what is left empty doesn't matter.

    Attributes:
        least: items of at least so much, whichever way it went.
        text: words in what the payer said, the number of an item, or its amount in pounds and pence.
    """

    view: View = View.STANDING
    age: Age | None = None
    source: SuspenseSource | None = None
    owner_id: int | None = None
    least: Money | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found: at most `MOST` rows, and what all of them come to; `oldest` is in days."""

    rows: tuple[SuspenseRow, ...]
    count: int
    left: Money
    oldest: int


@dataclass(frozen=True, slots=True)
class Triggered:
    """Something that was done on an account while its money was in suspense.

    Attributes:
        what: what it is, such as `Letter`.
        words: which, and what can be done about it.
        subject, record_id: the record to look at.
    """

    account_id: int
    reference: str
    on: date
    what: str
    words: str
    subject: Subject
    record_id: int


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item.

    Attributes:
        came: how it came, in words.
        candidates: whose it may be, the likeliest first; none of what isn't open.
        meanwhile: what was done on its accounts before it reached them.
        alone_up_to: what one officer clears without a second one.
        streams: (id, name) of the income besides rent that it may go to.
    """

    row: SuspenseRow
    came: str
    candidates: tuple[Candidate, ...]
    moves: tuple[MoveRow, ...]
    meanwhile: tuple[Triggered, ...]
    alone_up_to: Money
    streams: tuple[tuple[int, str], ...]

    @property
    def level(self) -> bool:
        """Whether two accounts are equally likely, so that an officer has to choose."""
        return len(self.candidates) > 1 and self.candidates[0].score == self.candidates[1].score
