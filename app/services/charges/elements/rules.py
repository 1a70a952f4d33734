"""A history of dated amounts, and what becomes of it when an amount is set from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.models.values import Money
from app.services.charges.dto import Element, Span
from app.services.charges.elements.dto import Dated

_DAY = timedelta(days=1)


def set_from(
    standing: Sequence[Dated], from_on: date, weekly: Money | None, to_on: date | None = None
) -> tuple[Dated, ...]:
    """The amounts of one code once it is set from a day on; before that day nothing changes.

    A new amount lasts as long as the one it follows, at most to `to_on`, and ends the day before a later amount that was
    entered already. An ending (`weekly` None) takes out what was entered for later too.
    """
    before = [_cut(each, from_on - _DAY) for each in standing if each.span.first < from_on]
    if weekly is None:
        return tuple(before)
    later = sorted((each for each in standing if each.span.first > from_on), key=lambda each: each.span.first)
    covering = next((each for each in standing if _covers(each.span, from_on)), None)
    ends = [to_on, covering.span.last if covering else None, later[0].span.first - _DAY if later else None]
    last = min((day for day in ends if day is not None), default=None)
    return (*sorted(before, key=lambda each: each.span.first), Dated(weekly, Span(from_on, last)), *later)


def merged(standing: Iterable[Dated]) -> tuple[Dated, ...]:
    """The same amounts with those that go on from one span to the next as one."""
    found: list[Dated] = []
    for each in sorted(standing, key=lambda each: each.span.first):
        last = found[-1] if found else None
        if last and last.weekly == each.weekly and last.span.last == each.span.first - _DAY:
            found[-1] = Dated(last.weekly, Span(last.span.first, each.span.last))
        else:
            found.append(each)
    return tuple(found)


def amount_on(standing: Iterable[Dated], on: date) -> Money | None:
    """The amount in force on a day."""
    return next((each.weekly for each in standing if _covers(each.span, on)), None)


def dated(elements: Iterable[Element], code: str) -> tuple[Dated, ...]:
    """The history of one code among an account's charges."""
    found = (Dated(each.weekly, each.span) for each in elements if each.code == code)
    return tuple(sorted(found, key=lambda each: each.span.first))


def _cut(each: Dated, last: date) -> Dated:
    ends = last if each.span.last is None else min(each.span.last, last)
    return Dated(each.weekly, Span(each.span.first, ends))


def _covers(span: Span, day: date) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)
