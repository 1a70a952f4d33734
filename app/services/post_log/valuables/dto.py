"""Valuables as they are entered, handed on, paid in or given back, and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import Money, ValuableKind
from app.services.core.changes import Changes

KINDS: Final[Mapping[ValuableKind, str]] = {
    ValuableKind.CHEQUE: "Cheque",
    ValuableKind.POSTAL_ORDER: "Postal order",
    ValuableKind.CASH: "Cash",
    ValuableKind.DOCUMENT: "Document",
    ValuableKind.OTHER: "Something else",
}
"""What it is, as it is listed."""
MONEY: Final = frozenset({ValuableKind.CHEQUE, ValuableKind.POSTAL_ORDER, ValuableKind.CASH})
"""What is worth an amount and is paid in."""


class Whereabouts(StrEnum):
    """Where something of value is."""

    HELD = "held"
    """Still where it was opened."""
    HANDED = "handed"
    """With whom it was handed to; money isn't paid in yet."""
    PAID_IN = "paid_in"
    DIFFERS = "differs"
    """Paid in, but as another amount than came."""
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class NewValuable:
    """Something of value as it is entered by one of the two who opened it.

    Attributes:
        amount: what it is worth; required of money, None of a document.
        details: the cheque's number and drawer, or what the document is.
        witness_id: the other officer who was there.
    """

    item_id: int
    kind: ValuableKind
    amount: Money | None
    details: str
    witness_id: int


@dataclass(frozen=True, slots=True)
class HandOn:
    """Valuables that are handed to somebody, named in words: an officer, the cash office, a solicitor."""

    valuable_ids: tuple[int, ...]
    to: str


@dataclass(frozen=True, slots=True)
class PayIn:
    """Money that was paid in together; `total` is what the paying-in slip says."""

    valuable_ids: tuple[int, ...]
    reference: str
    on: date
    total: Money


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Valuables that went back to whoever they belong to, and how: `recorded delivery AB 1`."""

    valuable_ids: tuple[int, ...]
    how: str
    on: date


@dataclass(frozen=True, slots=True)
class Receipted:
    """Something of value that was entered, with the number of its receipt."""

    valuable_id: int
    receipt: str
    changes: Changes


class ValuablesShown(StrEnum):
    """Which valuables the register lists. OPEN: neither paid in nor given back, documents until they are handed on."""

    OPEN = "open"
    DIFFERS = "differs"
    DONE = "done"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ValuableFilter:
    """What the register shows.

    Attributes:
        since: the money is summed up from this day on; None: of all there is.
        item_id: only those of this item.
        text: a receipt, an item's number, words of the sender, the details or whom it was handed to.
    """

    shown: ValuablesShown = ValuablesShown.OPEN
    since: date | None = None
    item_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ValuableRow:
    """Something of value as listed; moments are UTC.

    Attributes:
        receipt: as it is written: `R000012`.
        difference: paid in less what came; None while it isn't paid in.
        paid_in: the paying-in reference, or how it was given back.
    """

    valuable_id: int
    receipt: str
    item_id: int
    item: str
    account_id: int | None
    sender: str
    kind: ValuableKind
    amount: Money | None
    details: str
    opened_by: str
    witness: str
    opened_at: datetime
    where: Whereabouts
    handed_to: str
    handed_by: str
    handed_at: datetime | None
    paid_in: str
    paid_in_on: date | None
    difference: Money | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The money that came in the post since a day, against what was paid in of it.

    Attributes:
        came, count: what came, and in how many cheques, postal orders and lots of cash.
        paid_in: what the paying-in slips say for them; given_back: what went back.
        open: what is neither.
        difference: paid in less what came of the same; zero where all agrees.
    """

    came: Money
    count: int
    paid_in: Money
    given_back: Money
    open: Money
    open_count: int
    difference: Money


@dataclass(frozen=True, slots=True)
class Valuables:
    """The register: its lines, the newest first, and the money of all since the same day."""

    rows: tuple[ValuableRow, ...]
    reconciled: Reconciled


@dataclass(frozen=True, slots=True)
class ValuableForm:
    """What the sheet of a new one begins with: the item, what was entered for it, and who may have been there."""

    item_id: int
    item: str
    sender: str
    standing: tuple[ValuableRow, ...]
    officers: tuple[tuple[str, int], ...]
