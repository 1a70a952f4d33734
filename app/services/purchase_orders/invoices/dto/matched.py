"""What is worked out of an invoice: the match, the clock, CIS, and what it may be a copy of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import ZERO, InvoiceState, MatchFault, Money, PurchaseVat


@dataclass(frozen=True, slots=True)
class Clock:
    """The time to pay.

    Attributes:
        started_on: the day from which it runs.
        last_on: the last day, disputes counted in.
        held_days: calendar days for which it stood.
        left_days: calendar days from today to the last day; negative: late. While it stands: from the day on which it stopped.
        held: it stands now.
        words: lines that say how it comes to that.
    """

    started_on: date
    last_on: date
    held_days: int
    left_days: int
    held: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeShare:
    """What a code bears of a line."""

    budget_id: int
    code: str
    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """A fault that the match found.

    Attributes:
        line_place: 0: of the whole invoice.
        words: the fault in words with its figures; an acceptance is of these words.
        accepted_why, accepted_by: empty: it isn't accepted.
        acceptable: an officer may accept it with a reason; else it has to be put right.
    """

    fault: MatchFault
    line_place: int
    words: str
    accepted_why: str = ""
    accepted_by: str = ""
    acceptable: bool = True

    @property
    def open(self) -> bool:
        """Whether it stands in the way."""
        return not self.accepted_why


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A line of the order and of the invoice side by side; quantities in thousandths, prices in thousandths of a penny.

    A line of the order that this invoice doesn't charge has no `place`; one of the invoice without an order no `order_line_id`.

    Attributes:
        ordered: less what was cancelled.
        received: less what went back.
        invoiced_before: by other invoices that are approved or wait, less credit notes.
        invoiced: by this one.
        order_net: what this quantity costs at the order's price; `net` less it is `difference`.
        vat_expected: of `net` by the rate of the invoice's date.
        faults: those of this line.
    """

    place: int | None
    line_id: int | None
    order_line_id: int | None
    order_place: int | None
    description: str
    order_description: str
    unit: str
    labour: bool
    ordered: int
    received: int
    invoiced_before: int
    invoiced: int
    order_price: int | None
    price: int | None
    order_net: Money
    net: Money
    difference: Money
    vat_kind: PurchaseVat
    vat_expected: Money
    vat: Money
    vat_recovered: bool
    codes: tuple[CodeShare, ...] = ()
    faults: tuple[MatchFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Order, receipts and invoice side by side.

    Attributes:
        lines: those of the invoice in their order, then those of the order that it doesn't charge.
        differences: every fault, accepted or not.
        net, vat: of the lines; `invoice_net`, `invoice_vat` of the invoice as printed.
        warnings: what doesn't stand in the way: a CIS status that wasn't verified, a blocked supplier, a meter's readings.
    """

    lines: tuple[MatchLine, ...]
    differences: tuple[Difference, ...]
    net: Money
    vat: Money
    invoice_net: Money
    invoice_vat: Money
    warnings: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way of approval."""
        return not any(each.open for each in self.differences)


@dataclass(frozen=True, slots=True)
class Suspect:
    """Another invoice that this one may be a copy of; `exact`: the same supplier and number, which is refused."""

    invoice_id: int
    number: str
    supplier_number: str
    invoice_on: date
    gross: Money
    state: InvoiceState
    why: str
    exact: bool


@dataclass(frozen=True, slots=True)
class CisSum:
    """The deduction as a sum that can be read out: labour at a rate in percent.

    Attributes:
        rate: in percent, as it is written: `20`; empty: outside the scheme, nothing is deducted.
        words: the sum in words.
    """

    labour: Money
    materials: Money
    rate: str
    deducted: Money
    words: str


NO_CIS: Final = CisSum(ZERO, ZERO, "", ZERO, "")
