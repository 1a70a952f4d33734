"""Which collections need notice, read in a few statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Many
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Unicode, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, DebitNotice, DebitSchedule
from app.models.letters import Outgoing
from app.models.values import CollectionKind, CollectionState, Money, NoticeKind
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.notices.dto import Days, Needed
from app.services.direct_debits.notices.rules import NoticeFacts, counts_from, last_day
from app.services.letters.dto import Channel, OutgoingState

WAITS: Final = frozenset({OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.SENDING})
"""A letter or e-mail that hasn't gone yet."""
LOST: Final = frozenset({OutgoingState.FAILED, OutgoingState.RETURNED, OutgoingState.CANCELLED})
"""One that never arrived."""
_LOST: Final = sorted(each.value for each in LOST)

_DAYS: Final = ("notice_days", "again_notice_days", "notice_post_days")

Instead = aliased(Outgoing, name="instead")
"""The letter that was printed instead of an e-mail which couldn't be sent."""
became: Final = func.coalesce(Instead.state, Outgoing.state)
"""The state of the letter or e-mail that told of a collection; None where it was said on the telephone."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """A collection that a payer is to be told of; `version` is that of its row."""

    collection_id: int
    mandate_id: int
    kind: CollectionKind
    schedule_id: int | None
    due_on: date
    pence: int
    noticed_pence: int | None
    version: int


@dataclass(frozen=True, slots=True)
class _Group:
    """The collections of one kind of a mandate that need notice."""

    mandate_id: int
    again: bool
    count: int
    pence: int
    first: date
    last: date
    changed: int
    back: bool
    ends_on: date | None


def days(ctx: Context) -> Days:
    """The working days of notice that the policy asks for today."""
    today = ctx.clock.today()
    notice, again, post = (ctx.policy.number(f"direct_debits.{key}", today) for key in _DAYS)
    return Days(notice, again, post, bacs_days(ctx.policy, today))


def with_letters(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement of collections with their notices, and the letters or e-mails of those, joined."""
    return with_outgoing(statement.outerjoin(DebitNotice, DebitNotice.id == Collection.notice_id))


def with_outgoing(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement of notices with their letters or e-mails, and those that were printed instead, joined."""
    key = literal("instead of ", Unicode(20)) + cast(Outgoing.id, Unicode(20))
    return statement.outerjoin(Outgoing, Outgoing.id == DebitNotice.outgoing_id).outerjoin(
        Instead, Instead.idempotency_key == key
    )


def needs() -> ColumnElement[bool]:
    """The condition on a collection `with_letters`: nobody told of it as it is, or what told of it never arrived."""
    return or_(
        Collection.noticed_on.is_(None),
        Collection.noticed_due_on != Collection.due_on,
        Collection.noticed_pence != Collection.pence,
        became.in_(_LOST),
    )


def coming(today: date) -> ColumnElement[bool]:
    """The condition on collections, joined with their mandates, that are still to come."""
    return and_(
        Collection.state == CollectionState.PLANNED,
        Collection.due_on > today,
        Collection.pence > 0,
        Mandate.state.in_(COLLECTS),
    )


def of_them(
    statement: Select[*tuple[Any, ...]], column: Any, ids: Many[int] | None
) -> Iterator[Select[*tuple[Any, ...]]]:
    """A statement for some ids, in as many as they need; for all of them, one."""
    if ids is None:
        yield statement
        return
    for chunk in in_chunks(sorted(set(ids))):
        yield statement.where(column.in_(chunk))


def needed(ctx: Context, mandate_ids: Many[int] | None = None) -> tuple[Needed, ...]:
    """The mandates whose payers must be told something, by the last day for it; restricted ones without a name."""
    found = _groups(ctx, mandate_ids)
    mandates = _mandates(ctx, None if mandate_ids is None else {each.mandate_id for each in found})
    told = _told_until(ctx, mandate_ids)
    hidden, policy = access.restricted_accounts(ctx), days(ctx)
    rows = []
    for each in found:
        account_id, reference, payer = mandates[each.mandate_id]
        kind = _kind(each, told)
        notice = policy.of(kind)
        rows.append(
            Needed(
                each.mandate_id,
                account_id,
                reference,
                access.RESTRICTED_NAME if account_id in hidden else payer,
                kind,
                each.count,
                Money(each.pence),
                each.first,
                each.last,
                each.changed,
                last_day(each.first, notice, policy.post, policy.bacs),
                last_day(each.first, notice, 0, policy.bacs),
                each.back,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.email_by, row.payer.casefold(), row.mandate_id)))


def collections(ctx: Context, mandate_ids: Sequence[int]) -> dict[tuple[int, bool], list[ToTell]]:
    """The collections that need notice, by mandate and whether they are collected again, in their order."""
    statement = with_letters(
        select(
            Collection.id,
            Collection.mandate_id,
            Collection.kind,
            Collection.schedule_id,
            Collection.due_on,
            Collection.pence,
            Collection.noticed_pence,
            Collection.version,
        )
        .join(Mandate, Mandate.id == Collection.mandate_id)
        .where(coming(ctx.clock.today()), needs())
    ).order_by(Collection.due_on, Collection.id)
    found: defaultdict[tuple[int, bool], list[ToTell]] = defaultdict(list)
    for each in of_them(statement, Collection.mandate_id, mandate_ids):
        for row in ctx.session.execute(each):
            one = ToTell(*row)
            found[one.mandate_id, one.kind is CollectionKind.AGAIN].append(one)
    return dict(found)


def facts(ctx: Context, collection_ids: Sequence[int]) -> dict[int, NoticeFacts]:
    """What notice was given of some collections: of a letter that was printed late, the day on which it really went."""
    policy = days(ctx)
    statement = with_letters(
        select(
            Collection.id,
            Collection.due_on,
            Collection.pence,
            Collection.noticed_on,
            Collection.noticed_due_on,
            Collection.noticed_pence,
            DebitNotice.days,
            became,
            func.coalesce(Instead.channel, Outgoing.channel),
            func.coalesce(Instead.printed_at, Outgoing.printed_at, Outgoing.sent_at),
        )
    )
    found = {}
    for each in of_them(statement, Collection.id, collection_ids):
        for row in ctx.session.execute(each):
            found[row[0]] = _facts(row, policy)
    return found


def _facts(row: Row[*tuple[Any, ...]], policy: Days) -> NoticeFacts:
    _, due_on, pence, noticed_on, noticed_due_on, noticed_pence, promised, state, channel, gone = row
    counted = noticed_on
    if gone is not None and noticed_on is not None:
        went = gone.astimezone().date()
        counted = max(noticed_on, counts_from(went, policy.post if channel == Channel.LETTER else 0, policy.bacs))
    waits, lost = state in WAITS, state in LOST
    return NoticeFacts(due_on, pence, counted, noticed_due_on, noticed_pence, promised, waits, lost)


def _kind(group: _Group, told: dict[int, date | None]) -> NoticeKind:
    if group.again:
        return NoticeKind.AGAIN
    if group.mandate_id not in told:
        return NoticeKind.FIRST
    until = told[group.mandate_id]
    later = until is not None and group.ends_on is not None and group.ends_on > until
    return NoticeKind.YEAR if later else NoticeKind.CHANGE


def _groups(ctx: Context, mandate_ids: Many[int] | None) -> list[_Group]:
    statement = with_letters(
        select(
            Collection.mandate_id,
            Collection.kind,
            func.count(),
            func.sum(Collection.pence),
            func.min(Collection.due_on),
            func.max(Collection.due_on),
            func.count(Collection.noticed_on),
            func.sum(case((became.in_(_LOST), 1), else_=0)),
            func.max(DebitSchedule.ends_on),
        )
        .join(Mandate, Mandate.id == Collection.mandate_id)
        .outerjoin(DebitSchedule, DebitSchedule.id == Collection.schedule_id)
        .where(coming(ctx.clock.today()), needs())
    ).group_by(Collection.mandate_id, Collection.kind)
    found: dict[tuple[int, bool], _Group] = {}
    for each in of_them(statement, Collection.mandate_id, mandate_ids):
        for mandate_id, kind, count, pence, first, last, changed, back, ends_on in ctx.session.execute(each):
            again = kind is CollectionKind.AGAIN
            group = _Group(mandate_id, again, count, pence, first, last, changed, bool(back), ends_on)
            key = (mandate_id, again)
            found[key] = _together(found[key], group) if key in found else group
    return list(found.values())


def _together(one: _Group, other: _Group) -> _Group:
    """Scheduled, added and final collections of a mandate are told in one letter."""
    ends = [each for each in (one.ends_on, other.ends_on) if each is not None]
    return replace(
        one,
        count=one.count + other.count,
        pence=one.pence + other.pence,
        first=min(one.first, other.first),
        last=max(one.last, other.last),
        changed=one.changed + other.changed,
        back=one.back or other.back,
        ends_on=max(ends, default=None),
    )


def _mandates(ctx: Context, ids: Many[int] | None) -> dict[int, tuple[int, str, str]]:
    statement = select(Mandate.id, Mandate.account_id, Mandate.reference, Mandate.payer_name)
    if ids is None:
        statement = statement.where(Mandate.state.in_(COLLECTS))
    return {
        row[0]: (row[1], row[2], row[3])
        for each in of_them(statement, Mandate.id, ids)
        for row in ctx.session.execute(each)
    }


def _told_until(ctx: Context, ids: Many[int] | None) -> dict[int, date | None]:
    """Of mandates whose payers had a notice that stands, the end of the last year that one told of."""
    statement = (
        select(DebitNotice.mandate_id, func.max(DebitSchedule.ends_on))
        .outerjoin(DebitSchedule, DebitSchedule.id == DebitNotice.schedule_id)
        .where(DebitNotice.taken_back_on.is_(None), DebitNotice.kind != NoticeKind.AGAIN)
        .where(or_(became.is_(None), became.not_in(_LOST)))
        .group_by(DebitNotice.mandate_id)
    )
    statement = with_outgoing(statement)
    return {
        row[0]: row[1] for each in of_them(statement, DebitNotice.mandate_id, ids) for row in ctx.session.execute(each)
    }
