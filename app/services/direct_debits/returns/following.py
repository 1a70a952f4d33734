"""What follows from something that came back: it is presented again, the payer is written to, an officer gets a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.values import CollectionState, Money, NoticeKind, Subject
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, due_in, written
from app.services.direct_debits.mandates.rules import STOPPED
from app.services.direct_debits.notices import keeping as notices
from app.services.direct_debits.notices.payers import payers
from app.services.direct_debits.returns import rules
from app.services.direct_debits.returns.fields import of
from app.services.direct_debits.schedules import keeping as schedules
from app.services.letters import many
from app.services.letters.dto import NewLetter

TASK: Final = "debit_returned"
_DAYS: Final = 5
_MOST_WORDS: Final = 400


def again_on(ctx: Context, mandate: Mandate, collection: Collection, original_on: date | None, on: date) -> date | None:
    """The day on which a collection would be presented again; None where policy, the month or the mandate forbids it."""
    today = ctx.clock.today()
    number = ctx.policy.number
    if mandate.state in STOPPED or times_before(ctx, collection) >= number("direct_debits.again_times", today):
        return None
    bacs = bacs_days(ctx.policy, today)
    first = _first(ctx, collection)
    original = original_on if first is collection and original_on is not None else bacs.add(first.due_on, -1)
    notice = number("direct_debits.again_notice_days", today) + number("direct_debits.notice_post_days", today)
    return rules.again_on(bacs, original, on, today, number("direct_debits.again_days", today), notice)


def present_again(ctx: Context, collection: Collection, on: date) -> Collection:
    """Plan that the same amount is presented again; what is planned already stays as it is."""
    before = _again(ctx, collection)
    return before if before is not None else schedules.plan_again(ctx, collection, on)


def times_before(ctx: Context, collection: Collection) -> int:
    """How often what came back had been presented again before it did."""
    times = 0
    row: Collection | None = collection
    while row is not None and row.again_of is not None:
        times += 1
        row = ctx.session.get(Collection, row.again_of)
    return times


def drop_again(ctx: Context, collection: Collection) -> None:
    """Let the new presentation of a collection go that didn't come back after all.

    Raises:
        UserError: it is in a run, or was sent.
    """
    row = _again(ctx, collection)
    if row is None or row.state is CollectionState.DROPPED:
        return
    if row.state is not CollectionState.PLANNED:
        raise UserError(
            f"{Money(row.pence)} is on its way to be presented again on {written(row.due_on)}.",
            "Have that run cancelled first, or wait until it is paid or comes back.",
        )
    row.state = CollectionState.DROPPED


@dataclass(frozen=True, slots=True)
class ToTell:
    """A payer who is to be told: of which item, by which template, and of which new presentation, if there is one."""

    item: BankReportItem
    mandate: Mandate
    template: str
    again: Collection | None


def tell_all(ctx: Context, told: Sequence[ToTell]) -> None:
    """Queue the letters to payers, once what they tell is on the accounts; where one can't be written to, a task says so.

    What became of each is added to the outcome of its item. A letter that tells of a new presentation is its notice.
    """
    to = payers(ctx, list({each.mandate.id: each.mandate for each in told}.values()), by_email=False)
    for template in sorted({each.template for each in told}):
        some = [each for each in told if each.template == template]
        open_to = [each for each in some if not to[each.mandate.id].stops]
        made = many.make_many(ctx, template, [many.ForOne(_letter(each), to[each.mandate.id].to) for each in open_to])
        became = {each.item.id: row for each, row in zip(open_to, made, strict=True)}
        for each in some:
            _tell(ctx, each, became.get(each.item.id, to[each.mandate.id].stops))
    ctx.session.flush()


def _letter(each: ToTell) -> NewLetter:
    key = f"bank-report-item:{each.item.id}"
    return NewLetter(
        each.template, each.mandate.account_id, idempotency_key=key, fields=of(each.item, each.mandate, each.again)
    )


def _tell(ctx: Context, each: ToTell, became: Outgoing | str) -> None:
    item = each.item
    if isinstance(became, str):
        give_task(ctx, item, each.mandate, "Tell the payer of a returned Direct Debit by other means", became)
        item.outcome = f"{item.outcome} No letter: {became}"[:_MOST_WORDS]
        return
    item.outcome = f"{item.outcome} A letter is queued."[:_MOST_WORDS]
    if each.again is not None:
        notices.record(ctx, each.mandate.id, [each.again.id], NoticeKind.AGAIN, outgoing_id=became.id)


def give_task(ctx: Context, item: BankReportItem, mandate: Mandate, title: str, details: str) -> None:
    """A task about a mandate, for whoever applies the report."""
    amount = f" {Money(item.pence)}" if item.pence else ""
    add_task(
        ctx,
        NewTask(
            title=title[:200],
            due_on=due_in(ctx, _DAYS),
            details=f"Mandate {mandate.reference}:{amount} {item.words}. {details}".replace(":  ", ": "),
            subject=Subject.ACCOUNT,
            subject_id=mandate.account_id,
            kind=TASK,
            officer_id=ctx.officer.id,
        ),
    )


def _first(ctx: Context, collection: Collection) -> Collection:
    """What was presented first, of one that was presented again: the month counts from its processing day."""
    row = collection
    while row.again_of is not None and (earlier := ctx.session.get(Collection, row.again_of)) is not None:
        row = earlier
    return row


def _again(ctx: Context, collection: Collection) -> Collection | None:
    rows = select(Collection).where(Collection.again_of == collection.id, Collection.state != CollectionState.DROPPED)
    return ctx.session.scalars(rows.order_by(Collection.id.desc())).first()
