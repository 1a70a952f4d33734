"""A claim as it is typed: what is wrong with it, and what saving it does. Pure, so that every key is answered at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, BenefitKind, ClaimState, Frequency, Money
from app.services.benefits import rules
from app.services.benefits.dto import EACH, KINDS, Award, Claim, ClaimForm, KeepClaim, SetAward
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors

_BACK: Final = timedelta(days=40 * 365)
_AHEAD: Final = timedelta(days=366)
_EACH: Final = {Frequency.WEEKLY: "a week", Frequency.MONTHLY: "a month"}
STATES: Final = {
    ClaimState.APPLIED: "applied for",
    ClaimState.LIVE: "in payment",
    ClaimState.SUSPENDED: "suspended",
    ClaimState.REFUSED: "refused",
    ClaimState.ENDED: "ended",
}
"""How far a claim has come, as officers say it."""


def refuse(form: ClaimForm, wanted: KeepClaim) -> None:
    """Refuse what won't do.

    Raises:
        UserError: every fault, beside its field.
    """
    faults = [*_of_claim(form, wanted), *(_of_award(wanted, wanted.award) if wanted.award else ())]
    if faults:
        raise UserErrors(faults) if len(faults) > 1 else faults[0]


def effects(form: ClaimForm, wanted: KeepClaim) -> tuple[Effect, ...]:
    """What saving does, and what the award comes to against the charge.

    Raises:
        UserError: it won't do (`refuse`).
    """
    refuse(form, wanted)
    before = claim_in(form, wanted.claim_id)
    return (*_claim_effects(wanted, before), *_award_effects(form, wanted, before), *_costs(form, wanted))


def claim_in(form: ClaimForm, claim_id: int | None) -> Claim | None:
    """The claim that is changed; None for a new one."""
    return next((claim for claim in form.claims if claim.claim_id == claim_id), None)


def said(wanted: KeepClaim) -> str:
    """What was kept, as a sentence."""
    award = wanted.award
    if award is None:
        return f"{STATES[wanted.state]}."
    each = _EACH[EACH[wanted.kind]]
    whom = "to us" if award.to_landlord else "to the tenant"
    return f"{award.amount} {each} from {_day(award.from_on)}, {whom}."


def shortfall(form: ClaimForm, wanted: KeepClaim) -> Money:
    """What is left for the tenant to pay of a week's or a month's charge after an award."""
    if wanted.award is None:
        return ZERO
    whole = form.weekly
    if EACH[wanted.kind] is Frequency.MONTHLY:
        whole = rules.monthly_costs(form.weekly)
    return whole - wanted.award.amount


def _of_claim(form: ClaimForm, wanted: KeepClaim) -> Iterator[UserError]:
    if wanted.person_id not in {person_id for person_id, _ in form.people}:
        yield UserError("Whoever claims doesn't hold the tenancy.", "Choose one of the tenants.", "person")
    if not form.today - _BACK <= wanted.claimed_on <= form.today + _AHEAD:
        yield UserError("The claim is forty years ago, or a year ahead.", "Check the year.", "claimed_on")
    if wanted.state is ClaimState.ENDED and wanted.ended_on is None:
        yield UserError("A claim that ended has a last day.", "Type the last day of entitlement.", "ended_on")
    if wanted.ended_on is not None:
        if wanted.ended_on < wanted.claimed_on:
            yield UserError("The last day is before the claim.", "Type a later one.", "ended_on")
        elif wanted.ended_on > form.today + _AHEAD:
            yield UserError("The last day is more than a year ahead.", "Check the year.", "ended_on")
    if wanted.portal_on is not None and wanted.portal_on > form.today:
        yield UserError("The rent can't be confirmed on a day to come.", "Type the day it was done.", "portal_on")
    same = [claim for claim in form.claims if claim.kind is wanted.kind and claim.person_id == wanted.person_id]
    if wanted.state in rules.LIVE and any(
        claim.state in rules.LIVE and claim.claim_id != wanted.claim_id for claim in same
    ):
        yield UserError(
            f"They have a live claim to {KINDS[wanted.kind]} already.", "Change that one, or end it first.", "claim"
        )


def _of_award(wanted: KeepClaim, award: SetAward) -> Iterator[UserError]:
    for field, words in rules.faults_in_award(award.from_on, wanted.claimed_on, award.to_on, award.amount):
        yield UserError(words, field=field)
    if wanted.ended_on is not None and award.from_on > wanted.ended_on:
        yield UserError("The award begins after the claim has ended.", "Check the days.", "from_on")
    if award.arrears.pence < 0:
        yield UserError("What is paid off the arrears can't be less than nothing.", field="arrears")


def _claim_effects(wanted: KeepClaim, before: Claim | None) -> Iterator[Effect]:
    name = KINDS[wanted.kind]
    if before is None:
        yield Effect("Claim", f"{name}, {STATES[wanted.state]}", after=f"from {_day(wanted.claimed_on)}")
    elif before.state is not wanted.state:
        yield Effect("Claim", name, before=STATES[before.state], after=STATES[wanted.state])
    if wanted.ended_on is not None and (before is None or before.ended_on != wanted.ended_on):
        yield Effect("Claim", "Nothing is expected for days after", after=_day(wanted.ended_on), warns=True)
    if wanted.kind is BenefitKind.UNIVERSAL_CREDIT and wanted.portal_on is None and wanted.state in rules.LIVE:
        yield Effect("Tasks", "Confirm the rent on the landlord portal")


def _award_effects(form: ClaimForm, wanted: KeepClaim, before: Claim | None) -> Iterator[Effect]:
    award = wanted.award
    if award is None:
        return
    each = _EACH[EACH[wanted.kind]]
    old = _standing(before, award.from_on)
    whom = "Paid to us" if award.to_landlord else "Paid to the tenant"
    yield Effect(
        "Award",
        f"{whom} from {_day(award.from_on)}",
        before=f"{old.amount} {each}" if old else "",
        after=f"{award.amount} {each}",
    )
    if old is not None and old.from_on < award.from_on:
        yield Effect("Award", "The award before ends", after=_day(award.from_on - timedelta(days=1)))
    if award.arrears:
        yield Effect("Award", "Off the arrears", after=f"{award.arrears} {each}")
    short = shortfall(form, wanted)
    if short.pence > 0:
        yield Effect("To pay", "Left for the tenant", after=f"{short} {each}")
    elif short.pence < 0:
        yield Effect("To pay", "The award is more than the charge", after=f"by {abs(short)} {each}", warns=True)


def _costs(form: ClaimForm, wanted: KeepClaim) -> Iterator[Effect]:
    """How the award can be checked: the eligible charge, as the benefit reckons it."""
    spare = wanted.award.spare_bedrooms if wanted.award else 0
    eligible = rules.under_occupied(form.eligible, spare, form.one_percent, form.more_percent)
    if wanted.kind is BenefitKind.UNIVERSAL_CREDIT:
        monthly = rules.under_occupied(form.monthly, spare, form.one_percent, form.more_percent)
        yield Effect("To check it by", "Eligible a month: weekly x 52 / 12", after=str(form.monthly))
        if spare:
            yield Effect("To check it by", _taken_off(form, spare), after=str(monthly))
        return
    yield Effect("To check it by", "Eligible a week", after=str(form.eligible))
    if spare:
        yield Effect("To check it by", _taken_off(form, spare), after=str(eligible))


def _taken_off(form: ClaimForm, spare: int) -> str:
    percent = form.one_percent if spare == 1 else form.more_percent
    return f"{spare} spare {'bedroom' if spare == 1 else 'bedrooms'}: {percent} % less"


def _standing(claim: Claim | None, day: date) -> Award | None:
    """The award that a new one takes the place of."""
    if claim is None:
        return None
    return next(
        (each for each in claim.awards if each.from_on <= day and (each.to_on is None or each.to_on >= day)), None
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
