"""Changing when and how much is collected: one collection by hand, other terms, or instalments worked out again."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.direct_debits.schedules import Collection, DebitSchedule
from app.models.values import CollectionKind, CollectionState, Money
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.schedules import by_hand, keeping, leaving, recalculating, rules, standing
from app.services.direct_debits.schedules.dto import (
    AREAS,
    AddCollection,
    ChangeCollection,
    ChangeTerms,
    CollectionDone,
    MoveCollection,
    Recalculated,
    Rescheduled,
    Share,
    SkipCollection,
    Terms,
)


@requires(Permission.KEEP_DIRECT_DEBITS)
def skip(ctx: Context, wanted: SkipCollection) -> CollectionDone:
    """Collect nothing on a day.

    Raises:
        UserError: it is in a run or gone, no reason is given, or the account isn't the officer's to work on.
    """
    row = by_hand.found(ctx, wanted.collection_id, wanted.version)
    was = leaving.before(ctx, row)
    row.by_hand = by_hand.reason(ctx, wanted.reason)
    row.state = CollectionState.SKIPPED
    told = f"Nothing is collected on {_day(row)}."
    return by_hand.settle(ctx, row, wanted.rest, was, told)


@requires(Permission.KEEP_DIRECT_DEBITS)
def move(ctx: Context, wanted: MoveCollection) -> CollectionDone:
    """Collect on another day, or on the working day of Bacs after it.

    Of a day that Bacs is closed for after all the payer was told: the next working day needs no notice of its own.

    Raises:
        UserError: as `skip`, or the day is too soon for notice, or taken.
    """
    row = by_hand.found(ctx, wanted.collection_id, wanted.version)
    row.by_hand = by_hand.reason(ctx, wanted.reason)
    was, told, bacs = _day(row), by_hand.told_as_it_is(row), standing.limits(ctx).bacs
    next_on = None if bacs.is_working(row.due_on) else bacs.on_or_after(row.due_on)
    row.due_on = by_hand.day(ctx, row.mandate_id, wanted.on, row.kind, row.id)
    if told and row.due_on == next_on:
        row.noticed_due_on = next_on
    return by_hand.settle(
        ctx, row, None, leaving.Before(), f"{Money(row.pence)} is collected on {_day(row)}, not on {was}."
    )


@requires(Permission.KEEP_DIRECT_DEBITS)
def change(ctx: Context, wanted: ChangeCollection) -> CollectionDone:
    """Collect another amount on a day.

    Raises:
        UserError: as `skip`, or the amount is nothing, above the limit, that of one presented again, or notice of it can't
            be given in time.
    """
    row = by_hand.found(ctx, wanted.collection_id, wanted.version)
    if row.kind is CollectionKind.AGAIN:
        raise UserError("What is presented again is the amount that came back.", "Skip it, or move it.", "amount")
    by_hand.day(ctx, row.mandate_id, row.due_on, row.kind, row.id)
    before = leaving.before(ctx, row)
    row.by_hand = by_hand.reason(ctx, wanted.reason)
    was, now = Money(row.pence), by_hand.amount(ctx, wanted.amount)
    row.pence = now.pence
    by_hand.shares(ctx, row.id, now)
    return by_hand.settle(ctx, row, wanted.rest, before, f"{now} is collected on {_day(row)}, not {was}.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def add(ctx: Context, wanted: AddCollection) -> CollectionDone:
    """Collect something beside the schedule.

    Raises:
        UserError: the mandate collects nothing, it doesn't pay the account, or as `move` and `change`.
    """
    accounts = by_hand.touch(ctx, wanted.mandate_id)
    stands = standing.read(ctx, (wanted.mandate_id,))[wanted.mandate_id]
    if stands.state not in COLLECTS:
        raise UserError(f"The mandate is {stands.state}: nothing is collected by it.", "Look at the mandate.")
    if wanted.account_id is not None and wanted.account_id not in accounts:
        raise UserError("The mandate doesn't pay that account.", "Choose one that it pays.", "account_id")
    words, pounds = by_hand.reason(ctx, wanted.reason), by_hand.amount(ctx, wanted.amount)
    row = Collection(
        mandate_id=wanted.mandate_id,
        schedule_id=stands.schedule.schedule_id if stands.schedule else None,
        kind=CollectionKind.ADDED,
        state=CollectionState.PLANNED,
        planned_on=wanted.on,
        due_on=by_hand.day(ctx, wanted.mandate_id, wanted.on, CollectionKind.ADDED),
        pence=pounds.pence,
        by_hand=words,
    )
    ctx.session.add(row)
    ctx.session.flush()
    if wanted.account_id is not None:
        by_hand.keep(ctx, row.id, (Share(wanted.account_id, pounds),))
    else:
        by_hand.keep(ctx, row.id, rules.shared([pounds.pence], by_hand.needs(ctx, wanted.mandate_id, accounts))[0])
    return by_hand.settle(ctx, row, wanted.rest, leaving.Before(), f"{pounds} is collected on {_day(row)}.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def change_terms(ctx: Context, wanted: ChangeTerms) -> Rescheduled:
    """Collect on another day or as often as is asked now; what the payer was told of and can't be told anew in time stays.

    Raises:
        UserError: the day won't do, no reason is given, the mandate collects nothing, or the account isn't theirs to work on.
    """
    words = by_hand.reason(ctx, wanted.reason)
    accounts = by_hand.touch(ctx, wanted.mandate_id)
    stands = _collecting(ctx, wanted.mandate_id)
    keeping.refuse_terms(ctx, wanted.terms, stands.terms)
    return _rescheduled(ctx, stands, wanted.terms, words, accounts)


@requires(Permission.KEEP_DIRECT_DEBITS)
def recalculate(ctx: Context, mandate_id: int, reason: str) -> Rescheduled:
    """Work a mandate's instalment out again: a new version, whether or not it comes to another amount.

    Raises:
        UserError: as `change_terms`, or it has no schedule yet.
    """
    words = by_hand.reason(ctx, reason)
    accounts = by_hand.touch(ctx, mandate_id)
    stands = _collecting(ctx, mandate_id)
    if stands.terms is None:
        raise UserError("The mandate has no schedule yet.", "Say first how often and on which day it collects.")
    return _rescheduled(ctx, stands, stands.terms, words, accounts)


@requires(Permission.KEEP_DIRECT_DEBITS)
def recalculate_all(ctx: Context, mandate_ids: Sequence[int], *, next_year: bool = False) -> Recalculated:
    """Write new versions of these mandates whose instalment moves, all of them or none.

    Mandates that pay an account which the officer declared, or may not open, are left out.
    """
    count, left, touched = recalculating.carry_out(ctx, mandate_ids, next_year=next_year)
    told = f"{count:,} schedule{'' if count == 1 else 's'} recalculated."
    if left:
        told += f" {left:,} left for a colleague."
    return Recalculated(count, left, told, Changes(AREAS, frozenset(touched)))


def _collecting(ctx: Context, mandate_id: int) -> standing.Standing:
    stands = standing.read(ctx, (mandate_id,))[mandate_id]
    if stands.state not in COLLECTS:
        raise UserError(f"The mandate is {stands.state}: nothing is collected by it.", "Look at the mandate.")
    return stands


def _rescheduled(
    ctx: Context, stands: standing.Standing, terms: Terms, reason: str, accounts: tuple[int, ...]
) -> Rescheduled:
    made = ctx.session.get_one(DebitSchedule, keeping.remake(ctx, stands, terms, reason))
    if made.count:
        told = f"Version {made.number}: {made.count} of {Money(made.pence)}, the first {Money(made.first_pence)}."
    else:
        told = f"Version {made.number}: nothing is collected until {made.ends_on.day} {made.ends_on:%b %Y}."
    return Rescheduled(made.id, stands.mandate_id, told, Changes(AREAS, frozenset(accounts)))


def _day(row: Collection) -> str:
    return f"{row.due_on.day} {row.due_on:%b %Y}"
