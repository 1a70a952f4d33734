"""The claims to benefits that pay for somebody's home: they end with a death or the tenancy, or are told of the change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.values import BenefitKind, ClaimState, EndReason, LifeEvent
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.tenancies.endings import policies
from app.services.tenancies.endings.rules import entitled_to
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import LEAVES, held
from app.services.tenancies.life_events.registry import Hanging

_BENEFITS: Final = "Benefits"
_NAMES: Final = {
    BenefitKind.HOUSING_BENEFIT: "Housing Benefit",
    BenefitKind.UNIVERSAL_CREDIT: "Universal Credit",
    BenefitKind.DISCRETIONARY: "Discretionary Housing Payment",
}


def register() -> None:
    """Plug in claims, before the tenancies themselves change: whoever pays benefit is told of that too."""
    registry.register(Hanging("claim", 25, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    tenancies = {each.tenancy_id: each for each in held(ctx, happened)}
    statement = (
        select(BenefitClaim)
        .where(
            BenefitClaim.person_id == happened.person_id,
            BenefitClaim.state.in_((ClaimState.APPLIED, ClaimState.LIVE, ClaimState.SUSPENDED)),
            or_(BenefitClaim.ended_on.is_(None), BenefitClaim.ended_on >= happened.on),
        )
        .order_by(BenefitClaim.id)
    )
    last = _last_day(ctx, happened)
    words = {
        Choice.STOP: f"Ends on {written(last)}",
        Choice.KEEP: "Goes on",
        Choice.LATER: "A task: tell the office that pays it what has changed",
    }
    for claim in ctx.session.scalars(statement):
        each = tenancies.get(claim.tenancy_id)
        main = each.main if each else None
        leaves = happened.kind in LEAVES and not (each is not None and each.joint)
        yield Hangs(
            "claim",
            _BENEFITS,
            f"Claim to {_NAMES[claim.kind]} {claim.reference}".strip(),
            tuple(Option(choice, words[choice]) for choice in rules.claim(happened.kind, leaves=leaves)),
            record_id=claim.id,
            account_id=main.account_id if main else None,
            reference=main.reference if main else "",
            why="The office that pays it has to be told; what is paid beyond this day is claimed back",
            warns=True,
        )


def _last_day(ctx: Context, happened: Happened) -> date:
    """The last day of entitlement: after a death as the policy says, else the last day there."""
    died = happened.on if happened.kind is LifeEvent.DEATH else None
    last = happened.on - timedelta(days=1) if happened.kind is LifeEvent.RIGHT_TO_BUY else happened.on
    reason = EndReason.DEATH if died else EndReason.OTHER
    after = policies.after_death(ctx, happened.on)
    return entitled_to(reason, notice_ends_on=last, left_on=None, died_on=died, after_death=after)


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    claim = ctx.session.get_one(BenefitClaim, hangs.record_id)
    last = _last_day(ctx, new.happened)
    claim.state, claim.ended_on = ClaimState.ENDED, max(last, claim.claimed_on)
    awards = select(BenefitAward).where(
        BenefitAward.claim_id == claim.id, or_(BenefitAward.to_on.is_(None), BenefitAward.to_on > last)
    )
    for award in ctx.session.scalars(awards):
        award.to_on = max(last, award.from_on)
    ctx.session.flush()
    touched = frozenset() if hangs.account_id is None else frozenset({hangs.account_id})
    return Outcome(f"Ended on {written(claim.ended_on)}; tell the office that pays it", done=False, account_ids=touched)
