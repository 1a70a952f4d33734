"""What an order binds and owes, financial years, and how codes are written; no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import BudgetKind, Money
from app.models.values.money import divide_half_up

_FIRST_MONTH: Final = 4
GIVES: Final = frozenset({BudgetKind.ORIGINAL, BudgetKind.REVISED})
"""Entries of these kinds give money to a budget, all others take of it."""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of an order as far as its money. Quantities are in thousandths of a unit.

    Attributes:
        cost_pence: of the whole quantity: the net amount, and VAT that can't be got back.
        received: what came, less what went back.
        invoiced: what approved invoices charged, less credit notes.
        cancelled: what was ordered and will not come.
    """

    cost_pence: int
    quantity: int
    received: int = 0
    invoiced: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """What a line binds (ordered, neither received nor invoiced) and what it owes (received, not invoiced), in pence."""

    commitment: int
    accrual: int


NOTHING: Final = Position(0, 0)


def position(line: LineFacts) -> Position:
    """What a line binds and owes: what is invoiced is neither, for the invoice itself is what was spent."""
    reached = max(line.received, line.invoiced)
    bound = cost_of(line, line.quantity - line.cancelled) - cost_of(line, reached)
    owed = cost_of(line, line.received) - cost_of(line, line.invoiced)
    return Position(max(0, bound), max(0, owed))


def cost_of(line: LineFacts, quantity: int) -> int:
    """What a part of a line costs, in pence: its share of the line, rounded half up; nothing of nothing or less."""
    return divide_half_up(line.cost_pence * max(0, quantity), line.quantity)


def shares(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """An amount over the codes of a line by what each bears of it; the shares always add up to it."""
    return tuple(part.pence for part in Money(pence).split(weights)) if pence else (0,) * len(weights)


def year_of(on: date) -> int:
    """The financial year of a day, named by the year in which it begins, on 1 April."""
    return on.year if on.month >= _FIRST_MONTH else on.year - 1


def first_day(year: int) -> date:
    """The first day of a financial year."""
    return date(year, _FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """The last day of a financial year."""
    return date(year + 1, 3, 31)


def spelt_year(year: int) -> str:
    """A financial year as it is written: `2026/27`."""
    return f"{year}/{(year + 1) % 100:02}"


def spelt_code(cost_centre: str, subjective: str) -> str:
    """A code as it is written: cost centre and subjective code, `HR100 4120`."""
    return f"{cost_centre} {subjective}"
