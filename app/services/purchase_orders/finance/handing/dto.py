"""What is handed over to the finance system, and what it replies, as they cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import FinanceFileKind, Money, Subject
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake
from app.services.purchase_orders.changed import CHANGED

HANDED = (
    FinanceFileKind.SUPPLIERS,
    FinanceFileKind.REQUISITIONS,
    FinanceFileKind.RECEIPTS,
    FinanceFileKind.TRANSFERS,
)
"""The kinds of file that are made here; those of payments are made by their runs."""
SUBJECTS = {
    FinanceFileKind.SUPPLIERS: Subject.SUPPLIER,
    FinanceFileKind.REQUISITIONS: Subject.PURCHASE_ORDER,
    FinanceFileKind.RECEIPTS: Subject.GOODS_RECEIPT,
    FinanceFileKind.TRANSFERS: Subject.CODE_TRANSFER,
}
TITLES = {
    FinanceFileKind.SUPPLIERS: "Suppliers",
    FinanceFileKind.REQUISITIONS: "Requisitions",
    FinanceFileKind.RECEIPTS: "Receipts",
    FinanceFileKind.TRANSFERS: "Transfers",
    FinanceFileKind.PAYMENTS: "Payments",
    FinanceFileKind.REPLIES: "Replies",
    FinanceFileKind.TRANSACTIONS: "Transactions",
}


@dataclass(frozen=True, slots=True)
class ToHand:
    """How much of a kind waits to be handed over: new, changed since, or rejected and changed."""

    kind: FinanceFileKind
    count: int


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was made.

    Attributes:
        content: its bytes, to be saved where the finance system takes it.
    """

    file_id: int
    file_name: str
    content: bytes
    count: int
    told: str
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file for the finance system or from it, as listed.

    Attributes:
        answered, rejected: how many of its records the finance system has replied to, and rejected.
    """

    file_id: int
    number: int
    kind: FinanceFileKind
    file_name: str
    count: int
    total: Money
    officer: str
    at: datetime
    answered: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A record that a file took, and what came back of it."""

    subject: Subject
    subject_id: int
    number: str
    what: str
    answer: str
    answered_on: date | None
    rejected: bool


class ReplyTo(StrEnum):
    """What a reply is about."""

    SUPPLIER = "supplier"
    ORDER = "order"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Reply:
    """A row of the finance system's replies.

    Attributes:
        reference: our number, in any spelling: S00012, RQ00012, PO00012, GR00012, IN00012, JT00012.
        number: what the finance system calls it.
        paid_on: of an invoice, when the supplier was paid.
        rejected: it refused it, for this reason.
    """

    row: int
    reference: str
    number: str
    paid_on: date | None
    rejected: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """A file of replies as it was read."""

    name: str
    sha256: str
    content: bytes
    rows: tuple[Reply, ...]
    mistakes: tuple[Mistake, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RepliesTaken:
    """What came of a file of replies."""

    file_id: int
    numbered: int
    paid: int
    taken: int
    rejected: int
    changes: Changes = Changes(CHANGED.areas | {"diary", "home"})  # noqa: RUF009  nothing in it changes

    @property
    def told(self) -> str:
        """As a sentence."""
        parts = [
            (self.numbered, "numbered"),
            (self.paid, "paid"),
            (self.taken, "taken"),
            (self.rejected, "rejected"),
        ]
        return ", ".join(f"{count:,} {word}" for count, word in parts if count) + "."
