"""How much may be received of a line, how much may go back, and how old what is owed is; no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.models.values import Money
from app.services.purchase_orders.amounts import write_quantity

AGES: Final = ((30, "Up to 30 days"), (60, "31 to 60 days"), (90, "61 to 90 days"))
"""Days up to which each age goes, and what it is called."""
OLDER: Final = "Over 90 days"


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of an order as it stands; quantities in thousandths of a unit."""

    description: str
    unit: str
    ordered: int
    cancelled: int
    received: int
    invoiced: int

    @property
    def wanted(self) -> int:
        """Ordered, less what will not come."""
        return self.ordered - self.cancelled

    @property
    def left(self) -> int:
        """Still to come."""
        return max(0, self.wanted - self.received)


def most(line: Standing, over_percent: Decimal) -> int:
    """The most that may be received of a line now: what is left, and so many percent of what is wanted over it."""
    more = (Decimal(line.wanted) * over_percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return max(0, line.wanted + int(more) - line.received)


def too_many(line: Standing, quantity: int, over_percent: Decimal) -> str:
    """Why so much can't be received of a line; empty: it can."""
    if quantity <= 0:
        return f"{line.description}: {said(quantity, line.unit)} can't be received. A quantity lies above 0; what went back is a return."
    if quantity <= most(line, over_percent):
        return ""
    came = f"{line.description}: {said(line.wanted, line.unit)} are ordered and {said(line.received, line.unit)} came already"
    allowed = f", and policy allows {over_percent.normalize():f}% above what was ordered" if over_percent else ""
    return f"{came}, so {said(quantity, line.unit)} more are too many{allowed}."


def above(line: Standing, quantity: int) -> str:
    """What is said where more comes than was ordered and policy allows it; empty: no more comes."""
    more = line.received + quantity - line.wanted
    if more <= 0:
        return ""
    return f"{line.description}: {said(more, line.unit)} more than ordered; the invoice may charge them only if the match allows it."


def too_few(line: Standing, quantity: int) -> str:
    """Why so much can't go back of a line; empty: it can."""
    if quantity <= 0:
        return f"{line.description}: say how many went back, as a quantity above 0."
    if quantity <= line.received:
        return ""
    return f"{line.description}: {said(line.received, line.unit)} came, so {said(quantity, line.unit)} can't go back."


def credit_due(line: Standing, quantity: int) -> int:
    """How much of what goes back was invoiced already, so that a credit note is to come."""
    return max(0, line.invoiced - max(0, line.received - quantity))


def said(quantity: int, unit: str) -> str:
    """A quantity with its unit."""
    return f"{write_quantity(quantity)} {unit}".strip()


def oldest(owed_pence: int, receipts: Sequence[tuple[date, int]]) -> date | None:
    """The day of the oldest receipt of what is still owed: what came first was invoiced first.

    `receipts` are (day, pence) in the order of their days; a return is negative and takes off what came last before it.
    """
    stack: list[tuple[date, int]] = []
    for day, pence in receipts:
        if pence > 0:
            stack.append((day, pence))
            continue
        back = -pence
        while stack and back > 0:
            came, left = stack.pop()
            if left > back:
                stack.append((came, left - back))
            back -= left
    covered, found = 0, None
    for day, pence in reversed(stack):
        if covered >= owed_pence:
            break
        covered, found = covered + pence, day
    return found


def ages(rows: Sequence[tuple[int, Money]]) -> tuple[tuple[str, Money], ...]:
    """Amounts by their age in days, every age named."""
    sums = dict.fromkeys((*(name for _, name in AGES), OLDER), Money(0))
    for days, amount in rows:
        sums[next((name for most_days, name in AGES if days <= most_days), OLDER)] += amount
    return tuple(sums.items())
