"""Whether Housing Benefit and Universal Credit were paid for the right weeks up to the end of a tenancy (rules.md 2.5, 2.6).

Housing Benefit of our own tenants is a rebate credited week by week, so what came for a week after entitlement is overpaid. A
managed payment of Universal Credit comes after the month that it is for: only what comes more than a month and a week after
the end is taken as overpaid, and what comes before is named for an officer to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import ZERO, BenefitKind, ExplainGroup, Money
from app.services.benefits import policies, reading, rules
from app.services.benefits.dto import KINDS, Claim, Finding
from app.services.core.calendars import WEEK, mondays, week_monday
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.ledger.dto import LedgerLine
from app.services.ledger.queries import ledger_pages

_DAY: Final = timedelta(days=1)
_MANAGED_AFTER: Final = timedelta(days=38)
"""How long after a day Universal Credit for it may still come: an assessment period and a week."""


def check_last_weeks(ctx: Context, tenancy_id: int, ends_on: date) -> Finding:
    """Check the weeks before and after `ends_on`, the last day of entitlement, from the accounts and the claims."""
    started = ctx.session.scalars(select(Tenancy.start_on).where(Tenancy.id == tenancy_id)).one()
    accounts = sorted(ctx.session.scalars(select(Account.id).where(Account.tenancy_id == tenancy_id)))
    weeks = policies.checked_weeks(ctx, ends_on)
    checked_from = max(week_monday(ends_on) - WEEK * (weeks - 1), week_monday(started))
    pages = ledger_pages(ctx, accounts, checked_from)
    lines = [line for page in pages.values() for line in page.lines]
    rebates = [line for line in lines if line.group is ExplainGroup.HOUSING_BENEFIT]
    managed = [line for line in lines if line.group is ExplainGroup.UNIVERSAL_CREDIT]
    claims = reading.claims_of(ctx, [tenancy_id]).get(tenancy_id, ())
    live = [claim for claim in claims if claim.state in rules.LIVE]
    rebate_over, late = _rebates_after(rebates, ends_on), _managed_after(managed, ends_on)
    until = min(ends_on, week_monday(ctx.clock.today()) - _DAY)
    free = reading.free_of(ctx, [tenancy_id], checked_from, ends_on).get(tenancy_id, frozenset())
    missing = _missing(claims, rebates, [day for day in mondays(checked_from, until) if day not in free], until)
    words = [
        *_said_of_rebates(rebates, rebate_over, ends_on),
        *_said_of_managed(managed, late, ends_on),
        *([f"By the award {missing} of Housing Benefit has not come for weeks before."] if missing else []),
        *_said_of_claims(live, ends_on),
    ] or [f"No Housing Benefit or Universal Credit came from {written(checked_from)} on, and no claim is live."]
    overpaid = rebate_over + late[0]
    return Finding(" ".join(words), overpaid, missing, ends_on, checked_from, bool(overpaid or missing or live))


def _rebates_after(lines: Sequence[LedgerLine], ends_on: date) -> Money:
    """What was credited for days after entitlement, a week that it ended in by the day; clawbacks are taken off."""
    pence = ZERO
    for monday, credited in _by_week(lines).items():
        after = min(7, (monday + WEEK - _DAY - ends_on).days)
        if after > 0:
            pence += Money(credited).times(after, 7)
    return pence if pence.pence > 0 else ZERO


def _managed_after(lines: Sequence[LedgerLine], ends_on: date) -> tuple[Money, Money]:
    """Of Universal Credit: what came too late to be for days of entitlement, and what came after but may be."""
    over = -sum(line.amount.pence for line in lines if line.effective_on > ends_on + _MANAGED_AFTER)
    after = -sum(line.amount.pence for line in lines if ends_on < line.effective_on <= ends_on + _MANAGED_AFTER)
    return Money(max(0, over)), Money(max(0, after))


def _missing(claims: Sequence[Claim], lines: Sequence[LedgerLine], weeks: Sequence[date], last: date) -> Money:
    """What awards of Housing Benefit paid to us should have brought in these weeks up to a day, and have not."""
    credited = _by_week(lines)
    counted = [claim for claim in claims if claim.kind is BenefitKind.HOUSING_BENEFIT]
    due = {monday: sum(rules.in_week(claim, monday, last).pence for claim in counted) for monday in weeks}
    return Money(sum(max(0, pence - credited[monday]) for monday, pence in due.items()))


def _by_week(lines: Sequence[LedgerLine]) -> defaultdict[date, int]:
    """What was credited, by the Monday of the week that it is for."""
    credited: defaultdict[date, int] = defaultdict(int)
    for line in lines:
        credited[line.rent_week or week_monday(line.effective_on)] -= line.amount.pence
    return credited


def _said_of_rebates(lines: Sequence[LedgerLine], over: Money, ends_on: date) -> list[str]:
    if not lines:
        return []
    if over:
        return [f"Housing Benefit of {over} was credited for days after {written(ends_on)}: it is to be given back."]
    return [f"Housing Benefit was credited up to {written(ends_on)} and no further."]


def _said_of_managed(lines: Sequence[LedgerLine], late: tuple[Money, Money], ends_on: date) -> list[str]:
    over, after = late
    said = []
    if over:
        said.append(f"Universal Credit of {over} came too late to be for days up to {written(ends_on)}.")
    if after:
        said.append(f"Universal Credit of {after} came after {written(ends_on)}: see which month it is for.")
    if lines and not said:
        said.append(f"No Universal Credit came after {written(ends_on)}.")
    return said


def _said_of_claims(live: Sequence[Claim], ends_on: date) -> list[str]:
    names = [KINDS[claim.kind] for claim in live]
    return [
        f"The claim to {name} is still live: entitlement here ended on {written(ends_on)}."
        for name in dict.fromkeys(name if name != "Discretionary payment" else name.lower() for name in names)
    ]
