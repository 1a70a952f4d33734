"""Keeping claims and their awards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.values import Subject
from app.services.benefits import keeping, telling
from app.services.benefits.dto import EACH, KINDS, ClaimSaved, KeepClaim, SetAward
from app.services.benefits.queries import claim_form
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 400
_REFERENCE: Final = 40
_AREAS: Final = frozenset({"rent", "benefits", "diary"})


@requires(Permission.KEEP_BENEFITS)
def keep_claim(ctx: Context, wanted: KeepClaim) -> ClaimSaved:
    """Keep a claim, and what it awards from a day on: the award before ends the day before.

    A claim that ends, ends its award on the same day. The tasks to tell of changes stay: the benefit office may not know.

    Raises:
        UserError: a day or an amount won't do, whoever claims doesn't hold the tenancy, there is a live claim to the same
            benefit by them already, somebody changed the claim meanwhile, or the account isn't theirs to work on.
    """
    access.touch(ctx, {wanted.account_id})
    shown = claim_form(ctx, wanted.account_id)
    telling.refuse(shown, wanted)
    reference = diary.checked_text(ctx, wanted.reference, "claim number", "reference", _REFERENCE)
    note = diary.checked_text(ctx, wanted.note, "note", "note", _LONGEST)
    row = _row(ctx, wanted, shown.tenancy_id)
    row.person_id, row.kind, row.state = wanted.person_id, wanted.kind, wanted.state
    row.reference, row.note = reference, note
    row.claimed_on, row.ended_on, row.portal_on = wanted.claimed_on, wanted.ended_on, wanted.portal_on
    ctx.session.flush()
    if wanted.award is not None:
        _award(ctx, row, wanted.award)
    if row.ended_on is not None:
        _end_awards(ctx, row.id, row.ended_on)
    if row.portal_on is not None:
        diary.finish_for(
            ctx, Subject.ACCOUNT, wanted.account_id, keeping.PORTAL_TASK, "The rent is confirmed on the landlord portal"
        )
    elif keeping.wants_confirming(row):
        keeping.ask_to_confirm(ctx, wanted.account_id, row)
    ctx.session.flush()
    told = f"{KINDS[row.kind]} of {shown.reference}: {telling.said(wanted)}"
    return ClaimSaved(row.id, wanted.account_id, told, Changes(_AREAS, frozenset({wanted.account_id})))


def _row(ctx: Context, wanted: KeepClaim, tenancy_id: int) -> BenefitClaim:
    if wanted.claim_id is None:
        row = BenefitClaim(tenancy_id=tenancy_id)
        ctx.session.add(row)
        return row
    found = ctx.session.get(BenefitClaim, wanted.claim_id)
    if found is None or found.tenancy_id != tenancy_id:
        raise UserError("This claim isn't for the tenancy of this account.", "Open the account anew.")
    if found.version != wanted.version:
        raise ChangedMeanwhile(
            "Somebody else changed this claim while you had it open; nothing was saved.",
            "Close the sheet and open it again.",
        )
    return found


def _award(ctx: Context, row: BenefitClaim, new: SetAward) -> None:
    """Set what is awarded from a day on; awards that begin later are what they were."""
    awards = _awards(ctx, row.id)
    later = [each for each in awards if each.from_on > new.from_on]
    to_on = new.to_on
    if later and (to_on is None or to_on >= later[0].from_on):
        to_on = later[0].from_on - _DAY
    same = next((each for each in awards if each.from_on == new.from_on), None)
    for each in awards:
        if each.from_on < new.from_on and (each.to_on is None or each.to_on >= new.from_on):
            each.to_on = new.from_on - _DAY
    made = same or BenefitAward(claim_id=row.id, from_on=new.from_on)
    made.to_on, made.amount_pence, made.frequency = to_on, new.amount.pence, EACH[row.kind]
    made.spare_bedrooms, made.to_landlord = new.spare_bedrooms, new.to_landlord
    made.arrears_pence = new.arrears.pence
    if same is None:
        ctx.session.add(made)
    ctx.session.flush()


def _end_awards(ctx: Context, claim_id: int, ended_on: date) -> None:
    for each in _awards(ctx, claim_id):
        if each.from_on <= ended_on and (each.to_on is None or each.to_on > ended_on):
            each.to_on = ended_on


def _awards(ctx: Context, claim_id: int) -> list[BenefitAward]:
    statement = select(BenefitAward).where(BenefitAward.claim_id == claim_id).order_by(BenefitAward.from_on)
    return list(ctx.session.scalars(statement))
