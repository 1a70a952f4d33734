"""What is held in suspense, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.models.values import Money, SuspenseMoveKind, SuspenseMoveState, SuspenseSource, SuspenseState
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


@dataclass(frozen=True, slots=True)
class NewSuspense:
    """An amount that nobody's account is known for.

    Attributes:
        source, source_id, source_line: where it came from; each line of a source is held once.
        pence: more than nothing came in, less went out (a chargeback, a returned payment).
        code: the receipt code under which it came, and under which it will go to an account.
        received_on: the day on which it counts as paid.
        reference_given, payer_name, narrative: what the payer and the bank said.
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
    """An item as lists show it; `age` is in days."""

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
