"""The figures of what stands posted in a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money
from app.services.adjustments.register.dto import What


@dataclass(frozen=True, slots=True)
class Figures:
    """What was posted under one name: how many lines, and what they debit and credit.

    Attributes:
        key: of a kind or a reason of adjustments, by which the register is filtered; else empty.
        officer_id: of an officer.
        what: of which of the four they are, where they are all of one.
        month_on: the first day of the month that they are of; None: of every day of the report.
    """

    name: str
    count: int = 0
    debit: Money = ZERO
    credit: Money = ZERO
    key: str = ""
    officer_id: int | None = None
    what: What | None = None
    month_on: date | None = None

    @property
    def net(self) -> Money:
        """What it comes to, a debit positive."""
        return self.debit - self.credit

    def __add__(self, other: Figures) -> Figures:
        """Both together, under the name of the first."""
        return Figures(
            self.name,
            self.count + other.count,
            self.debit + other.debit,
            self.credit + other.credit,
            self.key,
            self.officer_id,
            self.what if self.what is other.what else None,
            self.month_on,
        )


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What was refunded and written off in a month, named by its first day."""

    month_on: date
    refunds: Money = ZERO
    write_offs: Money = ZERO


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of the days from one to another, both included: what was posted then and stands.

    Attributes:
        reversed: how many lines of those days were taken back since; they are not in the figures.
    """

    from_on: date
    to_on: date
    every: Figures
    kinds: tuple[Figures, ...]
    reasons: tuple[Figures, ...]
    officers: tuple[Figures, ...]
    months: tuple[Figures, ...]
    charted: tuple[MonthFigures, ...]
    reversed: int
