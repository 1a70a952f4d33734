"""Tenants who live elsewhere for a time, while their home is repaired, and are home again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.tenancies import Tenancy
from app.models.values import EndReason, TenancyChange, Tenure
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.diary.keeping import written
from app.services.tenancies import keeping
from app.services.tenancies.changes import following, passing
from app.services.tenancies.changes.dto import ChangeSaved, Decant, Return
from app.services.tenancies.changes.joining import note_reason
from app.services.tenancies.changes.passing import same_people
from app.services.tenancies.changes.reading import Standing, day_faults, refuse_ending, standing, take_turn
from app.services.tenancies.endings import keeping as endings
from app.services.tenancies.starting import keeping as starting
from app.services.tenancies.starting import previewing as start_previewing
from app.services.tenancies.starting.dto import StartTenancy
from app.services.tenancies.starting.facts import property_of
from app.services.tenancies.starting.queries import address_of

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """The lasting home of tenants who live elsewhere for a time, and the temporary one."""

    lasting: Tenancy
    temporary: Tenancy


def decanted(ctx: Context, tenancy: Tenancy) -> Away | None:
    """Where the tenants of a tenancy live for a time; None where they live at home."""
    if tenancy.tenure is Tenure.LICENCE and tenancy.before_id is not None and tenancy.end_on is None:
        lasting = ctx.session.get_one(Tenancy, tenancy.before_id)
        return Away(lasting, tenancy) if lasting.end_on is None else None
    wanted = select(Tenancy).where(
        Tenancy.before_id == tenancy.id, Tenancy.tenure == Tenure.LICENCE, Tenancy.end_on.is_(None)
    )
    temporary = ctx.session.scalars(wanted).first()
    return Away(tenancy, temporary) if temporary is not None and tenancy.end_on is None else None


def tell_decant(ctx: Context, found: Standing, change: Decant) -> Iterator[Effect]:
    """The effects of a decant."""
    start = _licence(ctx, found, change)
    yield Effect("Tenancy", f"{found.tenancy.ref} goes on, and its rent is paid for the lasting home")
    for effect in start_previewing.preview(ctx, start):
        if effect.group != "Charges":
            yield replace(effect, group="Temporary home") if effect.group in {"Tenancy", "Property"} else effect
    yield Effect("Charges", "Nothing is charged for the temporary home")
    if change.letter:
        yield Effect("Letters", "A letter says where they live, and that the rent stays as it is")
    yield from following.tell_benefit(ctx, found)


def decant(ctx: Context, found: Standing, change: Decant) -> ChangeSaved:
    """Let another home to the tenants on licence, at no rent; their tenancy and its rent go on.

    Raises:
        UserError: they are decanted already, or the other home can't be let.
    """
    start = _licence(ctx, found, change)
    take_turn(ctx, found.tenancy)
    started = starting.start(ctx, start)
    where = address_of(property_of(ctx, change.property_id))
    main, temporary = f"Decanted to {where}.", f"Let for the decant of {found.tenancy.ref}."
    keeping.record(ctx, found.tenancy.id, TenancyChange.DECANT, change.on, main, started.tenancy_id)
    keeping.record(ctx, started.tenancy_id, TenancyChange.DECANT, change.on, temporary, found.tenancy.id)
    account = found.case.account
    note_reason(ctx, account.id, "Decanted", change.reason)
    following.report(ctx, found, "The tenants live elsewhere for a time", change.on)
    said = f"You live at {where} while we work on your home. Your tenancy and your rent stay as they are."
    wrote = _letter(ctx, found, change.on, said, letter=change.letter)
    told = f"{found.tenancy.ref} is decanted to {where} from {written(change.on)}, as {started.tenancy_ref}."
    changes = passing.changes(found, started)
    return ChangeSaved(found.tenancy.id, account.id, told, changes, started.journal, wrote)


def tell_return(ctx: Context, found: Standing, change: Return) -> Iterator[Effect]:
    """The effects of a return."""
    away, temporary = _away(ctx, found, change.on)
    yield Effect("Tenancy", f"The tenants are home again from {written(change.on)}", after=away.lasting.ref)
    yield Effect("Temporary home", f"The licence {away.temporary.ref} ends", after=written(change.on - _DAY))
    yield Effect("Temporary home", f"{temporary.case.address} is void, to be let", after=written(change.on))
    balance = following.owed(temporary)
    if balance:
        words = "What is on its account goes to a former tenant's account"
        yield Effect("Money", words, after=balance.dr_cr(), warns=True)
    if change.letter:
        yield Effect("Letters", "A letter says that they are home again")


def go_home(ctx: Context, found: Standing, change: Return) -> ChangeSaved:
    """End the licence of the temporary home the day before the tenants are home again.

    Raises:
        UserError: they aren't decanted, or the day can't be.
    """
    away, temporary = _away(ctx, found, change.on)
    access.touch(ctx, temporary.case.account_ids)
    lasting = standing(ctx, away.lasting.id)
    access.touch(ctx, lasting.case.account_ids)
    take_turn(ctx, away.lasting)
    owes = bool(following.owed(temporary))
    last = change.on - _DAY
    endings.end_here(ctx, endings.EndHere(away.temporary.id, EndReason.DECANT_OVER, last, former=owes))
    main, other = f"Home again; {away.temporary.ref} has ended.", f"The decant of {away.lasting.ref} is over."
    keeping.record(ctx, away.lasting.id, TenancyChange.RETURN, change.on, main, away.temporary.id)
    keeping.record(ctx, away.temporary.id, TenancyChange.RETURN, change.on, other, away.lasting.id)
    account = lasting.case.account
    note_reason(ctx, account.id, "Home again", change.reason)
    said = f"You are back at {lasting.case.address}. Your tenancy and your rent have gone on as they were."
    wrote = _letter(ctx, lasting, change.on, said, letter=change.letter)
    told = f"{away.lasting.ref}: home again from {written(change.on)}; {away.temporary.ref} has ended."
    accounts = lasting.case.account_ids | temporary.case.account_ids
    return ChangeSaved(away.lasting.id, account.id, told, Changes(passing.AREAS, accounts), not_written=wrote)


def _licence(ctx: Context, found: Standing, change: Decant) -> StartTenancy:
    refuse_ending(found)
    if wrong := day_faults(ctx, found, change.on, ahead=True):
        raise UserErrors(wrong)
    if decanted(ctx, found.tenancy) is not None:
        raise UserError("The tenants live elsewhere for a time already.", "Save their return first.", "on")
    if change.property_id == found.case.place.id:
        raise UserError("That is the home they have.", "Choose another.", "property")
    start = same_people(ctx, found, change.property_id, change.on, (), letter=False)
    return replace(
        start,
        tenure=Tenure.LICENCE,
        charges=(),
        trial_ends_on=None,
        term_ends_on=None,
        second_home="Decanted while the lasting home is repaired",
        ask_to_pay=False,
        succeeded=False,
        rent_elsewhere=True,
    )


def _away(ctx: Context, found: Standing, on: date) -> tuple[Away, Standing]:
    away = decanted(ctx, found.tenancy)
    if away is None:
        raise UserError(f"The tenants of {found.tenancy.ref} aren't decanted.", "Open the account of a decant.", "on")
    temporary = standing(ctx, away.temporary.id)
    if wrong := day_faults(ctx, temporary, on):
        raise UserErrors(wrong)
    return away, temporary


def _letter(ctx: Context, found: Standing, on: date, said: str, *, letter: bool) -> str:
    if not letter:
        return ""
    key = f"tenancy changed {found.tenancy.id} {found.tenancy.version}"
    return following.letter(ctx, found.case.account, on, said, key)
