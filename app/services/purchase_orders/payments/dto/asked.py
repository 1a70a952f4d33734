"""Runs of payments as they are asked for, and what comes of each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.models.values import Money, PaidBy, SupplierRunState
from app.services.core.changes import Changes
from app.services.purchase_orders.changed import CHANGED


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """What a run would pay.

    Attributes:
        due_to_on: whatever is to be paid by this day (inclusive).
        pay_on: the day on which suppliers have the money.
        by: by a Bacs file, or by the finance system.
        invoice_ids: only these and whatever belongs to them (credit notes of their suppliers), also before their day; empty: all
            that is due.
        late_ids: invoices that were paid late, whose interest and compensation are added.
    """

    due_to_on: date
    pay_on: date
    by: PaidBy
    invoice_ids: tuple[int, ...] = ()
    late_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskRun:
    """A run that an officer asks a second one to approve.

    Attributes:
        entry_key: the caller's own name for it: the same key never asks twice.
        declared_count, declared_total: what the officer typed of suppliers and money; it must be what is selected.
        note: what is special, for whoever approves; may be empty.
        profile: the layout of the finance system's file; the default one, if empty.
    """

    question: RunQuestion
    declared_count: int
    declared_total: Money
    entry_key: str
    note: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class RunAsked:
    """A run that waits for approval; `told` is a sentence for the message bar."""

    run_id: int
    number: str
    request_id: int
    count: int
    total: Money
    left_out: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RunMoved:
    """A run that went a step further; `told` is a sentence for the message bar."""

    run_id: int
    number: str
    state: SupplierRunState
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A run's file that was written; `told` says where."""

    run_id: int
    path: Path
    sha256: str
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class CameBack:
    """A payment that the bank sent back, told by an officer."""

    payment_id: int
    returned_on: date
    why: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of payments that came back.

    Attributes:
        payments: those whose invoices are to be paid again.
        before: those that were put back earlier.
        unknown: of each other credit of a report what it says, for somebody to look at.
    """

    payments: tuple[int, ...]
    before: tuple[int, ...]
    unknown: tuple[str, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs are listed; `open` leaves those that something is to be done with."""

    open: bool = False
    states: frozenset[SupplierRunState] = frozenset()
    text: str = ""


EVERY_RUN: Final = RunFilter()


@dataclass(frozen=True, slots=True)
class PaidFilter:
    """Which payments are listed; `text`: words of the supplier, its number, or a reference."""

    text: str = ""
    supplier_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Remitted:
    """Remittance advices that were made; `failed` says of each that couldn't be, why."""

    made: int = 0
    emails: int = 0
    letters: int = 0
    before: int = 0
    failed: tuple[str, ...] = ()
    changes: Changes = CHANGED

    def __add__(self, other: Remitted) -> Remitted:
        return Remitted(
            self.made + other.made,
            self.emails + other.emails,
            self.letters + other.letters,
            self.before + other.before,
            self.failed + other.failed,
            other.changes,
        )

    @property
    def told(self) -> str:
        """A sentence for the message bar."""
        said = f"{self.made:,} remittance advices made: {self.emails:,} by e-mail, {self.letters:,} by post."
        if self.made == 1:
            said = f"The remittance advice is made, {'by e-mail' if self.emails else 'by post'}."
        if not self.made:
            said = "No remittance advice was made."
        if self.before:
            said += f" {self.before:,} had been made before."
        return " ".join((said, *self.failed))
