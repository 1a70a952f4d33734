"""One collection skipped, moved, changed or added by an officer, who says why and where the rest goes."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import delete, select

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule, SchedulePart
from app.models.values import CollectionKind, CollectionState, Money, ScheduleState
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.versions import refuse_old
from app.services.direct_debits.schedules import days, keeping, leaving, rules, standing
from app.services.direct_debits.schedules.dto import AREAS, CollectionDone, OddRest, Share

_LONGEST: Final = 200
_CANT: Final = {
    CollectionState.IN_RUN: "It is in a run already.",
    CollectionState.POSTED: "It has been collected.",
    CollectionState.RETURNED: "It has been collected, and came back.",
    CollectionState.CLAIMED: "It has been collected, and the payer's bank took it back.",
    CollectionState.DROPPED: "A newer schedule took its place.",
    CollectionState.SKIPPED: "It is skipped already.",
}


def found(ctx: Context, collection_id: int, version: int) -> Collection:
    """A planned collection that the officer may change.

    Raises:
        UserError: there is none, it is no longer planned, the account isn't theirs to work on, or somebody changed it.
    """
    row = ctx.session.get(Collection, collection_id)
    if row is None:
        raise UserError(f"There is no collection {collection_id}.", "Look at the list again.")
    touch(ctx, row.mandate_id)
    if row.state is not CollectionState.PLANNED:
        hint = "Take it out of the run first: cancel the run, or wait." if row.state is CollectionState.IN_RUN else ""
        raise UserError(_CANT[row.state], hint or "Look at the mandate again.")
    refuse_old(row.version, version)
    return row


def touch(ctx: Context, mandate_id: int) -> tuple[int, ...]:
    """Refuse a mandate that pays an account which isn't the officer's to work on; the accounts, the main one first."""
    mandate = ctx.session.get(Mandate, mandate_id)
    if mandate is None:
        raise UserError(f"There is no mandate {mandate_id}.", "Look at the list again.")
    rows = select(MandateAccount.account_id).where(MandateAccount.mandate_id == mandate_id)
    paid = sorted(ctx.session.scalars(rows), key=lambda each: (each != mandate.account_id, each))
    accounts = tuple(paid) or (mandate.account_id,)
    access.touch(ctx, accounts)
    return accounts


def reason(ctx: Context, text: str) -> str:
    """Why, as it is kept.

    Raises:
        UserError: nothing is said, too much, or it holds a card number.
    """
    words = text.strip()
    if not words:
        raise UserError("Say in a few words why.", field="reason")
    if len(words) > _LONGEST:
        raise UserError(f"{len(words)} characters; {_LONGEST} is the most.", "Shorten it.", "reason")
    refuse_card_number(ctx, words, "reason", "reason")
    return words


def day(ctx: Context, mandate_id: int, on: date, kind: CollectionKind, but: int | None = None) -> date:
    """The working day of Bacs on which something is collected, for a day that an officer chose.

    Raises:
        UserError: notice can't be given in time, the bank isn't ready, something is collected that day already, or what is
            presented again would be more than a month after it went first.
    """
    limit = standing.limits(ctx)
    mandate = ctx.session.get_one(Mandate, mandate_id)
    notice = limit.notice_days
    if kind is CollectionKind.AGAIN:
        notice = ctx.policy.number("direct_debits.again_notice_days", limit.today)
    first = max(limit.bacs.add(limit.today, notice), limit.goes_from)
    if mandate.collect_from is not None:
        first = max(first, limit.bacs.on_or_after(mandate.collect_from))
    due = days.due_on(on, limit.bacs)
    closed = _closed(ctx, but, limit)
    if due < (first if closed != due else limit.goes_from):
        raise UserError(
            f"{_day(due)} is too soon: notice of {notice} working days can't be given any more.",
            f"The first day possible is {_day(first)}.",
            "on",
        )
    if kind is CollectionKind.AGAIN and but is not None:
        _refuse_past_month(ctx, but, due, limit.bacs)
    same = select(Collection.id).where(
        Collection.mandate_id == mandate_id,
        Collection.due_on == due,
        Collection.state.in_((CollectionState.PLANNED, CollectionState.IN_RUN)),
    )
    if any(each != but for each in ctx.session.scalars(same)):
        raise UserError(
            f"Something is collected on {_day(due)} already.", "Choose another day, or change that one.", "on"
        )
    return due


def _closed(ctx: Context, collection_id: int | None, limit: standing.Limits) -> date | None:
    """The day after the one of a collection that its payer was told of, where Bacs is closed on that; it needs no new notice."""
    row = ctx.session.get_one(Collection, collection_id) if collection_id is not None else None
    if row is None or limit.bacs.is_working(row.due_on) or not told_as_it_is(row):
        return None
    return limit.bacs.on_or_after(row.due_on)


def told_as_it_is(row: Collection) -> bool:
    """Whether the payer was told of a collection as it is."""
    return (row.noticed_due_on, row.noticed_pence) == (row.due_on, row.pence)


def _refuse_past_month(ctx: Context, collection_id: int, due: date, bacs: WorkingDays) -> None:
    """Refuse a day on which the bank would return what is presented again, as it first went more than a month before."""
    first = ctx.session.get_one(Collection, collection_id)
    while first.again_of is not None:
        first = ctx.session.get_one(Collection, first.again_of)
    last = days.last_again(bacs.add(first.due_on, -1), bacs)
    if due > last:
        raise UserError(
            f"{_day(due)} is too late: it is presented again within a month of {_day(first.due_on)}.",
            f"The last day possible is {_day(last)}. Skip it, and ask the payer for another payment.",
            "on",
        )


def amount(ctx: Context, wanted: Money) -> Money:
    """An amount that may be collected.

    Raises:
        UserError: it is nothing or less, or above the limit of the service.
    """
    if wanted.pence <= 0:
        raise UserError("A collection is more than nothing.", "Skip it, if nothing is to be collected.", "amount")
    most = ctx.policy.money("direct_debits.item_limit", ctx.clock.today())
    if wanted > most:
        raise UserError(
            f"{wanted} is above the limit of {most} for one collection.", "Spread it over several.", "amount"
        )
    return wanted


def shares(ctx: Context, collection_id: int, wanted: Money) -> None:
    """Share an amount as a collection is shared now."""
    old = list(ctx.session.scalars(select(CollectionShare).where(CollectionShare.collection_id == collection_id)))
    needs = [(each.account_id, each.pence) for each in old]
    ctx.session.execute(delete(CollectionShare).where(CollectionShare.collection_id == collection_id))
    keep(ctx, collection_id, rules.shared([wanted.pence], needs)[0])


def keep(ctx: Context, collection_id: int, parts: tuple[Share, ...]) -> None:
    """Write the shares of a collection."""
    for part in parts:
        row = CollectionShare(collection_id=collection_id, account_id=part.account_id, pence=part.amount.pence)
        ctx.session.add(row)
    ctx.session.flush()


def needs(ctx: Context, mandate_id: int, accounts: tuple[int, ...]) -> list[tuple[int, int]]:
    """What each account needs by the schedule in force; without one the main account takes all."""
    current = select(DebitSchedule.id).where(
        DebitSchedule.mandate_id == mandate_id, DebitSchedule.state == ScheduleState.CURRENT
    )
    found = dict.fromkeys(accounts, 0)
    rows = select(SchedulePart.account_id, SchedulePart.pence).where(SchedulePart.schedule_id.in_(current))
    for account_id, pence in ctx.session.execute(rows):
        found[account_id] = found.get(account_id, 0) + pence
    return list(found.items())


def settle(ctx: Context, row: Collection, rest: OddRest | None, was: leaving.Before, told: str) -> CollectionDone:
    """Spread what is collected less over the other collections, by a new version, or leave it for the end of the year.

    `was`: the collection before.
    """
    ctx.session.flush()
    stands = standing.read(ctx, (row.mandate_id,))[row.mandate_id]
    said = told
    if stands.terms is not None and rest is OddRest.SPREAD:
        made = ctx.session.get_one(DebitSchedule, keeping.remake(ctx, stands, stands.terms, told))
        said = f"{told} The others are worked out again: {made.count} of {Money(made.pence)}."
        if not made.count:
            said = f"{told} No other collection is left: the forecast is {Money(made.forecast_pence).dr_cr()}."
    elif stands.terms is not None and rest is OddRest.LEAVE:
        schedule = leaving.leave(ctx, stands, row, was)
        said = f"{told} The forecast for {_day(schedule.ends_on)} is {Money(schedule.forecast_pence).dr_cr()}."
    ctx.session.flush()
    accounts = touch(ctx, row.mandate_id)
    return CollectionDone(row.id, row.mandate_id, said, Changes(AREAS, frozenset(accounts)))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
