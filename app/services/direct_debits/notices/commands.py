"""Giving notice: letters and e-mails for all that need it, and what was said on the telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Final

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, DebitNotice
from app.models.letters import Outgoing
from app.models.values import Money, NoticeKind, Subject
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.direct_debits.notices import fields, keeping
from app.services.direct_debits.notices.dto import (
    AREAS,
    GiveNotice,
    NoticesGiven,
    NoticeWay,
    NotTold,
    ToldByPhone,
)
from app.services.direct_debits.notices.payers import paid_by
from app.services.direct_debits.notices.planning import Plan, Send, plan
from app.services.direct_debits.notices.reading import ToTell, collections, days, needed
from app.services.direct_debits.notices.rules import counts_from, earliest_due
from app.services.direct_debits.schedules import commands as schedules
from app.services.direct_debits.schedules.dto import MoveCollection
from app.services.exports.statement.dto import short_date
from app.services.letters.dto import NewLetter
from app.services.letters.many import ForOne, make_many

_LONGEST: Final = 400
_TRIES: Final = 5
_MOVED: Final = "Moved: it was too late for notice of the day before."


@requires(Permission.KEEP_DIRECT_DEBITS)
def give(ctx: Context, new: GiveNotice) -> NoticesGiven:
    """Give notice of every collection of some mandates, or of all, that needs it: letters and e-mails are queued now.

    Collections that the notice could not reach in time are left out of it. Whoever no letter or e-mail can reach becomes a
    task, as do those of accounts that the officer declared. Who was told already isn't told again.
    """
    found = plan(ctx, new)
    if new.move_late and found.late:
        _move(ctx, found)
        found = plan(ctx, new)
    mandates = {each.telling.mandate.id: each.telling.mandate.account_id for each in found.sends}
    access.touch(ctx, {*mandates.values(), *chain(*paid_by(ctx, list(mandates)).values())})
    return _make(ctx, found)


@requires(Permission.KEEP_DIRECT_DEBITS)
def tell_by_phone(ctx: Context, told: ToldByPhone) -> NoticesGiven:
    """Record notice that was given on the telephone, today.

    Raises:
        UserError: nothing is said of it, there is no collection to tell of, or it is too late for one of them and the payer
            didn't agree to fewer days.
    """
    words = " ".join(told.words.split())
    if not words:
        raise UserError("Say whom you spoke to and what you said.", field="words")
    if len(words) > _LONGEST:
        raise UserError(f"This has {len(words)} characters; {_LONGEST} is the most.", "Shorten it.", "words")
    refuse_card_number(ctx, words, "note", "words")
    mandate = ctx.session.get(Mandate, told.mandate_id)
    if mandate is None:
        raise UserError("There is no such mandate.", "Look at the list again.")
    access.touch(ctx, {mandate.account_id, *paid_by(ctx, [mandate.id])[mandate.id]})
    total, count = 0, 0
    policy, needs = days(ctx), {each.kind: each for each in needed(ctx, [mandate.id])}
    groups = collections(ctx, [mandate.id])
    for kind in needs:
        rows = groups[mandate.id, kind is NoticeKind.AGAIN]
        if told.collection_ids:
            rows = [each for each in rows if each.collection_id in told.collection_ids]
        if not rows:
            continue
        promised = 0 if told.agreed else policy.of(kind)
        _refuse_late(ctx, rows, promised, policy.bacs)
        notice = keeping.add(ctx, rows, kind, promised, words=words)
        ctx.session.flush()
        keeping.mark(ctx, ((notice, rows, ctx.clock.today()),))
        total, count = total + sum(each.pence for each in rows), count + len(rows)
    if not count:
        raise UserError("The payer has been told of everything that is to come.", "Look at the collections again.")
    keeping.finish_tasks(ctx, [mandate.id], "Told on the telephone")
    return NoticesGiven(collections=count, total=Money(total), changes=Changes(AREAS, frozenset({mandate.account_id})))


def _move(ctx: Context, found: Plan) -> None:
    """Move what it is too late for to the first free day; what finds none within a week stays as it is."""
    for late in found.late:
        on = late.could_go_on
        for _ in range(_TRIES):
            version = ctx.session.get_one(Collection, late.collection_id).version
            try:
                with ctx.session.begin_nested():
                    schedules.move(ctx, MoveCollection(late.collection_id, version, on, _MOVED))
            except UserError:
                on = found.days.bacs.add(on, 1)
            else:
                break


def _refuse_late(ctx: Context, rows: Sequence[ToTell], promised: int, bacs: WorkingDays) -> None:
    first = earliest_due(ctx.clock.today(), promised, 0, bacs)
    late = [each for each in rows if each.due_on < first]
    if late:
        raise UserError(
            f"The collection of {short_date(late[0].due_on)} is too soon for {promised} working days of notice: "
            f"the first day for it is {short_date(first)}.",
            "Move it, or tick that the payer agreed to it, if they did.",
            "agreed",
        )


def _make(ctx: Context, found: Plan) -> NoticesGiven:
    notices = [keeping.add(ctx, send.telling.collections, send.need.kind, send.telling.days) for send in found.sends]
    ctx.session.flush()
    made = _letters(ctx, found.sends, notices)
    refused = [
        (NotTold(send.need.mandate_id, send.need.reference, send.need.payer, row), send.need.email_by)
        for send, row in zip(found.sends, made, strict=True)
        if isinstance(row, str)
    ]
    gone: list[tuple[Send, DebitNotice]] = []
    for send, notice, row in zip(found.sends, notices, made, strict=True):
        if isinstance(row, str):
            ctx.session.delete(notice)
        else:
            notice.outgoing_id = row.id
            gone.append((send, notice))
    ctx.session.flush()
    keeping.mark(ctx, [(notice, send.telling.collections, _counted(ctx, found, send)) for send, notice in gone])
    keeping.finish_tasks(ctx, {send.need.mandate_id for send, _ in gone}, "Notice was given")
    by = {(each.mandate_id): each.email_by for each in needed(ctx, {each.mandate_id for each in found.not_told})}
    stopped = [(each, by[each.mandate_id]) for each in found.not_told if each.mandate_id in by]
    tasks = keeping.ask_for_them(ctx, [*stopped, *refused])
    return _told(found, [send for send, _ in gone], tasks)


def _counted(ctx: Context, found: Plan, send: Send) -> date:
    post = found.days.post if send.payer.way is NoticeWay.POST else 0
    return counts_from(ctx.clock.today(), post, found.days.bacs)


def _letters(ctx: Context, sends: Sequence[Send], notices: Sequence[DebitNotice]) -> list[Outgoing | str]:
    """The letters and e-mails, in the order of what they tell: those of one template are made together."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, send in enumerate(sends):
        places[_template(send)].append(at)
    made: dict[int, Outgoing | str] = {}
    for template, ats in places.items():
        wanted = [ForOne(_letter(sends[at], notices[at], template), sends[at].payer.to) for at in ats]
        made |= dict(zip(ats, make_many(ctx, template, wanted), strict=True))
    return [made[at] for at in range(len(sends))]


def _template(send: Send) -> str:
    again = "_again" if send.need.kind is NoticeKind.AGAIN else ""
    return f"direct_debit_notice{again}{'_email' if send.payer.way is NoticeWay.EMAIL else ''}"


def _letter(send: Send, notice: DebitNotice, template: str) -> NewLetter:
    return NewLetter(
        template,
        send.telling.mandate.account_id,
        subject=Subject.MANDATE,
        subject_id=send.telling.mandate.id,
        fields=fields.of(send.telling),
        idempotency_key=f"debit notice {notice.id}",
    )


def _told(found: Plan, gone: Sequence[Send], tasks: int) -> NoticesGiven:
    emails = sum(send.payer.way is NoticeWay.EMAIL for send in gone)
    rows = [each for send in gone for each in send.telling.collections]
    accounts = frozenset(send.telling.mandate.account_id for send in gone)
    return NoticesGiven(
        len(gone) - emails,
        emails,
        len(rows),
        Money(sum(each.pence for each in rows)),
        tasks,
        len(found.late),
        Changes(AREAS, accounts),
    )
