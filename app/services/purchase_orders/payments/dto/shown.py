"""Payments as they are looked at before, listed and opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import Money, NotPaid, PaidBy, PaidPart, PaymentFileState, SupplierRunState
from app.services.purchase_orders.payments.dto.asked import RunQuestion
from app.services.purchase_orders.payments.dto.words import OPEN, REASONS, STATES, part_words


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What a payment pays: an invoice, a credit note (negative), its retention, or what is owed because it was late.

    Attributes:
        gross, cis, retention: of a whole invoice or credit note what it asks for and what is deducted; nothing of the others.
        early: it isn't due by the day of the run: an officer chose it.
        credit: it is a credit note.
    """

    invoice_id: int
    number: str
    supplier_number: str
    invoice_on: date
    pay_by_on: date
    part: PaidPart
    gross: Money
    cis: Money
    retention: Money
    amount: Money
    early: bool = False
    credit: bool = False

    @property
    def words(self) -> str:
        """What is paid, in words."""
        return part_words(self.part, credit=self.credit)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What one supplier gets.

    Attributes:
        payment_id: None before the run is asked for.
        bank: the account that it goes to, masked; empty where the finance system pays.
        remarks: what is to be looked at, a sentence each.
        remittance: how far its remittance advice has come, or empty.
        returned_on, returned_why: the bank sent it back.
    """

    payment_id: int | None
    supplier_id: int
    supplier: str
    supplier_number: str
    bank: str
    amount: Money
    reference: str
    lines: tuple[PaidLine, ...]
    remarks: tuple[str, ...] = ()
    remittance: str = ""
    returned_on: date | None = None
    returned_why: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Something that was due and isn't paid by a run: why, as a sentence, and what to do about it."""

    supplier_id: int
    supplier: str
    invoice_id: int | None
    number: str
    reason: NotPaid
    words: str
    amount: Money

    @property
    def heading(self) -> str:
        """The reason in few words."""
        return REASONS[self.reason][0]

    @property
    def todo(self) -> str:
        """What to do about it."""
        return REASONS[self.reason][1]


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would pay, before it is asked for.

    Attributes:
        file: its file as it would be, the digits of accounts masked; `no_file` says why none can be made, where none can.
    """

    question: RunQuestion
    payments: tuple[PaymentRow, ...]
    left_out: tuple[LeftOutRow, ...]
    total: Money
    file: tuple[str, ...] = ()
    no_file: str = ""

    @property
    def count(self) -> int:
        """Of suppliers paid."""
        return len(self.payments)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be looked at before it is asked for."""
        return tuple(f"{each.supplier}: {remark}" for each in self.payments for remark in each.remarks)


@dataclass(frozen=True, slots=True)
class RunForm:
    """What the sheet of a new run begins with.

    Attributes:
        pay_on: the soonest day on which a Bacs file sent today moves money.
        may_bacs: finance has authorised this office to make Bacs files; `why_not` says why not.
        profiles: the layouts for the finance system: (key, title).
    """

    today: date
    due_to_on: date
    pay_on: date
    by: PaidBy
    may_bacs: bool
    why_not: str
    profiles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as listed."""

    run_id: int
    number: str
    state: SupplierRunState
    by: PaidBy
    due_to_on: date
    pay_on: date
    count: int
    total: Money
    made_by: str
    made_at: datetime
    approved_by: str
    version: int
    request_id: int | None = None

    @property
    def words(self) -> str:
        """How far it has come."""
        return STATES[self.state]

    @property
    def open(self) -> bool:
        """Something is to be done with it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class RunStep:
    """A step of a run's way: what, when and who; of one that is to come neither."""

    words: str
    at: datetime | None = None
    officer: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run as opened.

    Attributes:
        file: what its file is called; empty before it is made.
        next: what is to be done next, as a sentence.
        remitted: how many of its payments have a remittance advice.
    """

    row: RunRow
    steps: tuple[RunStep, ...]
    payments: tuple[PaymentRow, ...]
    left_out: tuple[LeftOutRow, ...]
    note: str
    why: str
    file: str
    file_state: PaymentFileState | None
    reference: str
    remitted: int
    next: str


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment to a supplier, of any run: who was paid what, and when."""

    payment_id: int
    run_id: int
    run: str
    state: SupplierRunState
    supplier_id: int
    supplier: str
    pay_on: date
    amount: Money
    reference: str
    invoices: int
    bank: str
    returned_on: date | None
    remitted: bool

    @property
    def words(self) -> str:
        """How far it has come."""
        return "Came back" if self.returned_on is not None else STATES[self.state]


@dataclass(frozen=True, slots=True)
class LateRow:
    """What the council owes because an invoice was paid late (Late Payment of Commercial Debts (Interest) Act 1998).

    Attributes:
        owed: the gross amount without what is kept back, which interest is counted on.
        days: from the day after the last day to pay to the day of payment.
        percent: the yearly rate, base rate and statutory rate together; empty: the base rate isn't known.
        interest: none where the rate isn't known.
        explained: the sum in words, or which rate is to be entered.
        run: the run that pays it; empty: none does.
    """

    invoice_id: int
    number: str
    supplier_number: str
    supplier_id: int
    supplier: str
    pay_by_on: date
    paid_on: date
    days: int
    owed: Money
    percent: str
    interest: Money | None
    compensation: Money
    explained: str
    run: str = ""

    @property
    def total(self) -> Money | None:
        """Both together; none where the interest isn't known."""
        return None if self.interest is None else self.interest + self.compensation
