"""How the six years run for each part of a debt, and whose authority an amount needs. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.models.values import ZERO, Money
from app.services.adjustments.write_offs.dto import Authorities, Band, OwedPart
from app.services.adjustments.write_offs.dto import Movement as Move
from app.services.core.calendars import months_after

YEARS: Final = 6
"""Rent and other simple debts can be sued for within six years (Limitation Act 1980 s.5, s.19)."""
_APRIL: Final = 4


def owed_parts(
    moves: Iterable[Move], *, payment_restarts: bool, acknowledged_on: date | None = None
) -> tuple[OwedPart, ...]:
    """What is still owed of each day's debits, the oldest first, and until when it can be sued for.

    Credits pay the oldest debits first, whenever they came. The six years run from the day a part fell due (Limitation Act
    1980 s.5; for rent s.19). They start anew on the day of a written and signed acknowledgement (s.29(5), s.30), and of a
    payment where `payment_restarts`: a payment towards rent doesn't start them anew for the rest of it (s.29(6)), one towards
    another debt does (s.29(5)). What had run out stays so (s.29(7)).
    """
    lines = sorted(moves, key=lambda each: each.on)
    credit = -sum(each.pence for each in lines if each.pence < 0)
    due: Counter[date] = Counter()
    for each in lines:
        if each.pence > 0:
            due[each.on] += each.pence
    restarts = {each.on for each in lines if each.paid} if payment_restarts else set()
    if acknowledged_on is not None:
        restarts.add(acknowledged_on)
    parts: list[OwedPart] = []
    for on in sorted(due):
        paid = min(credit, due[on])
        credit -= paid
        if due[on] > paid:
            parts.append(OwedPart(on, Money(due[on] - paid), last_day(on, sorted(restarts))))
    return tuple(parts)


def last_day(due_on: date, restarts: Sequence[date]) -> date:
    """The last day on which what fell due can be sued for; `restarts` in order: one after time has run out is too late."""
    last = months_after(due_on, YEARS * 12)
    for on in restarts:
        if due_on <= on <= last:
            last = months_after(on, YEARS * 12)
    return last


def first(parts: Sequence[OwedPart], pence: int) -> tuple[tuple[OwedPart, ...], tuple[OwedPart, ...]]:
    """The oldest parts up to an amount, and the rest."""
    taken: list[OwedPart] = []
    rest: list[OwedPart] = []
    for part in parts:
        amount = min(part.amount.pence, pence)
        pence -= amount
        if amount:
            taken.append(OwedPart(part.due_on, Money(amount), part.last_on))
        if amount < part.amount.pence:
            rest.append(OwedPart(part.due_on, part.amount - Money(amount), part.last_on))
    return tuple(taken), tuple(rest)


def barred(parts: Iterable[OwedPart], today: date, most: Money | None = None) -> Money:
    """What of some parts is out of time; of the first `most` of them only, since the oldest are written off first."""
    counted = parts if most is None else first(tuple(parts), most.pence)[0]
    return sum((part.amount for part in counted if part.barred(today)), ZERO)


def by_year(parts: Iterable[OwedPart]) -> tuple[tuple[str, Money], ...]:
    """What is owed by the financial year (from 1 April) in which it fell due, the oldest first."""
    years: dict[str, Money] = {}
    for part in parts:
        first = part.due_on.year if part.due_on.month >= _APRIL else part.due_on.year - 1
        name = f"{first}/{(first + 1) % 100:02}"
        years[name] = years.get(name, ZERO) + part.amount
    return tuple(years.items())


def band_of(basis: Money, bands: Authorities, *, deficit: bool = False) -> Band:
    """Whose authority it needs where a debtor owes `basis`, with what was written off in the last 12 months."""
    if deficit:
        return Band.COUNCIL
    steps = (
        (bands.small_below, Band.SMALL),
        (bands.officer_below, Band.OFFICER),
        (bands.section_151_below, Band.SECTION_151),
        (bands.member_below, Band.MEMBER),
    )
    return next((band for below, band in steps if basis < below), Band.CABINET)


def highest(bands: Iterable[Band]) -> Band:
    """The highest of some authorities."""
    order = list(Band)
    return max(bands, key=order.index)


def comes_back(received: int, balance: int, outstanding: Sequence[int]) -> tuple[int, ...]:
    """How much of each written-off debt of an account comes back, in pence, the first before the others.

    What came in pays the balance of the account first: only what stands in credit since then is written back.
    """
    left = min(received, max(0, -balance))
    back: list[int] = []
    for owed in outstanding:
        back.append(min(left, owed))
        left -= back[-1]
    return tuple(back)
