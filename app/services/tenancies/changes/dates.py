"""A first or last day that was recorded wrong: the charges, the void and the former tenant's account are put right with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.endings import VoidPeriod
from app.models.tenancies import Tenancy
from app.models.values import ZERO, EndingState, Money, PropertyType, TenancyChange, VoidReason
from app.services.charges import differences, facts
from app.services.charges.differences import AsIf
from app.services.charges.dto import Element, Span
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.diary.keeping import written
from app.services.rent.search import refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.changes import following
from app.services.tenancies.changes.dto import ChangeSaved, CorrectEnd, CorrectStart
from app.services.tenancies.changes.joining import note_reason
from app.services.tenancies.changes.reading import Standing, take_turn
from app.services.tenancies.endings import finishing, noting, policies
from app.services.tenancies.endings.deciding import faults_in_end
from app.services.tenancies.starting.facts import lets_of
from app.services.tenancies.starting.rules import months_on
from app.services.tenancies.voids.keeping import let_again, open_void

AREAS: Final = frozenset({"rent", "charges", "ledger", "diary", "tenancies"})
_DAY: Final = timedelta(days=1)


# The first day


def tell_start(ctx: Context, found: Standing, change: CorrectStart) -> Iterator[Effect]:
    """The effects of another first day."""
    _refuse_start(ctx, found, change.on)
    tenancy = found.tenancy
    yield Effect("Tenancy", "First day", written(tenancy.start_on), f"{change.on:%A} {written(change.on)}")
    if (trial := _trial(ctx, tenancy, change.on)) is not None and tenancy.trial_ends_on is not None:
        yield Effect("Tenancy", "The trial ends", written(tenancy.trial_ends_on), written(trial))
    charges = "Charges that began on the first day begin on the new one"
    yield Effect("Charges", charges, written(tenancy.start_on), written(change.on))
    as_if = AsIf(
        tenancies={tenancy.id: Span(change.on, tenancy.end_on)},
        elements=_elements(ctx, found, change.on),
    )
    yield from _tell_sums(ctx, found, min(tenancy.start_on, change.on), as_if)
    yield from following.tell_benefit(ctx, found)


def correct_start(ctx: Context, found: Standing, change: CorrectStart) -> ChangeSaved:
    """Put the first day right: charges, tenants, the void before it, the weeks that were charged, and what was carried over.

    Raises:
        UserErrors: the day can't be.
    """
    _refuse_start(ctx, found, change.on)
    tenancy, before = found.tenancy, found.tenancy.start_on
    take_turn(ctx, tenancy)
    tenancy.trial_ends_on = _trial(ctx, tenancy, change.on) or tenancy.trial_ends_on
    tenancy.start_on = change.on
    _move_charges(ctx, found, before, change.on)
    for account in found.case.accounts:
        if account.opened_on == before:
            account.opened_on = change.on
    for place in found.places:
        if place.tenant.from_on is not None and place.tenant.from_on <= change.on:
            place.tenant.from_on = None
    _void_before(ctx, found, before, change.on)
    why = f"First day of {tenancy.ref} put right"
    posted = following.post(ctx, found, min(before, change.on), why, "start")
    words = f"The first day was {written(before)} and is {written(change.on)}."
    return _done(ctx, found, change, TenancyChange.START_CORRECTED, words, posted.journal if posted else None)


# The last day


def tell_end(ctx: Context, found: Standing, change: CorrectEnd) -> Iterator[Effect]:
    """The effects of another last day."""
    before = _refuse_end(ctx, found, change.on)
    tenancy = found.tenancy
    yield Effect("Tenancy", "Last day", written(before), f"{change.on:%A} {written(change.on)}")
    as_if = AsIf(tenancies={tenancy.id: Span(tenancy.start_on, change.on)})
    yield from _tell_sums(ctx, found, min(before, change.on) + _DAY, as_if)
    ending = found.case.ending
    if ending is not None and ending.former_account_id is not None:
        former = ctx.session.get_one(Account, ending.former_account_id)
        own = differences.differences(ctx, sorted(found.case.account_ids), min(before, change.on) + _DAY, as_if=as_if)
        was = Money(former.balance_pence)
        will = was + differences.difference_of(own)
        yield Effect("Money", f"The former tenant's account {former.payment_reference}", was.dr_cr(), will.dr_cr())
    if found.case.place.type in {PropertyType.DWELLING, PropertyType.GARAGE}:
        yield Effect("Void", "Empty from", written(before + _DAY), written(change.on + _DAY))
    yield from following.tell_benefit(ctx, found)


def correct_end(ctx: Context, found: Standing, change: CorrectEnd) -> ChangeSaved:
    """Put the last day right: the ending, the void after it, the weeks that were charged, and what was carried over.

    Raises:
        UserError: it hasn't ended, the day can't be, or a week up to it hasn't been charged yet.
    """
    before = _refuse_end(ctx, found, change.on)
    tenancy, ending = found.tenancy, found.case.ending
    take_turn(ctx, tenancy)
    tenancy.end_on = change.on
    why = f"Last day of {tenancy.ref} put right"
    if ending is not None:
        ending.notice_ends_on, ending.ends_on = min(ending.notice_ends_on, change.on), change.on
        ctx.session.flush()
        finishing.refuse_uncharged(ctx, ending)
        posted = noting.put_right(ctx, found.case, ending, before, why)
    else:
        posted = following.post(ctx, found, min(before, change.on) + _DAY, why, "end")
    _void_after(ctx, found, before, change.on)
    words = f"The last day was {written(before)} and is {written(change.on)}."
    return _done(ctx, found, change, TenancyChange.END_CORRECTED, words, posted.journal if posted else None)


def _refuse_start(ctx: Context, found: Standing, on: date) -> None:
    """Refuse a first day that can't be.

    Raises:
        UserErrors: it is the one that is recorded, is too far off, comes after the end or after somebody left, or somebody
            else held the property then.
    """
    today, tenancy = ctx.clock.today(), found.tenancy
    back, ahead = policies.reach(ctx, today)
    faults = []
    if on == tenancy.start_on:
        faults.append(UserError("That is the first day already.", field="on"))
    elif not today - timedelta(days=back) <= on <= today + timedelta(days=ahead):
        faults.append(UserError(f"{written(on)} is too far off for a first day.", "Check the year.", "on"))
    if tenancy.end_on is not None and on > tenancy.end_on:
        text = f"The tenancy ended on {written(tenancy.end_on)}."
        faults.append(
            UserError(text, "A tenancy that was never taken up is ended by its ending, reversed or not.", "on")
        )
    for place in found.places:
        if place.tenant.to_on is not None and place.tenant.to_on < on:
            text = f"{place.name} held it until {written(place.tenant.to_on)}."
            faults.append(UserError(text, "Choose a day before that.", "on"))
    for let in lets_of(ctx, tenancy.property_id):
        earlier = let.tenancy_id != tenancy.id and let.first < tenancy.start_on
        if earlier and (let.last is None or let.last >= on):
            until = f"until {written(let.last)}" if let.last else "and has not ended"
            text = f"The property was let by {let.reference} {until}."
            faults.append(UserError(text, "Choose a later day, or correct that tenancy's last day first.", "on"))
    if faults:
        raise UserErrors(faults)


def _refuse_end(ctx: Context, found: Standing, on: date) -> date:
    """Refuse a last day that can't be; returns the one that is recorded.

    Raises:
        UserError: the tenancy hasn't ended, or the day can't be its last.
    """
    tenancy, ending = found.tenancy, found.case.ending
    if tenancy.end_on is None:
        raise UserError(f"The tenancy {tenancy.ref} hasn't ended.", "End it: Ctrl+Shift+E.")
    if ending is not None and ending.state is EndingState.NOTICE:
        raise UserError(
            f"Notice is given for {tenancy.ref}, and the ending isn't finished.",
            "Change its day there: Ctrl+Shift+E.",
        )
    faults = [UserError(each.message, each.hint, "on") for each in faults_in_end(ctx, found.case, on)]
    if on == tenancy.end_on:
        faults.append(UserError("That is the last day already.", field="on"))
    if faults:
        raise UserErrors(faults)
    return tenancy.end_on


def _tell_sums(ctx: Context, found: Standing, first: date, as_if: AsIf) -> Iterator[Effect]:
    """What weeks that were charged come to, on the accounts, of the void, and of garages' VAT."""
    own = differences.differences(ctx, sorted(found.case.account_ids), first, as_if=as_if)
    total = differences.difference_of(own)
    if own:
        weeks = len({each.week for each in own})
        many = "1 week" if weeks == 1 else f"{weeks} weeks"
        what = "is credited" if total.pence < 0 else "is charged"
        yield Effect("Charges", f"{many} put right: the account {what}", after=total.dr_cr(), warns=True)
    else:
        yield Effect("Charges", "No week that was charged is put right")
    void = differences.difference_of(differences.void_differences(ctx, {found.case.place.id}, first, as_if=as_if))
    if void:
        yield Effect("Charges", "Void loss of those weeks", after=void.dr_cr())
    yield from following.vat_effects(ctx, found, first, as_if)
    if total != ZERO and found.tenancy.end_on is None:
        was = following.owed(found)
        yield Effect("Money", "Balance of the account", was.dr_cr(), (was + total).dr_cr())


def _elements(ctx: Context, found: Standing, on: date) -> Mapping[int, tuple[Element, ...]]:
    """The charges of the accounts as they will be."""
    before = found.tenancy.start_on
    return {
        account_id: tuple(moved(elements, before, on))
        for account_id, elements in facts.elements_of(ctx, sorted(found.case.account_ids)).items()
    }


def moved(elements: Sequence[Element], before: date, on: date) -> Iterator[Element]:
    """Charges as they are once a tenancy begins on another day: what began with it does, and nothing is charged before it."""
    for each in elements:
        if each.span.last is not None and each.span.last < on:
            continue
        starts = on if each.span.first == before else max(each.span.first, on)
        yield replace(each, span=Span(starts, each.span.last))


def _move_charges(ctx: Context, found: Standing, before: date, on: date) -> None:
    """The same in the tables: nothing is charged before the first day, and what began with it begins with it."""
    wanted = select(Charge).where(Charge.account_id.in_(sorted(found.case.account_ids)))
    for row in ctx.session.scalars(wanted).all():
        if row.to_on is not None and row.to_on < on:
            ctx.session.delete(row)
        elif row.from_on == before or row.from_on < on:
            row.from_on = on
    ctx.session.flush()


def _trial(ctx: Context, tenancy: Tenancy, on: date) -> date | None:
    """The last day of a trial that goes with the first day; None where it has none, or another than the policy gives."""
    if tenancy.trial_ends_on is None:
        return None
    months = ctx.policy.number("lettings.trial_months", tenancy.start_on)
    if tenancy.trial_ends_on != months_on(tenancy.start_on, months):
        return None
    return months_on(on, ctx.policy.number("lettings.trial_months", on))


def _void_before(ctx: Context, found: Standing, before: date, on: date) -> None:
    """The void before the tenancy lasts to the day before it."""
    place = found.case.place
    if on < before:
        let_again(ctx, place.id, on)
        return
    standing = select(VoidPeriod).where(VoidPeriod.property_id == place.id, VoidPeriod.to_on == before - _DAY)
    period = ctx.session.scalars(standing).first()
    if period is not None:
        period.to_on = on - _DAY
    elif any(each.last == before - _DAY for each in lets_of(ctx, place.id)):
        open_void(ctx, place.id, before, VoidReason.TO_LET)
        let_again(ctx, place.id, on)


def _void_after(ctx: Context, found: Standing, before: date, on: date) -> None:
    """The void after the tenancy begins on the day after it."""
    place = found.case.place
    after = select(VoidPeriod).where(VoidPeriod.property_id == place.id, VoidPeriod.from_on == before + _DAY)
    period = ctx.session.scalars(after).first()
    if period is None:
        return
    if period.to_on is not None and period.to_on <= on:
        ctx.session.delete(period)
    else:
        period.from_on = on + _DAY
    ctx.session.flush()


def _done(
    ctx: Context,
    found: Standing,
    change: CorrectStart | CorrectEnd,
    kind: TenancyChange,
    words: str,
    journal: int | None,
) -> ChangeSaved:
    account = found.case.account
    keeping.record(ctx, found.tenancy.id, kind, change.on, words, journal=journal)
    note_reason(ctx, account.id, words.rstrip("."), change.reason)
    following.report(ctx, found, words, change.on)
    refresh_search(ctx, found.case.account_ids)
    changes = Changes(AREAS, found.case.account_ids)
    return ChangeSaved(found.tenancy.id, account.id, f"{found.tenancy.ref}: {words}", changes, journal)
