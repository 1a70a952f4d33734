"""Tenants who move to another home of ours, alone or in exchange with others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.models.values import EndReason, TenancyChange, VoidReason
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.tenancies import keeping
from app.services.tenancies.changes import passing, rules, telling
from app.services.tenancies.changes.dto import Balance, ChangeSaved, Exchange, Transfer
from app.services.tenancies.changes.joining import note_reason
from app.services.tenancies.changes.passing import Passing, same_people
from app.services.tenancies.changes.reading import Standing, day_faults, names, refuse_ending, standing
from app.services.tenancies.starting.dto import Started
from app.services.tenancies.starting.rules import TENURE_WORDS

_DAY: Final = timedelta(days=1)


# To another home


def tell_transfer(ctx: Context, found: Standing, change: Transfer) -> Iterator[Effect]:
    """The effects of a transfer."""
    yield from telling.tell(ctx, _transfer(ctx, found, change))


def transfer(ctx: Context, found: Standing, change: Transfer) -> ChangeSaved:
    """End the tenancy, and start one of the same people in another home the day after.

    Raises:
        UserError: the ending or the start can't be; nothing is saved then.
    """
    plan = _transfer(ctx, found, change)
    started = passing.make(ctx, plan)
    note_reason(ctx, started.account_id, "Transfer", change.reason)
    told = f"{found.tenancy.ref} goes on as {started.tenancy_ref}, account {started.reference}."
    return _moved(found, started, told)


def _transfer(ctx: Context, found: Standing, change: Transfer) -> Passing:
    if wrong := day_faults(ctx, found, change.on, ahead=True):
        raise UserErrors(wrong)
    if change.property_id == found.case.place.id:
        raise UserError("That is the home they have.", "Choose another.", "property")
    start = same_people(ctx, found, change.property_id, change.on, change.charges, letter=change.letter)
    start = replace(start, tenure=change.tenure, payment_method=change.payment_method)
    if change.tenure is not found.tenancy.tenure:
        start = replace(start, trial_ends_on=None, term_ends_on=None)
    return Passing(
        found,
        EndReason.TRANSFER,
        change.on - _DAY,
        start,
        TenancyChange.TRANSFER,
        void=VoidReason.TO_LET,
        to_new=change.balance is Balance.NEW,
        garages=change.keep_garages,
        near=change.near,
    )


# In exchange


def tell_exchange(ctx: Context, found: Standing, change: Exchange) -> Iterator[Effect]:
    """The effects of an exchange, of the one household and then of the other."""
    plans = _exchange(ctx, found, change)
    ending = {each.found.tenancy.id: each.ends_on for each in plans}
    for each in plans:
        who = names(each.found.holders)
        for effect in telling.tell(ctx, each, ending):
            yield replace(effect, group=f"{who}: {effect.group.lower()}")


def exchange(ctx: Context, found: Standing, change: Exchange) -> ChangeSaved:
    """End both tenancies, and start each in the other home the day after.

    Raises:
        UserError: one of the tenants may not exchange, or an ending or start can't be; nothing is saved then.
    """
    plans = _exchange(ctx, found, change)
    access.touch(ctx, plans[1].found.case.account_ids)
    for each in plans:
        passing.end(ctx, each)
    first, second = (passing.begin(ctx, each) for each in plans)
    for started in (first, second):
        note_reason(ctx, started.account_id, "Mutual exchange", change.reason)
    told = f"Exchanged: {first.tenancy_ref} (account {first.reference}) and {second.tenancy_ref} ({second.reference})."
    saved = _moved(found, first, told)
    accounts = saved.changes.account_ids | plans[1].found.case.account_ids | {second.account_id}
    wrote = first.not_written or second.not_written
    return replace(saved, changes=Changes(passing.AREAS, accounts), not_written=wrote)


def _exchange(ctx: Context, found: Standing, change: Exchange) -> tuple[Passing, Passing]:
    other = standing(ctx, keeping.tenancy_by_reference(ctx, change.other).id)
    if other.tenancy.id == found.tenancy.id:
        raise UserError("That is the same household.", "Type the other's reference.", "other")
    for each, field in ((found, "on"), (other, "other")):
        refuse_ending(each)
        if each.tenancy.tenure not in rules.EXCHANGED_TENURES:
            text = f"Who holds a {TENURE_WORDS[each.tenancy.tenure]} may not exchange ({each.tenancy.ref})."
            raise UserError(text, "Secure and flexible tenants may (Housing Act 1985 s.92).", field)
        if wrong := day_faults(ctx, each, change.on, ahead=True):
            raise UserErrors(wrong)
    return _swapped(ctx, found, other, change), _swapped(ctx, other, found, change)


def _swapped(ctx: Context, mine: Standing, theirs: Standing, change: Exchange) -> Passing:
    start = same_people(ctx, mine, theirs.case.place.id, change.on, (), letter=change.letter)
    return Passing(mine, EndReason.MUTUAL_EXCHANGE, change.on - _DAY, start, TenancyChange.MUTUAL_EXCHANGE)


def _moved(found: Standing, started: Started, told: str) -> ChangeSaved:
    return ChangeSaved(
        started.tenancy_id,
        started.account_id,
        told,
        passing.changes(found, started),
        started.journal,
        started.not_written,
    )
