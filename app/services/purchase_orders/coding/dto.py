"""Coding as it crosses layers: rules, lines that seem to be on a wrong code, and transfers to the right one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, TransferState
from app.services.core.changes import Changes
from app.services.purchase_orders.changed import CHANGED


@dataclass(frozen=True, slots=True)
class CodingRuleRow:
    """A rule as it is kept: what fits all that it names belongs on the code, or the half of a code, that it says.

    Attributes:
        rule_id: 0 for a new one.
        words: text that the line or the title of its order has; empty for any.
        cost_centre, subjective: codes; empty where the rule leaves that half as it is.
    """

    rule_id: int
    version: int
    supplier_id: int | None
    supplier: str
    category_id: int | None
    category: str
    words: str
    cost_centre: str
    subjective: str
    reason: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Suspect:
    """A line of an invoice that seems to be on a wrong code.

    Attributes:
        split_id: the share of the line that stands on the code.
        should_id: the budget that it seems to belong on; None where the year has none of that code.
        why: the rule, or what is usual for the supplier, as a sentence.
        year: the financial year of its budget.
        waits: the number of a transfer of it that waits; empty for none.
    """

    split_id: int
    year: int
    invoice_id: int
    invoice: str
    invoice_on: date
    supplier: str
    description: str
    code: str
    should_id: int | None
    should: str
    why: str
    amount: Money
    waits: str


@dataclass(frozen=True, slots=True)
class SharesWanted:
    """An invoice of which something is to be moved: one line of it, or what stands on one budget; all of it if neither."""

    invoice_id: int
    line_id: int | None = None
    budget_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """What was spent is to be moved to another code of the same year.

    Attributes:
        entry_key: made by the caller, so that the same asked for twice is one.
        amount: all of what stands on the code, or a part of it.
    """

    entry_key: str
    split_id: int
    to_id: int
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer as listed."""

    transfer_id: int
    number: str
    invoice_id: int
    invoice: str
    supplier: str
    from_code: str
    to_code: str
    amount: Money
    reason: str
    state: TransferState
    asked_by: str
    asked_on: date
    posted_on: date | None
    request_id: int | None


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """A transfer that was asked for."""

    transfer_id: int
    number: str
    told: str
    changes: Changes = Changes(CHANGED.areas | {"approvals"})  # noqa: RUF009  nothing in it changes


def transfer_number(number: int) -> str:
    """A transfer's number as it is written: `JT00012`."""
    return f"JT{number:05}"


@dataclass(frozen=True, slots=True)
class CodingReport:
    """What the section of coding shows of invoices dated from one day to another (both included).

    Attributes:
        by_code: what stands on each code and seems to belong elsewhere, the most first.
    """

    from_on: date
    to_on: date
    suspects: tuple[Suspect, ...]
    transfers: tuple[TransferRow, ...]
    rules: tuple[CodingRuleRow, ...]
    by_code: tuple[tuple[str, Money], ...]
