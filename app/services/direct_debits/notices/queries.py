"""What officers and runs ask of notices: who needs one, whether one was enough, and what was given."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, DebitNotice
from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.values import CollectionKind, CollectionState, LeftOut
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.notices import planning, reading
from app.services.direct_debits.notices.dto import (
    CollectionNotice,
    Days,
    GiveNotice,
    ListedNotice,
    Needed,
    NoticeRehearsal,
    NoticeRow,
    NoticeWay,
    ScheduleShown,
    Standing,
)
from app.services.direct_debits.notices.rules import NoticeFacts, earliest_due, fits, last_day
from app.services.direct_debits.schedules import listing
from app.services.direct_debits.schedules import queries as schedules
from app.services.direct_debits.schedules.dto import CollectionRow, ListedCollection
from app.services.exports.statement.dto import short_date
from app.services.letters.dto import OUTGOING_STATES, Channel, OutgoingState


def days(ctx: Context) -> Days:
    """The working days of notice that the policy asks for today."""
    return reading.days(ctx)


def needed(ctx: Context, mandate_ids: Many[int] | None = None) -> tuple[Needed, ...]:
    """The mandates whose payers must be told something, by the last day for it; restricted ones without a name."""
    return reading.needed(ctx, mandate_ids)


def rehearse(ctx: Context, new: GiveNotice) -> NoticeRehearsal:
    """What giving notice would do today: how many letters and e-mails, whom they can't reach, and what it is too late for."""
    return planning.plan(ctx, new).rehearsal()


def unfit(ctx: Context, collection_ids: Sequence[int]) -> dict[int, LeftOut]:
    """Which of some collections may not go for want of notice, and why; set-based, for a run of many thousands."""
    policy = reading.days(ctx)
    found = {}
    for id_, facts in reading.facts(ctx, collection_ids).items():
        why = fits(facts, policy.notice, policy.bacs)
        if why is not None:
            found[id_] = why
    return found


def schedule_of(ctx: Context, mandate_id: int) -> ScheduleShown:
    """The schedule of a mandate with the sum that its instalment comes of, and how each collection to come is noticed.

    Raises:
        UserError: as `of_mandate`.
    """
    found = schedules.of_mandate(ctx, mandate_id)
    explained = schedules.explain(ctx, found.schedule.schedule_id) if found.schedule is not None else None
    known = reading.facts(ctx, [each.collection_id for each in found.collections])
    policy, today = reading.days(ctx), ctx.clock.today()
    notices = {
        each.collection_id: _stands(each, known[each.collection_id], policy, today) for each in found.collections
    }
    return ScheduleShown(found, explained, notices, today)


def listed(ctx: Context, collection_ids: Sequence[int]) -> tuple[ListedNotice, ...]:
    """Some collections as the office lists them, each with how it stands with its notice."""
    known, policy, today = reading.facts(ctx, collection_ids), reading.days(ctx), ctx.clock.today()
    found = []
    for row in listing.rows(ctx, collection_ids):
        facts = known[row.collection_id]
        promised = policy.again if row.kind is CollectionKind.AGAIN else policy.notice
        found.append(ListedNotice(row, _standing(row, facts, promised, policy, today), facts.noticed_on))
    return tuple(found)


def _stands(row: CollectionRow, facts: NoticeFacts, policy: Days, today: date) -> CollectionNotice:
    promised = policy.again if row.kind is CollectionKind.AGAIN else policy.notice
    return CollectionNotice(
        _standing(row, facts, promised, policy, today),
        facts.noticed_on,
        last_day(facts.due_on, promised, policy.post, policy.bacs),
        last_day(facts.due_on, promised, 0, policy.bacs),
        earliest_due(today, promised, policy.post, policy.bacs),
    )


def _standing(
    row: CollectionRow | ListedCollection, facts: NoticeFacts, promised: int, policy: Days, today: date
) -> Standing:
    if row.state is not CollectionState.PLANNED or row.due_on <= today or not facts.pence:
        return Standing.NONE
    if facts.noticed_on is not None and (facts.waits or facts.lost):
        return Standing.WAITS if facts.waits else Standing.LOST
    return _BY_REASON[fits(facts, promised, policy.bacs)]


_BY_REASON: Final = {
    None: Standing.TOLD,
    LeftOut.NO_NOTICE: Standing.UNTOLD,
    LeftOut.CHANGED_SINCE_NOTICE: Standing.CHANGED,
    LeftOut.NOTICE_TOO_SHORT: Standing.SHORT,
}


def of_mandate(ctx: Context, mandate_id: int) -> tuple[NoticeRow, ...]:
    """The notices of a mandate, the newest first, and what became of each.

    Raises:
        UserError: there is no such mandate, or it is a restricted record that isn't the officer's to open.
    """
    mandate = ctx.session.get(Mandate, mandate_id)
    if mandate is None:
        raise UserError("There is no such mandate.", "Look at the list again.")
    access.open_account(ctx, mandate.account_id)
    told = select(func.count()).where(Collection.notice_id == DebitNotice.id).correlate(DebitNotice).scalar_subquery()
    statement = reading.with_outgoing(
        select(
            DebitNotice,
            Officer.name,
            told,
            reading.became,
            func.coalesce(reading.Instead.channel, Outgoing.channel),
            Outgoing.return_reason,
        )
        .join(Officer, Officer.id == DebitNotice.made_by)
        .where(DebitNotice.mandate_id == mandate_id)
    ).order_by(DebitNotice.id.desc())
    return tuple(_row(*row) for row in ctx.session.execute(statement))


_CHANNELS: Final = {Channel.LETTER: NoticeWay.POST, Channel.EMAIL: NoticeWay.EMAIL}


def _row(
    notice: DebitNotice, officer: str, count: int, state: str | None, channel: str | None, reason: str | None
) -> NoticeRow:
    way = NoticeWay.TELEPHONE if channel is None else _CHANNELS[Channel(channel)]
    said = OUTGOING_STATES[OutgoingState(state)] if state is not None else "Said"
    if state == OutgoingState.RETURNED and reason:
        said = f"{said}: {reason}"
    if notice.taken_back_on is not None:
        said = f"Taken back on {short_date(notice.taken_back_on)}"
    return NoticeRow(
        notice.id,
        notice.kind,
        way,
        notice.given_on,
        notice.first_due_on,
        count,
        notice.days,
        officer,
        notice.made_at,
        notice.words,
        said,
        notice.taken_back_on is None and state not in reading.LOST,
        notice.outgoing_id,
    )
