"""Tills as plain values: what is counted, what came of it, and what is on its way to the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.models.values import BankingState, Money, TakenBy, TillCountKind, TillState
from app.services.core.changes import Changes
from app.services.reception_payments.tills.acts import BankingAct, TillAct

AREAS: Final = frozenset({"reception_payments", "home"})
STATES: Final = {
    TillState.OPEN: "Open",
    TillState.COUNTED: "Cashed up, to be signed",
    TillState.CLOSED: "Closed",
}
BANKING_STATES: Final = {
    BankingState.MADE: "To be sealed",
    BankingState.SEALED: "On its way to the bank",
    BankingState.BANKED: "Banked",
    BankingState.CANCELLED: "Cancelled",
}
KINDS: Final = {
    TillCountKind.FLOAT: "Float",
    TillCountKind.SPOT: "Spot check",
    TillCountKind.HANDOVER: "Change of hands",
    TillCountKind.CASH_UP: "Cash-up",
}

Quantities = Mapping[int, int]
"""How many of each note and coin there are, by its worth in pence."""


@dataclass(frozen=True, slots=True)
class TillForm:
    """A till as it is to be kept.

    Attributes:
        till_id: 0 of a new one.
        float_: what it begins with each day; None where it can't be read.
    """

    till_id: int
    desk_id: int
    name: str
    float_: Money | None
    active: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """The cash of a till as it was counted.

    Attributes:
        why: how a difference came about, where one is known of.
    """

    quantities: Quantities
    why: str = ""


@dataclass(frozen=True, slots=True)
class CashUp:
    """The end of a session: its cash, float and all, and the cheques and postal orders in hand."""

    session_id: int
    count: Count
    cheque_count: int
    cheque_pence: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to, told once it was given.

    Attributes:
        agrees: it is what should be there.
        expected: what that is; None of a till that goes on, to whoever still holds it.
        over: more than nothing is over, less is under; None where it isn't told.
    """

    session_id: int
    number: int
    counted: Money
    agrees: bool
    expected: Money | None
    changes: Changes
    count_id: int = 0

    @property
    def over(self) -> Money | None:
        """Counted less expected."""
        return None if self.expected is None else Money(self.counted.pence - self.expected.pence)

    @property
    def told(self) -> str:
        """What it came to, as a sentence."""
        if self.agrees:
            return f"{self.counted} counted, as it should be."
        if self.over is None:
            return f"{self.counted} counted, which isn't what should be there."
        side = "over" if self.over.pence > 0 else "under"
        return f"{self.counted} counted: {Money(abs(self.over.pence))} {side}."


@dataclass(frozen=True, slots=True)
class Explain:
    """How the difference of a count came about, said once the count is kept."""

    count_id: int
    why: str


@dataclass(frozen=True, slots=True)
class NewBanking:
    """Closed sessions of a desk whose money goes to the bank in one bag.

    Attributes:
        quantities: the notes and coins that go into the bag; none: they aren't counted one by one, and the slip leaves them out.
    """

    entry_key: str
    desk_id: int
    session_ids: tuple[int, ...]
    bag: str
    quantities: Quantities = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money that is sealed and waits for the bank."""

    banking_id: int
    number: int
    bag: str
    desk: str
    sealed_on: date
    cash: Money
    cheques: Money

    @property
    def total(self) -> Money:
        """What the bank should count."""
        return Money(self.cash.pence + self.cheques.pence)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as lists show it; moments are UTC.

    Attributes:
        receipts: how many stand.
        cash: taken in cash; None where the officer may not know it before the count.
        others: taken in other ways; cheques and postal orders as cash, only where the officer may know it.
        over: None before it is counted.
        may_take: it is open and its business day isn't over.
        handed_to: who has it offered, by the newest count, and hasn't agreed yet; empty once cash was taken since.
    """

    session_id: int
    number: int
    till: str
    desk: str
    desk_id: int
    state: TillState
    business_on: date
    holder_id: int
    holder: str
    opened_at: datetime
    float_: Money
    receipts: int
    cash: Money | None
    others: Mapping[TakenBy, Money]
    over: Money | None
    counted: Money | None
    cheques: Money
    why: str
    signed_by: str
    signed_at: datetime | None
    banking: int | None
    may_take: bool
    acts: frozenset[TillAct] = frozenset()
    handed_to: str = ""

    @property
    def to_bank(self) -> Money | None:
        """Its cash without the float, and its cheques; None before it is counted."""
        return None if self.counted is None else Money(self.counted.pence - self.float_.pence + self.cheques.pence)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count as it is shown; its moment is UTC.

    Attributes:
        over: counted less expected; None where the officer may not know it.
        to: who took it over; empty of another count.
        taken_over: they agreed to it.
    """

    count_id: int
    kind: TillCountKind
    by: str
    at: datetime
    counted: Money
    over: Money | None
    why: str
    to: str
    taken_over: bool
    quantities: Quantities


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session whole: its counts, the first is its float."""

    row: SessionRow
    counts: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till and the session that is open at it, if one is.

    Attributes:
        to_sign: how many of its sessions wait to be signed.
    """

    till_id: int
    name: str
    desk: str
    desk_id: int
    float_: Money
    active: bool
    open: SessionRow | None
    version: int = 0
    to_sign: int = 0
    acts: frozenset[TillAct] = frozenset()


@dataclass(frozen=True, slots=True)
class BankingRow:
    """A banking as lists show it; moments are UTC."""

    banking_id: int
    number: int
    desk: str
    bag: str
    state: BankingState
    cash: Money
    cheques: Money
    cheque_count: int
    made_by: str
    made_at: datetime
    sealed_by: str
    banked_on: date | None
    banked: Money | None
    why: str
    sealed_at: datetime | None = None
    desk_id: int = 0
    acts: frozenset[BankingAct] = frozenset()

    @property
    def total(self) -> Money:
        """What the bank should count."""
        return Money(self.cash.pence + self.cheques.pence)


@dataclass(frozen=True, slots=True)
class BankingCard:
    """A banking whole: the sessions whose money it holds, and the notes and coins on its slip."""

    row: BankingRow
    sessions: tuple[SessionRow, ...]
    quantities: Quantities


@dataclass(frozen=True, slots=True)
class TillPaper:
    """An end-of-day sheet or a paying-in slip as a file."""

    name: str
    title: str
    content: bytes
