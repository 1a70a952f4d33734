"""Receipts as they are listed and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import AccountKind, MoneyReceiptState, PayerKind, TakenBy
from app.models.values import Money as Amount

STATES: Final[Mapping[MoneyReceiptState, str]] = {
    MoneyReceiptState.TAKEN: "Taken",
    MoneyReceiptState.VOID_ASKED: "Void, waits for approval",
    MoneyReceiptState.VOID: "Void",
    MoneyReceiptState.RETURNED: "Came back",
}
"""How a receipt stands, as officers read it."""


class ReceiptView(StrEnum):
    """What officers look for among the receipts."""

    TODAY = "today"
    MINE = "mine"
    """Taken today by the officer who looks."""
    WAITING = "waiting"
    BACK = "back"
    ALL = "all"


VIEWS: Final[Mapping[ReceiptView, str]] = {
    ReceiptView.TODAY: "Today",
    ReceiptView.MINE: "Mine today",
    ReceiptView.WAITING: "Void asked for",
    ReceiptView.BACK: "Void or came back",
    ReceiptView.ALL: "All",
}
"""The views in their order."""


class ReceiptSort(StrEnum):
    """What the list can be sorted by."""

    NUMBER = "number"
    TAKEN = "taken"
    AMOUNT = "amount"
    METHOD = "method"
    STATE = "state"
    DESK = "desk"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """Which receipts are listed; nothing named means any.

    Attributes:
        text: a number, a payment reference, a payer, the number of a cheque or a slip.
    """

    view: ReceiptView = ReceiptView.ALL
    desk_id: int | None = None
    methods: frozenset[TakenBy] = frozenset()
    states: frozenset[MoneyReceiptState] = frozenset()
    officer_id: int | None = None
    account_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as listed; moments are UTC.

    Attributes:
        account_id, reference, name: of the account that it went to first; none of other income.
        others: how many more places it went to.
        shut: it is of a restricted record that the officer may not open: nothing of whose it is is told.
    """

    receipt_id: int
    number: str
    desk: str
    state: MoneyReceiptState
    taken_by: TakenBy
    amount: Amount
    taken_on: date
    recorded_at: datetime
    officer: str
    payer: PayerKind
    payer_name: str
    account_id: int | None
    reference: str
    name: str
    others: int
    shut: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What a receipt put on one account, or on a stream of other income (its name; no account).

    Attributes:
        words: what the payer chose, the rule, or the reference of other income.
    """

    account_id: int | None
    reference: str
    name: str
    kind: AccountKind
    amount: Amount
    words: str


class ReceiptAct(StrEnum):
    """What can be done with a receipt."""

    PAPER = "paper"
    VOID = "void"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class ReceiptDetail:
    """A receipt whole.

    Attributes:
        proved_by: the questions that the payer answered rightly, in words.
        how: the cheque, the slip, the book, as sentences.
        undone: how and why it was taken back; empty where it stands.
        lost: what was challenged at the payer's bank, was lost, and is on the accounts still; nothing of most.
        challenged: what lost challenges took off the accounts, in words; empty where none did.
        may, why_not: what can be done with it, and why not what can't.
        email: where its paper can be sent; empty where nobody's address is known.
    """

    row: ReceiptRow
    shares: tuple[ShareRow, ...]
    tendered: Amount | None
    proved_by: tuple[str, ...]
    how: tuple[str, ...]
    note: str
    journal: int
    undone_journal: int | None
    undone: str
    request_id: int | None
    printed: int
    emailed_at: datetime | None
    email: str = ""
    lost: Amount | None = None
    challenged: str = ""
    may: frozenset[ReceiptAct] = frozenset()
    why_not: Mapping[ReceiptAct, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceiptTotals:
    """How many receipts there are, and what those that stand come to.

    Attributes:
        in_till: how many lie in the till that the officer holds open: they count it blind, so that the amount is without them.
    """

    count: int
    amount: Amount
    in_till: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """What the list may be filtered by: desks and officers, by id and name."""

    desks: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]
