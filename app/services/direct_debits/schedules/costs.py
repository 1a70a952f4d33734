"""What accounts cost over many weeks, as the charge run will charge them: each kind of week is worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.services.charges.facts import AccountFacts
from app.services.core.calendars import WEEK, week_monday
from app.services.direct_debits.schedules.rules import WeekCost


def week_costs(facts: AccountFacts, weeks: Sequence[date]) -> tuple[WeekCost, ...]:
    """What an account is charged in some rent weeks in a row, VAT included; weeks that cost the same are told together.

    Part weeks, rent-free weeks, ended tenancies and changes dated ahead are as `AccountFacts.lines` has them. Where nothing
    begins or ends in a week, it costs what the week before did.
    """
    turns = set(_turns(facts))
    turns |= {monday + WEEK for monday in turns}
    known: dict[bool, int] = {}
    found: list[WeekCost] = []
    count, last = 0, (0, False)
    for monday in weeks:
        if monday in turns:
            known.clear()
        free = monday in facts.free_weeks
        if free not in known:
            known[free] = sum(line.amount.pence for line in facts.lines(monday, 0))
        cost = (known[free], free)
        if cost != last and count:
            found.append(WeekCost(last[0], count, last[1]))
            count = 0
        last = cost
        count += 1
    return (*found, WeekCost(last[0], count, last[1])) if count else ()


def _turns(facts: AccountFacts) -> Iterator[date]:
    """The Mondays of the weeks in which something begins or ends."""
    for span in (facts.tenancy, *(element.span for element in facts.elements)):
        yield week_monday(span.first)
        if span.last is not None:
            yield week_monday(span.last)
    if facts.closed_on is not None:
        yield week_monday(facts.closed_on)
