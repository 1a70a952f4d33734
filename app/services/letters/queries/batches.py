"""Batches of letters: what one would make, before anything is made, and those that were made."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, Final

from sqlalchemy import case, func, select

from app.models.letters import LetterBatch, LetterBatchItem, Outgoing
from app.models.officers import Officer
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters import fields, filling, gathering, making, templates
from app.services.letters.dto import (
    BatchRequest,
    BatchResult,
    BatchRow,
    BatchState,
    Channel,
    Concern,
    OutgoingState,
    Rehearsal,
    TemplateRow,
    Variant,
)
from app.services.letters.rules import Recipient, form_needed, judge

_READ: Final = 900
_SAMPLES: Final = 4


def rehearse(ctx: Context, request: BatchRequest) -> Rehearsal:
    """What a batch would make: each letter filled in and thrown away, so that nothing is a surprise later.

    Raises:
        UserError: there is no such template, or a blank of it isn't filled in.
    """
    day = request.letter_date or ctx.clock.today()
    template = _asked_for(ctx, request, day)
    mine = access.declared_accounts(ctx)
    concerns: list[Concern] = []
    forms: Counter[Variant] = Counter()
    samples: dict[Variant, int] = {}
    ids = list(dict.fromkeys(request.account_ids))
    done = 0
    for portion in in_chunks(ids, _READ):
        ctx.cancel.check()
        recipients = gathering.recipients(ctx, portion)
        values = fields.values(ctx, recipients, day)
        for to in recipients:
            found = making.answers_filled(values[to.account_id], request.answers)
            stop, look = _looked_at(template, to, found, own=to.account_id in mine)
            if stop:
                concerns.append(_concern(to, stop, stops=True))
                continue
            form = form_needed(to.needs) if template.channel is Channel.LETTER else Variant.TEXT
            forms[form] += 1
            samples.setdefault(form, to.account_id)
            if look:
                concerns.append(_concern(to, look, stops=False))
        done += len(portion)
        ctx.progress(done, len(ids), "Accounts")
    return Rehearsal(
        template,
        sum(forms.values()),
        tuple(sorted(concerns, key=lambda each: (not each.stops, each.reference))),
        tuple(sorted(forms.items())),
        tuple(samples.values())[:_SAMPLES],
    )


def _asked_for(ctx: Context, request: BatchRequest, day: date) -> TemplateRow:
    """The template of a batch, every blank of which is filled in."""
    template = templates.template(ctx, request.template, day)
    empty = [title for key, title in template.blanks if not request.answers.get(key, "").strip()]
    if empty:
        raise UserError(f"'{empty[0]}' is not filled in.", "It is the same in every letter.", "answers")
    return template


def to_do(ctx: Context, batch_id: int) -> int:
    """How many accounts of a batch have neither a letter nor a reason for none."""
    statement = select(func.count()).select_from(LetterBatchItem)
    wanted = (
        LetterBatchItem.batch_id == batch_id,
        LetterBatchItem.outgoing_id.is_(None),
        LetterBatchItem.left_out == "",
    )
    return ctx.session.scalar(statement.where(*wanted)) or 0


def result(ctx: Context, batch_id: int, *, carried_on: bool = False) -> BatchResult:
    """What a batch has made."""
    made, left_out = ctx.session.execute(
        select(func.count(LetterBatchItem.outgoing_id), _count(LetterBatchItem.left_out != "")).where(
            LetterBatchItem.batch_id == batch_id
        )
    ).one()
    waiting = ctx.session.scalar(
        select(func.count())
        .select_from(Outgoing)
        .where(Outgoing.batch_id == batch_id, Outgoing.state == OutgoingState.WAITING.value)
    )
    state = OutgoingState.WAITING if waiting else OutgoingState.QUEUED
    return BatchResult(batch_id, made, left_out, carried_on, state)


def listed(ctx: Context, most: int = 100) -> tuple[BatchRow, ...]:
    """The latest batches, newest first."""
    counted = (
        select(
            LetterBatchItem.batch_id,
            func.count(LetterBatchItem.outgoing_id).label("made"),
            _count(LetterBatchItem.left_out != "").label("left_out"),
            func.count().label("every"),
        )
        .group_by(LetterBatchItem.batch_id)
        .subquery("counted")
    )
    waiting = (
        select(Outgoing.batch_id, func.count().label("waiting"))
        .where(Outgoing.state == OutgoingState.WAITING.value, Outgoing.batch_id.is_not(None))
        .group_by(Outgoing.batch_id)
        .subquery("waiting")
    )
    found = ctx.session.execute(
        select(LetterBatch, Officer.name, counted.c.made, counted.c.left_out, counted.c.every, waiting.c.waiting)
        .join(Officer, Officer.id == LetterBatch.asked_by)
        .outerjoin(counted, counted.c.batch_id == LetterBatch.id)
        .outerjoin(waiting, waiting.c.batch_id == LetterBatch.id)
        .order_by(LetterBatch.id.desc())
        .limit(most)
    )
    return tuple(
        BatchRow(
            batch.id,
            batch.title,
            BatchState(batch.state),
            officer,
            batch.asked_at,
            made or 0,
            left_out or 0,
            waiting or 0,
            (every or 0) - (made or 0) - (left_out or 0),
        )
        for batch, officer, made, left_out, every, waiting in found
    )


def left_out(ctx: Context, batch_id: int) -> tuple[Concern, ...]:
    """The accounts of a batch that have no letter, and why."""
    items = ctx.session.execute(
        select(LetterBatchItem.account_id, LetterBatchItem.left_out)
        .where(LetterBatchItem.batch_id == batch_id, LetterBatchItem.left_out != "")
        .order_by(LetterBatchItem.position)
    ).all()
    names = {each.account_id: each for each in gathering.recipients(ctx, [row.account_id for row in items])}
    return tuple(
        _concern(names[row.account_id], row.left_out, stops=True)
        if row.account_id in names
        else Concern(row.account_id, f"account {row.account_id}", "", row.left_out, stops=True)
        for row in items
    )


def _looked_at(template: TemplateRow, to: Recipient, found: filling.Values, *, own: bool) -> tuple[str, str]:
    """What stops a letter, and what to look at; empty where there is nothing."""
    if own:
        return "An account that you declared: a colleague writes to it.", ""
    verdict = judge(to, template.channel)
    if verdict.stops:
        return verdict.stops[0], ""
    try:
        making.message_of(filling.fill(template.wording, found, fields.known()), template.channel)
    except UserError as error:
        return str(error), ""
    return "", " ".join(verdict.look)


def _concern(to: Recipient, what: str, *, stops: bool) -> Concern:
    name = access.RESTRICTED_NAME if to.closed else to.name
    return Concern(to.account_id, to.reference, name, what, stops)


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
