"""The figures of purchasing: how soon suppliers are paid, what is bound and spent, and what runs out or is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money
from app.services.purchase_orders.payments.dto import LateRow, PaidRow


@dataclass(frozen=True, slots=True)
class Paid:
    """Invoices that were paid in a time, and how soon.

    Attributes:
        count, total: of the invoices, with VAT.
        days: of all together, from the day on which each reached the council to the day on which its supplier had the money.
        within_30, to_60, over_60: how many took up to 30 days, 31 to 60, and more.
        in_time: how many were paid by the last day to pay, disputes and later due days counted in.
    """

    count: int = 0
    total: Money = ZERO
    days: int = 0
    within_30: int = 0
    to_60: int = 0
    over_60: int = 0
    in_time: int = 0

    @property
    def average_days(self) -> float | None:
        """Days to pay on average; None where nothing was paid."""
        return self.days / self.count if self.count else None

    def share(self, count: int) -> float | None:
        """Per cent of the invoices that were paid; None where none was."""
        return 100 * count / self.count if self.count else None

    def __add__(self, other: Paid) -> Paid:
        return Paid(
            self.count + other.count,
            self.total + other.total,
            self.days + other.days,
            self.within_30 + other.within_30,
            self.to_60 + other.to_60,
            self.over_60 + other.over_60,
            self.in_time + other.in_time,
        )


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What was paid in a month, named by its first day."""

    month_on: date
    paid: Paid


@dataclass(frozen=True, slots=True)
class Compliance:
    """A half year as the payments compliance notice tells of it (Procurement Act 2023 s.69).

    Attributes:
        paid: what was paid in it, and how soon.
        late_unpaid, late_unpaid_total: invoices that were late and unpaid at its end; while it runs, as they stand today.
        as_at: its last day, or today while it runs.
    """

    from_on: date
    to_on: date
    as_at: date
    paid: Paid
    late_unpaid: int
    late_unpaid_total: Money

    @property
    def late_paid(self) -> int:
        """How many were paid after the last day to pay."""
        return self.paid.count - self.paid.in_time

    @property
    def not_in_time(self) -> float | None:
        """Per cent of what was paid or stood unpaid late that wasn't paid in time; None where there was nothing."""
        of = self.paid.count + self.late_unpaid
        return 100 * (self.late_paid + self.late_unpaid) / of if of else None


@dataclass(frozen=True, slots=True)
class Spend:
    """What approved invoices of a supplier came to, before VAT, credit notes taken off, by the dates of the invoices.

    Attributes:
        place: the supplier of whom most was bought is 1.
    """

    place: int
    supplier_id: int
    supplier: str
    invoices: int
    total: Money


@dataclass(frozen=True, slots=True)
class Bound:
    """A code with what is bound on it.

    Attributes:
        budget: original and revised together.
        left: of it; below nothing where the code is over.
    """

    budget_id: int
    code: str
    name: str
    budget: Money
    commitment: Money
    accrual: Money
    actual: Money

    @property
    def left(self) -> Money:
        """What is left of the budget."""
        return self.budget - self.commitment - self.accrual - self.actual


@dataclass(frozen=True, slots=True)
class EndingContract:
    """A contract that ends soon; `days` until its last day, below nothing where that has passed."""

    contract_id: int
    supplier_id: int
    supplier: str
    number: str
    title: str
    ends_on: date
    days: int
    value: Money


@dataclass(frozen=True, slots=True)
class OverdueOrder:
    """An order that was wanted by a day and hasn't all come; `waiting` is the net amount of what hasn't."""

    order_id: int
    number: str
    title: str
    supplier: str
    wanted_on: date
    days: int
    waiting: Money


@dataclass(frozen=True, slots=True)
class PurchaseFigures:
    """All of it.

    Attributes:
        paid, months, spend, owed, payments: of the days from one to another, both included; the months the latest first.
        halves: the half year that today is in and the two before it, the latest first.
        bound: the codes of the financial year of today on which something is bound or spent.
    """

    as_at: date
    from_on: date
    to_on: date
    paid: Paid
    months: tuple[MonthPaid, ...]
    halves: tuple[Compliance, ...]
    spend: tuple[Spend, ...]
    bound: tuple[Bound, ...]
    contracts: tuple[EndingContract, ...]
    overdue: tuple[OverdueOrder, ...]
    owed: tuple[LateRow, ...]
    payments: tuple[PaidRow, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of invoices and payments waits for somebody, for Home.

    Attributes:
        late, soon: invoices to pay whose last day has passed, or comes in five working days.
        to_approve, to_send: runs.
    """

    late: int = 0
    late_total: Money = ZERO
    soon: int = 0
    soon_total: Money = ZERO
    to_approve: int = 0
    to_send: int = 0
    run_id: int | None = None
