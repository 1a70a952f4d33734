"""How an instalment is worked out: a sum in parts, divided over the dates that are left (rules.md 1.2, wanted.md idea 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import ZERO, Money, divide_half_up
from app.services.core.errors import UserError
from app.services.direct_debits.schedules.days import Day
from app.services.direct_debits.schedules.dto import BY_MONTH, Part, Planned, Share, Terms, Worked, day_words

_SHOWN: Final = 3
"""So many different weekly amounts are told one by one."""
_LAST_WEEKDAY: Final = 4
_LAST_DAY: Final = 31


@dataclass(frozen=True, slots=True)
class WeekCost:
    """What an account costs in some rent weeks in a row; in free weeks nothing may be charged."""

    pence: int
    weeks: int
    free: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """What the sum is worked out over.

    Attributes:
        first_week_on: the first Monday whose charges are in it: the first that wasn't charged yet.
        ends_on: the last day of the rent year.
        days: the nominal days on which something can be collected, with the working days of Bacs.
        least: an instalment that comes to less isn't collected.
    """

    first_week_on: date
    ends_on: date
    days: tuple[Day, ...]
    least: Money = ZERO


def work(
    terms: Terms, span: Span, parts: Sequence[Part], kept: Sequence[Share] = (), left: tuple[str, ...] = ()
) -> Worked:
    """Work out an instalment: the parts come to a total, which is divided over the days; the first takes the odd pence.

    The usual instalment is the total divided, to the nearest penny, as it is published (100 a week in a year of 53 is
    441.67). Whoever works it out again later, when nothing else has changed, comes to the same.

    `kept` is what of an account's balance stays out of the sum, such as arrears under a breathing space (owed is positive);
    `left` says the same in sentences.
    """
    needs = _by_account(parts)
    total = sum(needs.values())
    count = len(span.days)
    usual, first = _instalments(total, count)
    why = _why_not(total, count, usual, span)
    planned = () if why else _planned(span.days, usual, first, needs)
    forecast = dict(needs)
    for share in kept:
        forecast[share.account_id] = forecast.get(share.account_id, 0) + share.amount.pence
    for each in planned:
        for share in each.shares:
            forecast[share.account_id] -= share.amount.pence
    return Worked(
        terms=terms,
        parts=tuple(parts),
        planned=planned,
        total=Money(total),
        usual=ZERO if why else Money(usual),
        first=ZERO if why else Money(first),
        forecasts=tuple(Share(account_id, Money(pence)) for account_id, pence in forecast.items()),
        first_week_on=span.first_week_on,
        ends_on=span.ends_on,
        why=why,
        left=left,
    )


def shared(amounts: Sequence[int], needs: Sequence[tuple[int, int]]) -> list[tuple[Share, ...]]:
    """Each amount split over accounts by what they need; over all of them each account gets its part of the whole.

    An account that needs nothing or less gets nothing; if none needs anything, the first account takes all. Amounts and
    needs (account, pence) are in pence.
    """
    weights = [max(pence, 0) for _, pence in needs]
    if len(weights) == 1 or not any(weights):
        return [(Share(needs[0][0], Money(pence)),) for pence in amounts]
    left = [part.pence for part in Money(sum(amounts)).split(weights)]
    found: list[tuple[Share, ...]] = []
    for pence in amounts:
        parts = Money(pence).split(left) if any(left) else ()
        found.append(tuple(Share(needs[at][0], part) for at, part in enumerate(parts) if part))
        left = [rest - part.pence for rest, part in zip(left, parts, strict=True)]
    return found


def charge_words(costs: Sequence[WeekCost]) -> str:
    """How the charges of some weeks come about: `34 weeks of £118.42 and 4 of £124.10, 2 rent-free`."""
    amounts: dict[int, int] = {}
    free = 0
    for cost in costs:
        if cost.free and not cost.pence:
            free += cost.weeks
        else:
            amounts[cost.pence] = amounts.get(cost.pence, 0) + cost.weeks
    said = [
        f"{weeks} {'' if at else _weeks(weeks)}of {Money(pence)}" for at, (pence, weeks) in enumerate(amounts.items())
    ]
    if len(said) > _SHOWN:
        lowest, highest = Money(min(amounts)), Money(max(amounts))
        said = [f"{sum(amounts.values())} weeks from {lowest} to {highest}"]
    words = said[0] if len(said) == 1 else " and ".join([", ".join(said[:-1]), said[-1]]) if said else "no weeks"
    return f"{words}, {free} rent-free" if free else words


def charged(costs: Sequence[WeekCost]) -> int:
    """What some weeks cost, in pence."""
    return sum(cost.pence * cost.weeks for cost in costs)


def refuse_terms(terms: Terms, allowed: Collection[int]) -> None:
    """Refuse terms that can't be collected; `allowed` are the days of the month that the policy names.

    Raises:
        UserError: the day is none of those of the policy, or at the weekend.
    """
    if terms.frequency in BY_MONTH:
        if not 1 <= terms.day <= _LAST_DAY or terms.day not in allowed:
            listed = ", ".join(day_words(terms.frequency, day) for day in sorted(allowed))
            raise UserError(f"Nothing is collected on day {terms.day} of the month.", f"Choose {listed}.", "day")
    elif not 0 <= terms.day <= _LAST_WEEKDAY:
        raise UserError("Nothing is collected at the weekend.", "Choose a day from Monday to Friday.", "day")


def differs(was: Money | None, now: Money | None, least: Money) -> bool:
    """Whether an instalment moves by so much that it is worth a new schedule."""
    if was is None or now is None:
        return was != now
    return abs(now.pence - was.pence) >= max(least.pence, 1)


def _instalments(total: int, count: int) -> tuple[int, int]:
    """The usual instalment, to the nearest penny, and the first, with what is over or short."""
    if count <= 0:
        return 0, 0
    usual = divide_half_up(total, count)
    first = total - usual * (count - 1)
    if first < 0 <= total:
        usual = total // count
        first = total - usual * (count - 1)
    return usual, first


def _why_not(total: int, count: int, usual: int, span: Span) -> str:
    if total <= 0:
        words = "its accounts will be paid" if not total else f"its accounts will be {Money(-total)} in credit"
        return f"Nothing is collected: without it {words} by {_day(span.ends_on)}."
    if not count:
        return f"Nothing is collected: no day is left before {_day(span.ends_on)} of which notice can be given."
    if usual < span.least.pence:
        return f"Nothing is collected: an instalment would be {Money(usual)}, less than the least of {span.least}."
    return ""


def _by_account(parts: Sequence[Part]) -> dict[int, int]:
    needs: dict[int, int] = {}
    for part in parts:
        needs[part.account_id] = needs.get(part.account_id, 0) + part.amount.pence
    return needs


def _planned(days: Sequence[Day], usual: int, first: int, needs: dict[int, int]) -> tuple[Planned, ...]:
    amounts = [first, *[usual] * (len(days) - 1)]
    return tuple(_each(days, amounts, shared(amounts, list(needs.items()))))


def _each(days: Sequence[Day], amounts: Sequence[int], shares: Sequence[tuple[Share, ...]]) -> Iterator[Planned]:
    for (planned_on, due), pence, parts in zip(days, amounts, shares, strict=True):
        yield Planned(planned_on, due, Money(pence), parts)


def _weeks(count: int) -> str:
    return "week " if count == 1 else "weeks "


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
