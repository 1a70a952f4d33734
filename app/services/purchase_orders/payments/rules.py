"""What a run of payments takes and leaves out, and what is owed for paying late: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.models.values import ZERO, InvoiceState, Money, NotPaid, PaidBy, PaidPart

_TO_1000: Final = 1_000_00
_TO_10000: Final = 10_000_00
_YEAR: Final = 365
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """What may be paid of an invoice or a credit note.

    Attributes:
        number: our own, as it is written.
        their_number: the supplier's.
        pence: what the supplier gets for it; negative of a credit note.
        gross, cis, retention: in pence, what it asks for and what is deducted, of the whole of it also where only a part of a
            credit note is taken; nothing of what was kept back or is owed for paying late.
        approved_by: who approved the invoice.
        run: the other run that it is in, as it is written; empty: none.
        disputed: why it is disputed; empty: it isn't.
        credit: it is a credit note.
        credits_id: the invoice that a credit note is of, if it is of one.
        labour: of its net amount, in pence, what CIS is deducted from; `net` the whole of that amount.
        remark: what is to be looked at, as a sentence; empty: nothing.
        unknown: why its amount can't be worked out yet, as a sentence; empty: it can.
    """

    invoice_id: int
    supplier_id: int
    number: str
    their_number: str
    state: InvoiceState
    invoice_on: date
    pay_by_on: date
    part: PaidPart
    pence: int
    gross: int = 0
    cis: int = 0
    retention: int = 0
    approved_by: int | None = None
    run: str = ""
    disputed: str = ""
    credit: bool = False
    order_number: int | None = None
    credits_id: int | None = None
    labour: int = 0
    net: int = 0
    remark: str = ""
    unknown: str = ""

    @property
    def shown(self) -> tuple[Money, Money, Money]:
        """(gross, CIS, retention) as they stand beside what is paid: nothing where that is a part only."""
        if self.part is PaidPart.CREDIT_PART:
            return ZERO, ZERO, ZERO
        return Money(self.gross), Money(self.cis), Money(self.retention)


@dataclass(frozen=True, slots=True)
class Payee:
    """A supplier as a run sees it.

    Attributes:
        blocked: why it is blocked for payments, as a sentence; empty: it isn't.
        bank_id, last_two, holder: of the bank details in force on the day of payment, if there are any.
        bank_new: why policy has nothing paid to its new bank details yet, as a sentence; empty: it may be.
        bank_ended: the details that ended last, as a sentence; empty: none did.
        remarks: what is to be looked at besides.
    """

    supplier_id: int
    number: str
    name: str
    finance_reference: str = ""
    blocked: str = ""
    bank_id: int | None = None
    last_two: str = ""
    holder: str = ""
    bank_new: str = ""
    bank_ended: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """What one supplier gets: together more than nothing, or nothing where invoices are set off against credit notes."""

    payee: Payee
    items: tuple[Item, ...]

    @property
    def pence(self) -> int:
        """What it comes to."""
        return sum(item.pence for item in self.items)


@dataclass(frozen=True, slots=True)
class Out:
    """Something that is left out, and why, as a sentence; without an item it is the supplier whole."""

    payee: Payee
    item: Item | None
    reason: NotPaid
    words: str
    pence: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run pays and what it leaves out."""

    payments: tuple[Payment, ...]
    left_out: tuple[Out, ...]

    @property
    def pence(self) -> int:
        """What it pays in all."""
        return sum(payment.pence for payment in self.payments)

    @property
    def moved(self) -> tuple[Payment, ...]:
        """Those by which money moves; the others are set off."""
        return tuple(payment for payment in self.payments if payment.pence)

    @property
    def largest(self) -> int:
        """The most that one supplier gets."""
        return max((payment.pence for payment in self.payments), default=0)


def choose(items: Sequence[Item], payees: Mapping[int, Payee], by: PaidBy) -> Selection:
    """What is paid of these items: a payment for each supplier, its credit notes taken off; the rest is left out with words.

    A supplier who may not be paid is left out with everything. Where credit notes are as much as what is due or more, all of that
    is set off, whatever the bank details, and what is left of them is left out, for the next invoices.
    """
    by_supplier: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_supplier[item.supplier_id].append(item)
    payments: list[Payment] = []
    out: list[Out] = []
    for supplier_id, mine in by_supplier.items():
        payee = payees[supplier_id]
        good: list[Item] = []
        for item in sorted(mine, key=_order):
            found = _fault(item)
            if found is None:
                good.append(item)
            else:
                out.append(Out(payee, item, *found, item.pence))
        due = sum(item.pence for item in good)
        stops = _stops(payee, by, moves=due > 0)
        if all(item.credit for item in good):
            continue
        taken, left = ([], good) if stops else (good, []) if due >= 0 else _set_off(good)
        if taken:
            payments.append(Payment(payee, tuple(taken)))
        more = NotPaid.NOTHING, f"Credit notes of {Money(-due)} are left once what is due is set off."
        out += [Out(payee, item, *(stops or more), item.pence) for item in left]
    return Selection(tuple(sorted(payments, key=_name)), tuple(sorted(out, key=_out_order)))


def _set_off(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """(what comes to nothing together, what is left of the credit notes): all that is due, and as much of them.

    An invoice's own credit notes go first, then the oldest; of the last one a part may be left.
    """
    due = [item for item in items if not item.credit]
    named = {item.invoice_id for item in due}
    need = sum(item.pence for item in due)
    taken: list[Item] = []
    left: list[Item] = []
    for note in sorted((item for item in items if item.credit), key=lambda item: item.credits_id not in named):
        use = min(need, -note.pence)
        need -= use
        if use == -note.pence:
            taken.append(note)
        elif use:
            taken.append(replace(note, part=PaidPart.CREDIT_PART, pence=-use, remark=_in_part(note, use)))
            left.append(replace(note, part=PaidPart.CREDIT_PART, pence=note.pence + use))
        else:
            left.append(note)
    return [*due, *taken], left


def _in_part(note: Item, use: int) -> str:
    said = f"{Money(use)} of credit note {note.number} is taken off, {Money(-note.pence - use)} of it is left."
    return f"{note.remark} {said}".lstrip()


def _stops(payee: Payee, by: PaidBy, *, moves: bool) -> tuple[NotPaid, str] | None:
    """Why nothing is paid to a supplier; bank details don't matter where no money `moves`."""
    if payee.blocked:
        return NotPaid.BLOCKED, payee.blocked
    if by is PaidBy.FINANCE or not moves:
        return None
    if payee.bank_id is None:
        return NotPaid.NO_BANK, f"It has no bank details in force. {payee.bank_ended}".rstrip()
    if payee.bank_new:
        return NotPaid.BANK_NEW, payee.bank_new
    return None


def _fault(item: Item) -> tuple[NotPaid, str] | None:
    """Why an item isn't paid."""
    if item.run:
        return NotPaid.IN_RUN, f"It is in {item.run}."
    if item.unknown:
        return NotPaid.NO_RATE, item.unknown
    if item.part is PaidPart.INVOICE and item.state is not InvoiceState.APPROVED:
        if item.state is InvoiceState.PAID:
            return NotPaid.IN_RUN, "It is paid already."
        return NotPaid.NOT_APPROVED, f"It isn't approved, and is to be paid by {_day(item.pay_by_on)}."
    if item.disputed:
        return NotPaid.DISPUTED, f"Disputed: {item.disputed}"
    return None


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _order(item: Item) -> tuple[bool, date, str, PaidPart]:
    return item.credit, item.pay_by_on, item.number, item.part


def _name(payment: Payment) -> tuple[str, str]:
    return payment.payee.name.casefold(), payment.payee.number


def _out_order(out: Out) -> tuple[str, str, str]:
    return out.reason, out.payee.name.casefold(), out.item.number if out.item else ""


def differences(asked: Sequence[Payment], now: Selection) -> Iterator[str]:
    """How what would be paid now differs from what was asked for, a sentence each."""
    for out in now.left_out:
        yield f"{out.payee.name}{f', {out.item.number}' if out.item else ''}: {out.words}"
    found = {payment.payee.supplier_id: payment for payment in now.payments}
    for payment in asked:
        other = found.get(payment.payee.supplier_id)
        if other is None:
            continue
        if payment.pence and other.payee.bank_id != payment.payee.bank_id:
            yield f"{payment.payee.name}: its bank details are others now."
        if other.pence != payment.pence:
            yield f"{payment.payee.name}: {Money(other.pence)} instead of {Money(payment.pence)}."


def declared_fault(count: int, pence: int, declared_count: int, declared: Money) -> str:
    """Why what an officer declared isn't what is selected; empty where it is."""
    if (count, pence) == (declared_count, declared.pence):
        return ""
    noun = "supplier" if count == 1 else "suppliers"
    return f"The run pays {count:,} {noun} {Money(pence)}, not {declared_count:,} and {declared}."


# Paying late


def late_days(pay_by_on: date, paid_on: date) -> int:
    """Days of interest: from the day after the last day to pay to the day of payment, both included; 0: it was in time."""
    return max(0, (paid_on - pay_by_on).days)


def base_rate_day(pay_by_on: date) -> date:
    """The day whose base rate counts: the first of the half year in which the debt became late.

    The Late Payment of Commercial Debts (Rate of Interest) (No. 3) Order 2002 art. 4 takes the rate of 30 June for debts that
    become late from 1 July to 31 December, and of 31 December for those from 1 January to 30 June; the policy has each from
    the day from which it counts.
    """
    late = pay_by_on + _DAY
    return date(late.year, 7 if late.month > 6 else 1, 1)


def interest(owed_pence: int, percent: Decimal, days: int) -> int:
    """Simple interest in pence, rounded half up: a debt in pence, a yearly rate in percent, days of a year of 365."""
    exact = Decimal(owed_pence) * percent * days / (100 * _YEAR)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def compensation_scope(owed_pence: int) -> str:
    """The scope of the policy `purchasing.late_compensation` for a debt (1998 Act s.5A): below £1,000, below £10,000, above."""
    if owed_pence < _TO_1000:
        return "late:to_1000"
    return "late:to_10000" if owed_pence < _TO_10000 else "late:above"
