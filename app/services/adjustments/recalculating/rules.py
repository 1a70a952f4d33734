"""What a charge's history becomes, how a week is worked out step by step, and the lines that put it right. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from app.models.values import ZERO, Money
from app.services.adjustments.dto import NewLine
from app.services.adjustments.recalculating.dto import Rate, Recalculation, WeekWorked
from app.services.adjustments.rules import RECALCULATED
from app.services.charges.dto import Element, PartWeek, Span
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import merged
from app.services.charges.rules import VAT_CODE, days_in_week, vat_inside
from app.services.core.errors import UserError

KIND: Final = RECALCULATED
"""The key of the kind of adjustment that a recalculation is."""
MOST_RATES: Final = 60
_DAY: Final = timedelta(days=1)
_SUNDAY: Final = timedelta(days=6)


def faults(wanted: Recalculation, first_day: date, charged_to: date) -> Iterator[UserError]:
    """What is wrong with the days that are asked about.

    `first_day` is the first day of the tenancy, `charged_to` the Sunday of the last week that was charged.
    """
    for one, other in pairwise(wanted.rates):
        if other.from_on <= one.from_on:
            words = f"{said(other.from_on)} doesn't come after {said(one.from_on)}."
            yield UserError(words, "Put the days in order, each once.", "rates")
    if len(wanted.rates) > MOST_RATES:
        yield UserError(f"There are over {MOST_RATES} amounts.", "Work it out in two goes.", "rates")
    if wanted.from_on < first_day:
        yield UserError(f"The tenancy began on {said(first_day)}.", "Begin on that day or later.", "rates")
    if wanted.to_on < wanted.rates[-1].from_on:
        yield UserError("The last day is before the last amount begins.", "Type a later one.", "to_on")
    elif wanted.to_on > charged_to:
        yield UserError(
            f"Nothing is charged yet after {said(charged_to)}.",
            "For the days from then on change the charge itself, on the page Accounts.",
            "to_on",
        )


def spans(rates: Sequence[Rate], to_on: date) -> tuple[Dated, ...]:
    """The rates as dated amounts, the last one to `to_on`."""
    lasts = [*(rate.from_on - _DAY for rate in rates[1:]), to_on]
    return tuple(Dated(rate.weekly, Span(rate.from_on, last)) for rate, last in zip(rates, lasts, strict=True))


def inside(standing: Iterable[Dated], first: date, last: date) -> tuple[Dated, ...]:
    """What is recorded for the days from `first` to `last`."""
    found = []
    for each in sorted(standing, key=lambda each: each.span.first):
        begins = max(each.span.first, first)
        ends = last if each.span.last is None else min(each.span.last, last)
        if begins <= ends:
            found.append(Dated(each.weekly, Span(begins, ends)))
    return tuple(found)


def replaced(standing: Iterable[Dated], first: date, last: date, by: Iterable[Dated]) -> tuple[Dated, ...]:
    """A history in which the days from `first` to `last` are recorded otherwise; before and after nothing changes."""
    kept: list[Dated] = []
    for each in standing:
        begins, ends = each.span.first, each.span.last
        if begins < first:
            kept.append(Dated(each.weekly, Span(begins, first - _DAY if ends is None else min(ends, first - _DAY))))
        if ends is None or ends > last:
            kept.append(Dated(each.weekly, Span(max(begins, last + _DAY), ends)))
    return merged((*kept, *by))


def due_in_words(
    week: date, tenancy: Span, parts: Sequence[tuple[Element, PartWeek, date]], *, free: bool, element: bool = True
) -> str:
    """How what is due for a week came about: `£98.50 x 3/7 = £42.21, and £99.00 x 4/7 = £56.57: £98.78`."""
    if not parts:
        if not days_in_week(week, tenancy):
            return "Due: nothing, no day of the tenancy is in the week"
        return "Due: nothing, the week is rent-free" if free and element else "Due: nothing, none is recorded"
    words = ", and ".join(str(part) for _element, part, _first in parts)
    if len(parts) == 1:
        whole = parts[0][1].days == 7
        return f"Due: {words}{' for the whole week' if whole else ''}"
    return f"Due: {words}: {sum((part.amount for _element, part, _first in parts), ZERO)}"


def vat_in_words(parts: Sequence[tuple[Element, PartWeek, date]], basis_points: int) -> str:
    """What of it is VAT."""
    tax = sum((vat_inside(part.amount, basis_points) for _element, part, _first in parts), ZERO)
    percent = f"{basis_points / 100:g}"
    return f"VAT inside at {percent} %, x {percent}/{100 + basis_points / 100:g}: {tax}"


def compared_in_words(should: Money, charged: Money, put_right: Money) -> tuple[str, ...]:
    """What was charged, and what is left to put right."""
    before = f", put right already by {put_right.dr_cr()}" if put_right else ""
    difference = should - charged - put_right
    told = f"{should} less {charged + put_right} = {difference.dr_cr()}" if difference else "nothing to put right"
    return f"Charged: {charged}{before}", f"Difference: {told}"


def lines(wanted: Recalculation, weeks: Iterable[WeekWorked]) -> tuple[NewLine, ...]:
    """The lines that put the weeks right, each on its own week and by the code of the charge."""
    return tuple(
        NewLine(
            account_id=wanted.account_id,
            kind=KIND,
            amount=each.difference,
            effective_on=each.effective_on,
            reason=wanted.reason,
            narrative=f"put right: {each.should} due, {each.was} charged",
            rent_week=each.week,
            from_on=max(each.week, wanted.from_on),
            to_on=min(each.week + _SUNDAY, wanted.to_on),
            code=each.code,
            working="\n".join((f"{each.name[:1].upper()}{each.name[1:]}", *each.steps)),
        )
        for each in weeks
        if each.difference
    )


def title(wanted: Recalculation, charge: str) -> str:
    """What the adjustment is, in a line."""
    return f"{charge} put right from {said(wanted.from_on)} to {said(wanted.to_on)}"


def is_vat(code: str) -> bool:
    """Whether a line is the VAT inside a charge."""
    return code == VAT_CODE


def said(day: date) -> str:
    """A day as officers write it."""
    return f"{day.day} {day:%b %Y}"
