"""Expected against received, by period, of one tenancy or of all of the office in the same few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.models.values import BenefitKind
from app.services.benefits import policies, reading, rules
from app.services.benefits.dto import Claim, PeriodRow
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context

Periods = tuple[PeriodRow, ...]


def compared(ctx: Context, claims: Mapping[int, Sequence[Claim]], *, every: bool = False) -> dict[int, Periods]:
    """The periods of each tenancy with its claims, the latest first, over the weeks that the policy compares.

    The running week isn't compared: what is for it may still come. `every` reads the receipts of all tenancies with a claim
    at once, as for the office's list.
    """
    today = ctx.clock.today()
    monday = week_monday(today)
    first = monday - WEEK * policies.compared_weeks(ctx, today)
    came = reading.came(ctx, None if every else list(claims), first - rules.BEFORE, today)
    pay_days = policies.pay_days(ctx, today)
    free = reading.free_of(ctx, list(claims), first, monday)
    result: dict[int, Periods] = {}
    for tenancy_id, each in reading.held_until(ctx, claims).items():
        weekly: defaultdict[date, int] = defaultdict(int)
        for week, on, pence in came.get((tenancy_id, BenefitKind.HOUSING_BENEFIT), ()):
            weekly[week or week_monday(on)] += pence
        monthly = [(on, pence) for _, on, pence in came.get((tenancy_id, BenefitKind.UNIVERSAL_CREDIT), ())]
        periods = [
            *rules.weekly_periods(each, weekly, first, monday - WEEK, free.get(tenancy_id, ())),
            *rules.monthly_periods(each, sorted(monthly), first, today, pay_days),
        ]
        result[tenancy_id] = tuple(sorted(periods, key=lambda period: period.from_on, reverse=True))
    return result


def of_kind(periods: Iterable[PeriodRow], kind: BenefitKind) -> Periods:
    """The periods of one benefit."""
    return tuple(period for period in periods if period.kind is rules.paid_as(kind))
