"""What is published of spending, orders and payments, and what is left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from app.models.values import Money
from app.services.core.changes import Changes
from app.services.purchase_orders.changed import CHANGED

R = TypeVar("R", "SpendingRow", "OrderPublished")


class PublicationKind(StrEnum):
    """What a council publishes of its purchasing."""

    SPENDING = "spending"
    ORDERS = "orders"


REDACTED = "REDACTED PERSONAL DATA"
"""What stands instead of a person's name."""


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """A payment, or the part of one that a code bears, as the Transparency Code wants it told.

    Attributes:
        on: the day on which the expenditure was incurred: the supplier was paid.
        reference: our number of the invoice.
        department: the cost centre's name.
        amount: without VAT; a credit is below nothing.
        vat: what can't be recovered.
        category: what kind of thing it is, where a card scheme would have its merchant category.
    """

    on: date
    reference: str
    department: str
    beneficiary: str
    purpose: str
    code: str
    amount: Money
    vat: Money
    category: str
    redacted: bool


@dataclass(frozen=True, slots=True)
class OrderPublished:
    """An order as the Transparency Code wants it told.

    Attributes:
        on: when it was approved; `until` its last day, where it has one.
        amount: of the whole order, without VAT; `vat`: what can't be recovered.
        process: how the supplier was found, such as "3 quotations".
    """

    reference: str
    title: str
    department: str
    on: date
    until: date | None
    supplier: str
    amount: Money
    vat: Money
    process: str
    redacted: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What isn't published, and why."""

    reference: str
    on: date
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Publication(Generic[R]):
    """What would be published of a time (both days included).

    Attributes:
        least: what is published is above this.
        total: of the rows, without VAT.
        redacted: rows in which a person's name is left out.
    """

    kind: PublicationKind
    from_on: date
    to_on: date
    least: Money
    rows: tuple[R, ...]
    left_out: tuple[LeftOut, ...]
    total: Money
    redacted: int


@dataclass(frozen=True, slots=True)
class Published:
    """A publication that was written and kept.

    Attributes:
        content: the file, as UTF-8; `exclusions` is what was left out, to be kept beside it.
    """

    publication_id: int
    file_name: str
    content: bytes
    exclusions: bytes
    count: int
    left_out: int
    total: Money
    changes: Changes = CHANGED

    @property
    def told(self) -> str:
        """What came of it, as a sentence."""
        out = f", {self.left_out:,} left out with the reason" if self.left_out else ""
        return f"{self.count:,} lines, {self.total}{out}."


@dataclass(frozen=True, slots=True)
class PastPublication:
    """A publication that stands."""

    publication_id: int
    kind: PublicationKind
    from_on: date
    to_on: date
    count: int
    left_out: int
    total: Money
    at_on: date
    officer: str


@dataclass(frozen=True, slots=True)
class PublishingReport:
    """What would be published of a time, and what was before.

    Attributes:
        by_department: the spending that would be published, the most first.
    """

    from_on: date
    to_on: date
    spending: Publication[SpendingRow]
    orders: Publication[OrderPublished]
    by_department: tuple[tuple[str, Money], ...]
    past: tuple[PastPublication, ...]
