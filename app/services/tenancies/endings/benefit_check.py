"""Whether Housing Benefit and Universal Credit were paid for the right weeks up to the end of a tenancy (rules.md 2.5, 2.6).

Housing Benefit of our own tenants is a rebate credited week by week, so what came for a week after entitlement is overpaid. A
managed payment of Universal Credit comes after the month that it is for: only what comes more than a month and a week after
the end is taken as overpaid, and what comes before is named for an officer to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.tenancies import Ending
from app.models.values import ZERO, BenefitKind, ClaimState, EndReason, ExplainGroup, Frequency, Money
from app.services.core.calendars import WEEK, mondays, week_monday
from app.services.core.context import Context
from app.services.diary.keeping import checked_text, written
from app.services.ledger.dto import LedgerLine
from app.services.ledger.queries import ledger_pages
from app.services.tenancies.endings import policies, reading, rules
from app.services.tenancies.endings.dto import Dates, Finding, NoteEnding
from app.services.tenancies.endings.reading import Case

_DAY: Final = timedelta(days=1)
_MANAGED_AFTER: Final = timedelta(days=38)
"""How long after a day Universal Credit for it may still come: an assessment period and a week."""
_LONGEST: Final = 1_000
_LIVE: Final = frozenset({ClaimState.APPLIED, ClaimState.LIVE, ClaimState.SUSPENDED})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim with its awards, in order of their first day."""

    claim: BenefitClaim
    awards: tuple[BenefitAward, ...]


def check(ctx: Context, found: Case, wanted: NoteEnding, days: Dates) -> Finding:
    """Check the last weeks of a tenancy that would end on these days."""
    return last_weeks(ctx, found, _entitled_to(ctx, found, wanted.reason, days.notice_ends_on, wanted.left_on))


def keep(ctx: Context, found: Case, ending: Ending, remark: str) -> Finding:
    """Check the last weeks of an ending that is being finished, and keep the finding with what the officer adds."""
    finding = last_weeks(ctx, found, _entitled_to(ctx, found, ending.reason, ending.notice_ends_on, ending.left_on))
    said = checked_text(ctx, remark, "finding", "finding", _LONGEST)
    ending.benefit_finding = f"{finding.words} {said}".strip()
    ending.benefit_checked_by, ending.benefit_checked_at = ctx.officer.id, ctx.clock.now()
    return finding


def last_weeks(ctx: Context, found: Case, entitled_to: date) -> Finding:
    """Check the weeks before and after the last day of entitlement, from the accounts and the claims."""
    weeks = policies.checked_weeks(ctx, entitled_to)
    checked_from = max(week_monday(entitled_to) - WEEK * (weeks - 1), week_monday(found.tenancy.start_on))
    pages = ledger_pages(ctx, sorted(found.account_ids), checked_from)
    lines = [line for page in pages.values() for line in page.lines]
    rebates = [line for line in lines if line.group is ExplainGroup.HOUSING_BENEFIT]
    managed = [line for line in lines if line.group is ExplainGroup.UNIVERSAL_CREDIT]
    claims = _claims(ctx, found.tenancy.id)
    live = [each.claim for each in claims if each.claim.state in _LIVE]
    rebate_over, late = _rebates_after(rebates, entitled_to), _managed_after(managed, entitled_to)
    missing = _missing(claims, rebates, checked_from, min(entitled_to, week_monday(ctx.clock.today()) - _DAY))
    words = [
        *_said_of_rebates(rebates, rebate_over, entitled_to),
        *_said_of_managed(managed, late, entitled_to),
        *_said_of_missing(missing),
        *_said_of_claims(live, entitled_to),
    ] or [f"No Housing Benefit or Universal Credit came from {written(checked_from)} on, and no claim is live."]
    overpaid = rebate_over + late[0]
    return Finding(" ".join(words), overpaid, missing, entitled_to, checked_from, bool(overpaid or missing or live))


def _entitled_to(ctx: Context, found: Case, reason: EndReason, notice_ends_on: date, left_on: date | None) -> date:
    return rules.entitled_to(
        reason,
        notice_ends_on=notice_ends_on,
        left_on=left_on,
        died_on=reading.died_on(ctx, found.tenancy.id),
        after_death=policies.after_death(ctx, notice_ends_on),
    )


def _rebates_after(lines: Sequence[LedgerLine], entitled_to: date) -> Money:
    """What was credited for days after entitlement, a week that it ended in by the day; clawbacks are taken off."""
    by_week: defaultdict[date, int] = defaultdict(int)
    for line in lines:
        by_week[line.rent_week or week_monday(line.effective_on)] -= line.amount.pence
    pence = ZERO
    for monday, credited in by_week.items():
        after = min(7, (monday + WEEK - _DAY - entitled_to).days)
        if after > 0:
            pence += Money(credited).times(after, 7)
    return pence if pence.pence > 0 else ZERO


def _managed_after(lines: Sequence[LedgerLine], entitled_to: date) -> tuple[Money, Money]:
    """Of Universal Credit: what came too late to be for days of entitlement, and what came after but may be."""
    over = -sum(line.amount.pence for line in lines if line.effective_on > entitled_to + _MANAGED_AFTER)
    after = -sum(line.amount.pence for line in lines if entitled_to < line.effective_on <= entitled_to + _MANAGED_AFTER)
    return Money(max(0, over)), Money(max(0, after))


def _missing(claims: Sequence[_Claim], lines: Sequence[LedgerLine], first: date, last: date) -> Money:
    """What weekly awards of Housing Benefit paid to us should have brought, and has not."""
    credited: defaultdict[date, int] = defaultdict(int)
    for line in lines:
        credited[line.rent_week or week_monday(line.effective_on)] -= line.amount.pence
    due = {monday: sum(_award_of(each, monday, last) for each in claims) for monday in mondays(first, last)}
    return Money(sum(max(0, pence - credited[monday]) for monday, pence in due.items()))


def _award_of(each: _Claim, monday: date, entitled_to: date) -> int:
    """The pence that a claim's weekly award to us brings in a week."""
    if each.claim.kind is not BenefitKind.HOUSING_BENEFIT:
        return 0
    last = min(monday + WEEK - _DAY, entitled_to, each.claim.ended_on or entitled_to)
    for award in each.awards:
        if award.to_landlord and award.frequency is Frequency.WEEKLY and award.from_on <= monday:
            covered = min(last, award.to_on or last)
            if covered >= monday:
                return Money(award.amount_pence).times((covered - monday).days + 1, 7).pence
    return 0


def _claims(ctx: Context, tenancy_id: int) -> tuple[_Claim, ...]:
    claims = ctx.session.scalars(
        select(BenefitClaim).where(BenefitClaim.tenancy_id == tenancy_id).order_by(BenefitClaim.id)
    ).all()
    awards: defaultdict[int, list[BenefitAward]] = defaultdict(list)
    statement = (
        select(BenefitAward)
        .join(BenefitClaim, BenefitClaim.id == BenefitAward.claim_id)
        .where(BenefitClaim.tenancy_id == tenancy_id)
        .order_by(BenefitAward.claim_id, BenefitAward.from_on)
    )
    for award in ctx.session.scalars(statement):
        awards[award.claim_id].append(award)
    return tuple(_Claim(claim, tuple(awards[claim.id])) for claim in claims)


def _said_of_rebates(lines: Sequence[LedgerLine], over: Money, entitled_to: date) -> list[str]:
    if not lines:
        return []
    if over:
        return [
            f"Housing Benefit of {over} was credited for days after {written(entitled_to)}: it is to be given back."
        ]
    return [f"Housing Benefit was credited up to {written(entitled_to)} and no further."]


def _said_of_managed(lines: Sequence[LedgerLine], late: tuple[Money, Money], entitled_to: date) -> list[str]:
    over, after = late
    said = []
    if over:
        said.append(f"Universal Credit of {over} came too late to be for days up to {written(entitled_to)}.")
    if after:
        said.append(f"Universal Credit of {after} came after {written(entitled_to)}: see which month it is for.")
    if lines and not said:
        said.append(f"No Universal Credit came after {written(entitled_to)}.")
    return said


def _said_of_missing(missing: Money) -> list[str]:
    return [f"By the award {missing} of Housing Benefit has not come for weeks before."] if missing else []


def _said_of_claims(live: Sequence[BenefitClaim], entitled_to: date) -> list[str]:
    names = {
        BenefitKind.HOUSING_BENEFIT: "Housing Benefit",
        BenefitKind.UNIVERSAL_CREDIT: "Universal Credit",
        BenefitKind.DISCRETIONARY: "discretionary payment",
    }
    kinds = list(dict.fromkeys(names[claim.kind] for claim in live))
    return [f"The claim to {each} is still live: entitlement here ended on {written(entitled_to)}." for each in kinds]
