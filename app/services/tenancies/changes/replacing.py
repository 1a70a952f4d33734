"""Somebody else comes to hold the same home: by succession after a death, or by assignment (Housing Act 1985 s.86A to s.91)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.models.tenancies import GarageHome
from app.models.values import EndReason, TenancyChange
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.diary.keeping import checked_text, written
from app.services.rent.search import accounts_of_people, refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.changes import passing, rules, telling
from app.services.tenancies.changes.dto import Assign, ChangeSaved, Succeed
from app.services.tenancies.changes.joining import names_of, note_reason
from app.services.tenancies.changes.passing import Passing
from app.services.tenancies.changes.reading import Standing, day_faults, names, refuse_ending
from app.services.tenancies.starting.dto import NewTenant, StartTenancy
from app.services.tenancies.starting.facts import gather, homes_of

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 400


def tell_succession(ctx: Context, found: Standing, change: Succeed) -> Iterator[Effect]:
    """The effects of a succession."""
    plan, faults = _succession(ctx, found, change)
    heirs = " and ".join(names_of(ctx, change.heir))
    yield from _tell_faults(faults, change.excused)
    yield Effect("Succession", f"{rules.RELATIONS[change.relation]} succeeds", names(found.holders), heirs)
    yield Effect("Succession", "The one succession that the law allows is used")
    if found.holders and found.holders[0].person.died_on is None:
        yield Effect("Succession", "The death is recorded with the person", after=written(change.on))
    yield from telling.tell(ctx, plan)


def succeed(ctx: Context, found: Standing, change: Succeed) -> ChangeSaved:
    """End the tenancy with the day of the death, and start the successor's on the day after.

    Raises:
        UserError: there are other tenants, who hold it by survivorship; whoever it is has no right, and nobody says why they
            are let nonetheless; or the ending or start can't be.
    """
    plan, faults = _succession(ctx, found, change)
    excused = checked_text(ctx, change.excused, "reason", "excused", _LONGEST)
    _refuse(faults, excused)
    dead = found.holders[0].person
    if dead.died_on is None:
        dead.died_on = change.on
        ctx.session.flush()
        refresh_search(ctx, accounts_of_people(ctx, [dead.id]))
    return _saved(ctx, found, plan, "succession", excused or change.reason)


def tell_assignment(ctx: Context, found: Standing, change: Assign) -> Iterator[Effect]:
    """The effects of an assignment."""
    plan, faults = _assignment(ctx, found, change)
    to = " and ".join(names_of(ctx, change.to))
    yield from _tell_faults(faults, change.excused)
    yield Effect("Assignment", rules.GROUNDS[change.ground], names(found.holders), to)
    if plan.start.succeeded and not found.tenancy.succeeded:
        yield Effect("Assignment", "It counts as the one succession that the law allows", warns=True)
    yield from telling.tell(ctx, plan)


def assign(ctx: Context, found: Standing, change: Assign) -> ChangeSaved:
    """End the tenancy the day before, and start it anew for whoever it is assigned to.

    Raises:
        UserError: the law has no assignment of it, and nobody says why it is made nonetheless; or the ending or start can't be.
    """
    plan, faults = _assignment(ctx, found, change)
    excused = checked_text(ctx, change.excused, "reason", "excused", _LONGEST)
    _refuse(faults, excused)
    return _saved(ctx, found, plan, "assignment", excused or change.reason)


def _succession(ctx: Context, found: Standing, change: Succeed) -> tuple[Passing, list[UserError]]:
    refuse_ending(found)
    if wrong := day_faults(ctx, found, change.on):
        raise UserErrors(wrong)
    if len(found.holders) > 1:
        raise UserError(
            "Others hold it too: their tenancy goes on by survivorship, and nobody succeeds.",
            "Take the tenant who died out of it with 'To a sole tenant', or note the death as a life event.",
        )
    dead = found.holders[0].person
    if dead.died_on is not None and dead.died_on != change.on:
        text = f"The death is recorded on {written(dead.died_on)}."
        raise UserError(text, "Use that day, or put the day right with the person.", "on")
    tenancy = found.tenancy
    faults = rules.succession_faults(
        tenancy.tenure, tenancy.start_on, change.on, change.relation, change.lived_from, used=tenancy.succeeded
    )
    start = _start(ctx, found, change.on + _DAY, change.heir, change)
    plan = Passing(found, EndReason.SUCCESSION, change.on, start, TenancyChange.SUCCESSION, garages=change.garages)
    return plan, list(faults)


def _assignment(ctx: Context, found: Standing, change: Assign) -> tuple[Passing, list[UserError]]:
    refuse_ending(found)
    if wrong := day_faults(ctx, found, change.on):
        raise UserErrors(wrong)
    tenancy = found.tenancy
    faults = rules.assignment_faults(tenancy.tenure, change.ground, used=tenancy.succeeded)
    start = _start(ctx, found, change.on, change.to, change)
    plan = Passing(
        found, EndReason.ASSIGNMENT, change.on - _DAY, start, TenancyChange.ASSIGNMENT, garages=change.garages
    )
    return plan, list(faults)


def _start(
    ctx: Context, found: Standing, on: date, tenants: Sequence[NewTenant], change: Succeed | Assign
) -> StartTenancy:
    """The same home on the same terms, for other people."""
    tenancy, place = found.tenancy, found.case.place
    used = tenancy.succeeded
    counts = True if isinstance(change, Succeed) else rules.counts_as_succession(change.ground, used=used)
    home = _home_held(ctx, found, on, tenants)
    start = StartTenancy(
        property_id=place.id,
        tenure=tenancy.tenure,
        start_on=on,
        tenants=tuple(tenants),
        charges=passing.charges_on(ctx, found.case.account.id, on),
        payment_method=change.payment_method,
        trial_ends_on=tenancy.trial_ends_on,
        term_ends_on=tenancy.term_ends_on,
        welcome=change.letter,
        before_id=tenancy.id,
        succeeded=counts,
        home_id=home.home_id if home else None,
        near_home=home is not None and home.near,
    )
    elsewhere = gather(ctx, start, {tenancy.id: on - _DAY}).homes
    return replace(start, second_home=change.reason) if elsewhere else start


def _home_held(ctx: Context, found: Standing, on: date, tenants: Sequence[NewTenant]) -> GarageHome | None:
    """The home that a garage went with, where one of those who hold the garage from a day holds that too."""
    home = keeping.home_of_garage(ctx, found.tenancy.id)
    known = {each.person_id for each in tenants if each.person_id is not None}
    held = {let.tenancy_id for _, let in homes_of(ctx, known, on, owned=True)}
    return home if home is not None and home.home_id in held else None


def _tell_faults(faults: Sequence[UserError], excused: str) -> Iterator[Effect]:
    for each in faults:
        yield Effect("To put right" if not excused.strip() else "Let nonetheless", str(each), warns=True)
    if faults and not excused.strip():
        yield Effect("To put right", "Or say why it is let nonetheless", warns=True)


def _refuse(faults: Sequence[UserError], excused: str) -> None:
    if faults and not excused:
        first = faults[0]
        hint = "Say why it is let nonetheless; a person who has no right may still be given a tenancy."
        raise UserErrors([UserError(each.message, each.hint or hint, each.field or first.field) for each in faults])


def _saved(ctx: Context, found: Standing, plan: Passing, what: str, reason: str) -> ChangeSaved:
    started = passing.make(ctx, plan)
    note_reason(ctx, started.account_id, f"By {what}", reason)
    told = f"{found.tenancy.ref} goes on as {started.tenancy_ref}, account {started.reference}."
    return ChangeSaved(
        started.tenancy_id,
        started.account_id,
        told,
        passing.changes(found, started),
        started.journal,
        started.not_written,
    )
