"""What is odd about a bill's readings, and consumption by month; no database. Units of a meter are in thousandths."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.services.purchase_orders.amounts import write_quantity
from app.services.purchase_orders.invoices.dto import MonthUse
from app.services.purchase_orders.suppliers.rules import spelt

FAR_OFF: Final = 50
"""Percent by which consumption may differ from that of the same days last year."""
ESTIMATES: Final = 3
"""So many estimated bills in a row are one too many."""
_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class Read:
    """What a bill says of a meter for days from and to (both included)."""

    from_on: date
    to_on: date
    opening: int | None
    closing: int | None
    used: int
    estimated: bool

    @property
    def days(self) -> int:
        """The days that it is for."""
        return (self.to_on - self.from_on).days + 1


def faults(now: Read, others: Sequence[Read]) -> tuple[str, ...]:
    """What is odd about a reading beside the other ones of its meter (any order)."""
    before = sorted((each for each in others if each.from_on < now.from_on), key=lambda each: each.to_on)
    return (
        *_of_itself(now),
        *_billed_already(now, others),
        *_beside_last(now, before),
        *_beside_last_year(now, before),
        *_estimates(now, before),
    )


def by_month(readings: Sequence[Read], last: date, months: int) -> tuple[MonthUse, ...]:
    """Consumption of the calendar months up to that of a day, each bill spread evenly over its days, beside the year before."""
    used: dict[date, int] = defaultdict(int)
    guessed: set[date] = set()
    for each in readings:
        for month, part in _spread(each):
            used[month] += part
            if each.estimated:
                guessed.add(month)
    found: list[MonthUse] = []
    at = last.replace(day=1)
    for _ in range(months):
        found.append(MonthUse(at, used.get(at, 0), used.get(at.replace(year=at.year - 1), 0), at in guessed))
        at = (at - _DAY).replace(day=1)
    return tuple(reversed(found))


def used_between(readings: Sequence[Read], from_on: date, to_on: date) -> int | None:
    """What was used on some days (both included), spread evenly over each bill's days; None if a day has no bill."""
    days = (to_on - from_on).days + 1
    covered, used = 0, 0
    for each in readings:
        first, last = max(each.from_on, from_on), min(each.to_on, to_on)
        shared = (last - first).days + 1
        if shared > 0:
            covered += shared
            used += each.used * shared // each.days
    return used if covered >= days else None


def _of_itself(now: Read) -> Iterator[str]:
    if now.opening is None or now.closing is None:
        return
    if now.closing < now.opening:
        yield f"It closes at {write_quantity(now.closing)}, below its opening {write_quantity(now.opening)}."
    elif now.closing - now.opening != now.used:
        between = write_quantity(now.closing - now.opening)
        yield f"{write_quantity(now.used)} units are billed, the readings say {between}."


def _billed_already(now: Read, others: Sequence[Read]) -> Iterator[str]:
    for each in sorted(others, key=lambda other: other.from_on):
        first, last = max(now.from_on, each.from_on), min(now.to_on, each.to_on)
        days = (last - first).days + 1
        if days > 0:
            yield f"{days} day{'' if days == 1 else 's'} from {spelt(first)} were billed already, up to {spelt(last)}."


def _beside_last(now: Read, before: Sequence[Read]) -> Iterator[str]:
    if not before:
        return
    last = before[-1]
    if now.from_on > last.to_on + _DAY:
        yield f"Nothing is billed from {spelt(last.to_on + _DAY)} to {spelt(now.from_on - _DAY)}."
    if now.opening is not None and last.closing is not None and now.opening != last.closing:
        yield f"It opens at {write_quantity(now.opening)}, and the last bill closed at {write_quantity(last.closing)}."


def _beside_last_year(now: Read, before: Sequence[Read]) -> Iterator[str]:
    then = used_between(before, _year_before(now.from_on), _year_before(now.to_on))
    if then and abs(now.used - then) * 100 > then * FAR_OFF:
        percent = (now.used - then) * 100 // then if now.used > then else (then - now.used) * 100 // then
        more = "more" if now.used > then else "less"
        yield f"{write_quantity(now.used)} units, {percent}% {more} than the {write_quantity(then)} of the same days last year."


def _estimates(now: Read, before: Sequence[Read]) -> Iterator[str]:
    run = [now, *reversed(before)][:ESTIMATES]
    if len(run) == ESTIMATES and all(each.estimated for each in run):
        yield f"Estimated {ESTIMATES} times running: read the meter."


def _year_before(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def _spread(each: Read) -> Iterator[tuple[date, int]]:
    """The parts of a bill by month; they add up to it."""
    given, at = 0, each.from_on
    while at <= each.to_on:
        month = at.replace(day=1)
        last = min(each.to_on, at.replace(day=calendar.monthrange(at.year, at.month)[1]))
        so_far = each.used * ((last - each.from_on).days + 1) // each.days
        yield month, so_far - given
        given, at = so_far, last + _DAY
