"""How soon invoices were paid, and the half years of the payments compliance notice: pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.models.values import Money
from app.services.purchase_orders.figures.dto import Paid

_DAY: Final = timedelta(days=1)
_30: Final = 30
_60: Final = 60
_APRIL: Final = 4
_OCTOBER: Final = 10
Times = tuple[date, date, date, int, int]
"""Received, last day to pay, paid, how many invoices, pence."""


def paid(times: Iterable[Times]) -> Paid:
    """Invoices put together: days to pay count from the day after they were received."""
    found = Paid()
    for received_on, pay_by_on, paid_on, count, pence in times:
        days = max(0, (paid_on - received_on).days)
        found += Paid(
            count,
            Money(pence),
            days * count,
            count if days <= _30 else 0,
            count if _30 < days <= _60 else 0,
            count if days > _60 else 0,
            count if paid_on <= pay_by_on else 0,
        )
    return found


def half_year(day: date) -> tuple[date, date]:
    """The reporting period that a day is in: 1 April to 30 September, or 1 October to 31 March."""
    if day.month < _APRIL:
        return date(day.year - 1, _OCTOBER, 1), date(day.year, 3, 31)
    if day.month < _OCTOBER:
        return date(day.year, _APRIL, 1), date(day.year, 9, 30)
    return date(day.year, _OCTOBER, 1), date(day.year + 1, 3, 31)


def half_years(day: date, count: int) -> list[tuple[date, date]]:
    """The reporting period that a day is in and those before it, the latest first."""
    found = [half_year(day)]
    while len(found) < count:
        found.append(half_year(found[-1][0] - _DAY))
    return found
