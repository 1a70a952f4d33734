"""Schedules made, dropped, and what comes back planned again, for the commands of others; asks for no permission."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule
from app.models.values import CollectionKind, CollectionState, ScheduleState
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.ended import Turned, register_accounts
from app.services.direct_debits.mandates.ended import register as register_ended
from app.services.direct_debits.mandates.rules import COLLECTS, OVER
from app.services.direct_debits.schedules import asking, days, gathering, rules, standing, working, writing
from app.services.direct_debits.schedules.dto import BY_MONTH, Terms, Worked

_DAYS: Final = "direct_debits.collection_days"


def day_options(ctx: Context) -> tuple[int, ...]:
    """The days of the month on which something is collected, by policy."""
    words = ctx.policy.value(_DAYS, ctx.clock.today()).replace(",", " ").split()
    return tuple(sorted({int(word) for word in words if word.isdigit()}))


def make(ctx: Context, mandate: Mandate, terms: Terms, reason: str) -> DebitSchedule:
    """Make a mandate's schedule, or a new version of it: worked out now, to the end of the rent year.

    Where nothing is to be collected the version says so and plans nothing.

    Raises:
        UserError: the mandate collects nothing any more.
    """
    ctx.session.flush()
    found = standing.read(ctx, (mandate.id,))[mandate.id]
    if mandate.state in OVER:
        raise UserError(f"The mandate is {mandate.state}: nothing is collected by it.", "Set up a new one.")
    schedule_id = remake(ctx, found, terms, reason)
    return ctx.session.get_one(DebitSchedule, schedule_id)


def remake(ctx: Context, found: standing.Standing, terms: Terms, reason: str) -> int:
    """`make` for a mandate whose schedule was read; the id of the version that is collected by next.

    Where the schedule of the next rent year is made already, both years get a version.
    """
    basis = gathering.read(ctx, found.accounts)
    years = asking.work_again(basis, found, terms, standing.limits(ctx), anyway=True)
    ids = [
        writing.write(ctx, [writing.NewVersion(each.standing, each.worked, each.replaced, reason)])[found.mandate_id]
        for each in years
    ]
    return ids[0]


def work(ctx: Context, account_ids: Sequence[int], terms: Terms, collect_from: date | None = None) -> Worked:
    """What a mandate that is set up today for these accounts would collect; nothing is kept."""
    limit = standing.limits(ctx)
    basis = gathering.read(ctx, account_ids)
    first_due = limit.first_due(None)
    if collect_from is not None:
        first_due = limit.first_from(collect_from)
    asked = working.Question(tuple(account_ids), terms, first_due, limit.least, bacs=limit.bacs, mandate_id=working.NEW)
    return working.work(basis, asked)


def refuse_terms(ctx: Context, terms: Terms, was: Terms | None = None) -> None:
    """Refuse terms that the policy doesn't have; a loaded mandate keeps the day that it has.

    Raises:
        UserError: the day is none of the policy's, or at the weekend.
    """
    same = was is not None and (was.frequency in BY_MONTH, was.day) == (terms.frequency in BY_MONTH, terms.day)
    rules.refuse_terms(terms, (*day_options(ctx), *((terms.day,) if same else ())))


def drop(ctx: Context, mandate_id: int) -> int:
    """Drop what a mandate was to collect and end its schedule; how many collections were dropped.

    What is in a run goes on: whoever ends a mandate looks at it.
    """
    ctx.session.flush()
    planned = select(Collection).where(
        Collection.mandate_id == mandate_id, Collection.state.in_((CollectionState.PLANNED, CollectionState.SKIPPED))
    )
    rows = ctx.session.scalars(planned).all()
    for row in rows:
        row.state = CollectionState.DROPPED
    current = select(DebitSchedule).where(
        DebitSchedule.mandate_id == mandate_id, DebitSchedule.state == ScheduleState.CURRENT
    )
    for schedule in ctx.session.scalars(current):
        schedule.state = ScheduleState.ENDED
    ctx.session.flush()
    return len(rows)


def plan_again(ctx: Context, collection: Collection, planned_on: date) -> Collection:
    """Plan to present a collection again that came back: the same amount and shares, on a day or the working day after it."""
    again = Collection(
        mandate_id=collection.mandate_id,
        schedule_id=collection.schedule_id,
        kind=CollectionKind.AGAIN,
        state=CollectionState.PLANNED,
        planned_on=planned_on,
        due_on=days.due_on(planned_on, bacs_days(ctx.policy, ctx.clock.today())),
        pence=collection.pence,
        again_of=collection.id,
    )
    ctx.session.add(again)
    ctx.session.flush()
    shares = select(CollectionShare).where(CollectionShare.collection_id == collection.id)
    for share in ctx.session.scalars(shares).all():
        ctx.session.add(CollectionShare(collection_id=again.id, account_id=share.account_id, pence=share.pence))
    ctx.session.flush()
    return again


def follow(ctx: Context, turned: Sequence[Turned]) -> None:
    """What is done when mandates turn: one that is over collects nothing more, of a suspended one everything waits.

    One that goes on again is worked out anew, as it was collected last.
    """
    for each in turned:
        if each.now in OVER:
            drop(ctx, each.mandate_id)
        elif each.now in COLLECTS and each.was not in COLLECTS:
            _anew(ctx, each.mandate_id, "The mandate goes on again.")


def follow_accounts(ctx: Context, mandate_id: int) -> None:
    """A mandate that pays other accounts than before is worked out anew; one that stands still is when it goes on again."""
    if ctx.session.get_one(Mandate, mandate_id).state in COLLECTS:
        _anew(ctx, mandate_id, "It pays other accounts.")


def _anew(ctx: Context, mandate_id: int, why: str) -> None:
    ctx.session.flush()
    made = select(DebitSchedule).where(DebitSchedule.mandate_id == mandate_id).order_by(DebitSchedule.number)
    versions = ctx.session.scalars(made).all()
    if versions:
        last = versions[-1]
        same = [each for each in versions if (each.frequency, each.day) == (last.frequency, last.day)]
        stands = standing.read(ctx, (mandate_id,))[mandate_id]
        remake(ctx, stands, Terms(last.frequency, last.day, min(each.starts_on for each in same)), why)


def register() -> None:
    """Plug in what happens to the collections of a mandate that ends."""
    register_ended(follow)
    register_accounts(follow_accounts)
