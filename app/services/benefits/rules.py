"""What benefits pay for a home, for which days, and when the money is expected (rules.md 1.2, 2.5)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, BenefitKind, ClaimState, Frequency, Money
from app.services.benefits.dto import Award, Claim, Expected, PeriodRow
from app.services.core.calendars import WEEK, mondays, week_monday

LIVE: Final = frozenset({ClaimState.APPLIED, ClaimState.LIVE, ClaimState.SUSPENDED})
"""Claims that have not been refused and have not ended."""
PAYING: Final = frozenset({ClaimState.LIVE, ClaimState.ENDED})
"""Claims whose awards bring money, up to their last day."""
BEFORE: Final = timedelta(days=14)
"""How long before the first day that is compared payments are looked at."""
EARLY: Final = timedelta(days=3)
"""So long before its day a payment of Universal Credit may come."""
LATE: Final = timedelta(days=5)
"""So long after its day it is missed."""
_DAY: Final = timedelta(days=1)
_DAYS_A_WEEK: Final = 7
_WEEKS_A_YEAR: Final = 52
_MONTHS_A_YEAR: Final = 12
_FOUR_WEEKS: Final = 28
_MONTHS_AHEAD: Final = timedelta(days=31)
_HOUSING_BENEFIT: Final = BenefitKind.HOUSING_BENEFIT


def monthly_costs(weekly: Money, free_weeks: int = 0) -> Money:
    """The housing costs that Universal Credit reckons with: weekly x (52 - rent-free weeks) / 12; week 53 is never paid."""
    return weekly.times(_WEEKS_A_YEAR - free_weeks, _MONTHS_A_YEAR)


def under_occupied(eligible: Money, spare_bedrooms: int, one_percent: int = 14, more_percent: int = 25) -> Money:
    """What of the eligible rent is paid for a home with spare bedrooms (SI 2013/376 sch. 4 para 36)."""
    if spare_bedrooms <= 0:
        return eligible
    return eligible - eligible.times(one_percent if spare_bedrooms == 1 else more_percent, 100)


def last_day_after_death(died_on: date, after_death: str) -> date:
    """The last day of Housing Benefit after a death.

    `sunday`: the first Sunday after it. `monday`: it ends on the first Monday after, so that the Sunday before is its last
    day; the two differ only for a death on a Sunday.
    """
    day = died_on + _DAY if after_death == "sunday" else died_on
    return week_monday(day) + WEEK - _DAY


def in_week(claim: Claim, monday: date, until: date | None = None) -> Money:
    """What a claim brings us in a rent week, by the day where an award begins, changes or ends in it.

    Nothing is brought for days after `until`.
    """
    return sum((_of_week(claim, award, monday, until) for award in claim.awards), ZERO)


def whole_week(claim: Claim, day: date) -> Money:
    """What a claim brings us in a whole week by the award of a day, without what is paid off the arrears."""
    award = claim.award_on(day)
    return _weekly(award.amount, award.frequency) if award is not None and award.to_landlord else ZERO


def assessment_periods(claim: Claim, first: date, last: date, pay_days: int) -> Iterator[Expected]:
    """The payments to us of a claim to Universal Credit that are expected from one day to another, both included.

    An assessment period begins on the day of the month of the claim, and its payment is expected so many days after its last
    day. What is paid goes by what is awarded on that last day: Universal Credit isn't reckoned by the day.
    """
    number = max(0, (first.year - claim.claimed_on.year) * _MONTHS_A_YEAR + first.month - claim.claimed_on.month - 2)
    while (starts_on := _month_after(claim.claimed_on, number)) <= last:
        ends_on = _month_after(claim.claimed_on, number + 1) - _DAY
        due_on = ends_on + timedelta(days=pay_days)
        award = claim.award_on(ends_on)
        if first <= due_on <= last and award is not None and award.to_landlord:
            yield Expected(starts_on, ends_on, due_on, award.amount + award.arrears)
        number += 1


def paid_as(kind: BenefitKind) -> BenefitKind:
    """As which benefit the money comes: a discretionary payment comes with Housing Benefit."""
    return BenefitKind.UNIVERSAL_CREDIT if kind is BenefitKind.UNIVERSAL_CREDIT else BenefitKind.HOUSING_BENEFIT


def weekly_periods(
    claims: Sequence[Claim], credited: Mapping[date, int], first: date, last: date, free: Collection[date] = ()
) -> Iterator[PeriodRow]:
    """Expected against received of Housing Benefit for each rent week from Monday `first` to Monday `last`.

    `credited` is what came, in pence, by the Monday of the week that it is for; `free` the Mondays without rent.
    """
    counted = [claim for claim in claims if claim.state in PAYING and paid_as(claim.kind) is _HOUSING_BENEFIT]
    if not counted and not credited:
        return
    same = _every_week(counted, first, last)
    for monday in mondays(first, last):
        weekly = same if same is not None else sum((in_week(claim, monday) for claim in counted), ZERO)
        expected = ZERO if monday in free else weekly
        received = Money(credited.get(monday, 0))
        if expected or received:
            yield PeriodRow(_HOUSING_BENEFIT, monday, monday + WEEK - _DAY, expected, received)


def brought(claims: Sequence[Claim], weeks: Sequence[date]) -> Money:
    """What Housing Benefit and discretionary payments bring us in some rent weeks (Mondays, in order), week 53 included."""
    counted = [claim for claim in claims if claim.state in PAYING and paid_as(claim.kind) is _HOUSING_BENEFIT]
    if not counted or not weeks:
        return ZERO
    same = _every_week(counted, weeks[0], weeks[-1])
    if same is not None:
        return same * len(weeks)
    return sum((in_week(claim, monday) for claim in counted for monday in weeks), ZERO)


def monthly_periods(
    claims: Sequence[Claim], came: Sequence[tuple[date, int]], first: date, today: date, pay_days: int
) -> Iterator[PeriodRow]:
    """Expected against received of Universal Credit from one payment day to the next, from `first` on.

    A payment may come three days early; it isn't missed until five days after its day. What came when nothing was expected
    is a period of its own, from the first day to the last on which it came.
    """
    counted = [claim for claim in claims if claim.state in PAYING and claim.kind is BenefitKind.UNIVERSAL_CREDIT]
    if not counted and not came:
        return
    due: dict[date, Money] = {}
    for claim in counted:
        for each in assessment_periods(claim, first - BEFORE, today + _MONTHS_AHEAD, pay_days):
            due[each.due_on] = due.get(each.due_on, ZERO) + each.amount
    days = sorted(due)
    rest = list(came)
    for at, day in enumerate(days):
        until = days[at + 1] - EARLY if at + 1 < len(days) else date.max
        mine = [each for each in rest if day - EARLY <= each[0] < until]
        rest = [each for each in rest if each not in mine]
        received = Money(sum(pence for _, pence in mine))
        if day >= first and (day + LATE <= today or received):
            ends_on = min(until - _DAY, today) if until != date.max else max([day, *(on for on, _ in mine)])
            yield PeriodRow(BenefitKind.UNIVERSAL_CREDIT, day, ends_on, due[day], received)
    rest = [each for each in rest if each[0] >= first]
    if rest:
        on = [each[0] for each in rest]
        received = Money(sum(pence for _, pence in rest))
        yield PeriodRow(BenefitKind.UNIVERSAL_CREDIT, min(on), max(on), ZERO, received)


def faults_in_award(award_from: date, claimed_on: date, to_on: date | None, amount: Money) -> Iterator[tuple[str, str]]:
    """What is wrong with an award, as (field, sentence)."""
    if award_from < claimed_on:
        yield "from_on", "The award begins before the claim."
    if to_on is not None and to_on < award_from:
        yield "to_on", "The last day of the award is before its first."
    if amount.pence < 0:
        yield "amount", "An award can't be less than nothing: record an overpayment as an adjustment."


def _every_week(claims: Sequence[Claim], first: date, last: date) -> Money | None:
    """What claims bring in each of these weeks where nothing begins, changes or ends in them; most do."""
    until = last + WEEK - _DAY
    whole = ZERO
    for claim in claims:
        if len(claim.awards) != 1 or (claim.ended_on is not None and claim.ended_on < until):
            return None
        award = claim.awards[0]
        if award.from_on > first or (award.to_on is not None and award.to_on < until):
            return None
        if award.to_landlord:
            whole += _weekly(award.amount + award.arrears, award.frequency)
    return whole


def _of_week(claim: Claim, award: Award, monday: date, until: date | None) -> Money:
    if not award.to_landlord or award.from_on >= monday + WEEK:
        return ZERO
    ends = [day for day in (award.to_on, claim.ended_on, until) if day is not None]
    last = min([monday + WEEK - _DAY, *ends])
    days = (last - max(monday, award.from_on)).days + 1
    return _weekly(award.amount + award.arrears, award.frequency).times(days, _DAYS_A_WEEK) if days > 0 else ZERO


def _weekly(amount: Money, frequency: Frequency) -> Money:
    """What an award comes to in a week."""
    if frequency is Frequency.FORTNIGHTLY:
        return amount.times(1, 2)
    if frequency is Frequency.FOUR_WEEKLY:
        return amount.times(_DAYS_A_WEEK, _FOUR_WEEKS)
    if frequency is Frequency.MONTHLY:
        return amount.times(_MONTHS_A_YEAR, _WEEKS_A_YEAR)
    return amount


def _month_after(day: date, months: int) -> date:
    """The same day of the month so many months after, the last of a month that is shorter."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
