"""The steps of a batch of letters, each one transaction, so that a batch that stops carries on and makes nothing twice."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import func, insert, select

from app.models.letters import LetterBatch, LetterBatchItem, LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.values import Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core import access, audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.exports.letter.dto import Letter, Sender
from app.services.exports.letter.pdf import letters_pdf
from app.services.exports.letter.text import letter_text
from app.services.letters import fields, filling, gathering, keeping, making, templates
from app.services.letters.approving import AREAS, BATCH_KIND
from app.services.letters.dto import BatchBegun, BatchRequest, BatchState, Channel, NewLetter, OutgoingState, Variant
from app.services.letters.rules import Recipient, form_needed, judge
from app.services.letters.sender import sender

CHUNK: Final = 200
"""Letters that are made and kept together."""
MOST_ACCOUNTS: Final = 100_000

_Ready = tuple[LetterBatchItem, Outgoing, Letter | None]


@requires(Permission.SEND_LETTERS)
def begin(ctx: Context, request: BatchRequest) -> BatchBegun:
    """Begin a batch, or take up the same one where it stopped.

    Raises:
        UserError: no account is chosen, there are too many, the same batch was made before and `again` doesn't ask for it,
            or its letters need a second person and the office has one.
    """
    if not request.account_ids:
        raise UserError("No account is chosen.", "Choose the accounts to write to.", "accounts")
    if len(request.account_ids) > MOST_ACCOUNTS:
        raise UserError(f"{len(request.account_ids):,} accounts are too many for one batch.", field="accounts")
    for text in (request.title, *request.answers.values()):
        refuse_card_number(ctx, text, "letter", "answers")
    day = request.letter_date or ctx.clock.today()
    key = _request_key(request, day.isoformat())
    last = ctx.session.scalars(
        select(LetterBatch).where(LetterBatch.request_key == key).order_by(LetterBatch.id.desc())
    ).first()
    if last is not None and last.state != BatchState.MADE:
        last.state = BatchState.MAKING.value
        ctx.session.flush()
        return BatchBegun(last.id, carried_on=True)
    if last is not None and not request.again:
        raise UserError(
            f"These letters were made before, as batch {last.id} on {last.asked_at.day} {last.asked_at:%b %Y}: nobody is written to twice.",
            "Look at that batch, or say that it is to be made again.",
            "again",
        )
    version = templates.version_to_use(ctx, request.template, day)
    if version.needs_approval:
        approvals.refuse_alone(ctx)
    return BatchBegun(_new_batch(ctx, request, version, key), carried_on=False)


@requires(Permission.SEND_LETTERS)
def take_up(ctx: Context, batch_id: int) -> BatchBegun:
    """Take up a batch that stopped.

    Raises:
        UserError: there is none, or it has been made.
    """
    batch = ctx.session.get(LetterBatch, batch_id)
    if batch is None or batch.state == BatchState.MADE:
        raise UserError("That batch has been made: nothing of it is missing.", "Look at the list again.")
    batch.state = BatchState.MAKING.value
    ctx.session.flush()
    return BatchBegun(batch_id, carried_on=True)


@requires(Permission.SEND_LETTERS)
def make_some(ctx: Context, batch_id: int) -> int:
    """Make the next letters of a batch; returns how many accounts are still to do.

    An account that was written to meanwhile, or that something speaks against by now, is left out with the reason.
    """
    batch = ctx.session.get_one(LetterBatch, batch_id)
    to_do = (
        LetterBatchItem.batch_id == batch_id,
        LetterBatchItem.outgoing_id.is_(None),
        LetterBatchItem.left_out == "",
    )
    items = ctx.session.scalars(
        select(LetterBatchItem).where(*to_do).order_by(LetterBatchItem.position).limit(CHUNK)
    ).all()
    if items:
        version = ctx.session.get_one(LetterTemplateVersion, batch.template_version_id)
        template = ctx.session.get_one(LetterTemplate, version.template_id)
        _make(ctx, batch, version, template, items)
        ctx.session.flush()
    return ctx.session.scalar(select(func.count()).select_from(LetterBatchItem).where(*to_do)) or 0


@requires(Permission.SEND_LETTERS)
def end(ctx: Context, batch_id: int, state: BatchState) -> Changes:
    """Say that a batch is made or was stopped; one whose letters need a second person is put before one now."""
    batch = ctx.session.get_one(LetterBatch, batch_id)
    batch.state = state.value
    batch.ended_at = ctx.clock.now()
    waiting = (Outgoing.batch_id == batch_id, Outgoing.state == OutgoingState.WAITING.value)
    count = ctx.session.scalar(select(func.count()).select_from(Outgoing).where(*waiting)) or 0
    if state is BatchState.MADE and count and batch.request_id is None:
        batch.request_id = approvals.ask(
            ctx,
            NewRequest(
                BATCH_KIND,
                Subject.LETTER_BATCH,
                batch_id,
                f"{batch.title}: {count:,} letters",
                "Letters from this template are read by a second person before they go.",
                {"batch": batch_id},
                count=count,
            ),
        )
        for row in ctx.session.scalars(select(Outgoing).where(*waiting)):
            row.request_id = batch.request_id
    ctx.session.flush()
    return Changes(AREAS | {"approvals"})


def _new_batch(ctx: Context, request: BatchRequest, version: LetterTemplateVersion, key: str) -> int:
    template = ctx.session.get_one(LetterTemplate, version.template_id)
    batch = LetterBatch(
        template_version_id=version.id,
        title=" ".join(request.title.split())[:120] or template.title,
        letter_date=request.letter_date or ctx.clock.today(),
        request_key=key,
        state=BatchState.MAKING.value,
        answers=json.dumps(dict(request.answers), ensure_ascii=False, sort_keys=True),
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        ended_at=None,
        request_id=None,
    )
    ctx.session.add(batch)
    ctx.session.flush()
    ids = list(dict.fromkeys(request.account_ids))
    ctx.session.execute(
        insert(LetterBatchItem),
        [{"batch_id": batch.id, "account_id": each, "position": at, "left_out": ""} for at, each in enumerate(ids)],
    )
    audit.record_bulk(ctx, LetterBatchItem.__tablename__, "insert", batch=batch.id, rows=len(ids))
    return batch.id


def _make(
    ctx: Context,
    batch: LetterBatch,
    version: LetterTemplateVersion,
    template: LetterTemplate,
    items: Sequence[LetterBatchItem],
) -> None:
    ids = [item.account_id for item in items]
    recipients = {each.account_id: each for each in gathering.recipients(ctx, ids)}
    values = fields.values(ctx, list(recipients.values()), batch.letter_date)
    mine = access.declared_accounts(ctx)
    answers = json.loads(batch.answers)
    head = sender(ctx)
    ready: list[_Ready] = []
    for item in items:
        to = recipients.get(item.account_id)
        if to is None:
            item.left_out = "There is no such account."
        elif item.account_id in mine:
            item.left_out = "An account that you declared: a colleague writes to it."
        else:
            found = making.answers_filled(values[item.account_id], answers)
            _make_one(ctx, batch, version, template, item, to, found, head, ready)
    _keep_files(ctx, batch, [each for each in ready if each[2] is not None])
    ctx.session.add_all([row for _, row, _ in ready])
    ctx.session.flush()
    for item, row, _ in ready:
        item.outgoing_id = row.id


def _make_one(
    ctx: Context,
    batch: LetterBatch,
    version: LetterTemplateVersion,
    template: LetterTemplate,
    item: LetterBatchItem,
    to: Recipient,
    found: filling.Values,
    head: Sender,
    ready: list[_Ready],
) -> None:
    channel = Channel(template.channel)
    verdict = judge(to, channel)
    if verdict.stops:
        item.left_out = verdict.stops[0][:400]
        return
    try:
        filled = filling.fill(templates.wording_of(version), found, fields.known())
        message = making.message_of(filled, channel)
    except UserError as error:
        item.left_out = str(error)[:400]
        return
    variant = form_needed(to.needs) if channel is Channel.LETTER else Variant.TEXT
    new = NewLetter(
        template.key,
        to.account_id,
        letter_date=batch.letter_date,
        idempotency_key=f"batch:{batch.id}:{to.account_id}",
    )
    row = keeping.outgoing_row(ctx, new, to, version, template.title, channel, variant, message)
    row.batch_id = batch.id
    row.request_id = batch.request_id
    row.state = (OutgoingState.WAITING if version.needs_approval else OutgoingState.QUEUED).value
    letter = None
    if channel is Channel.LETTER:
        letter = making.letter_of(head, to, filled, batch.letter_date, ctx.officer.name)
    ready.append((item, row, letter))


def _keep_files(ctx: Context, batch: LetterBatch, ready: Sequence[_Ready]) -> None:
    """One file for the letters that are printed, with the pages of each, and one each for those in plain text."""
    printed = [(row, letter) for _, row, letter in ready if letter is not None and row.format != Variant.TEXT]
    if printed:
        content, pages = letters_pdf([(letter, Variant(row.format)) for row, letter in printed], batch.title)
        sha256 = _keep(ctx, batch, content, "application/pdf", f"{batch.title} {secrets.token_hex(3)}.pdf")
        page = 1
        for (row, _), count in zip(printed, pages, strict=True):
            row.document_sha256, row.first_page, row.pages = sha256, page, count
            page += count
    for _, row, letter in ready:
        if letter is not None and row.format == Variant.TEXT:
            text = letter_text(letter).encode("utf-8")
            row.document_sha256 = _keep(ctx, batch, text, "text/plain", f"{row.title} {row.reference}.txt")
            row.first_page, row.pages = 1, 1


def _keep(ctx: Context, batch: LetterBatch, content: bytes, media_type: str, name: str) -> str:
    sha256 = documents.put(ctx, content, media_type)
    documents.link(ctx, sha256, NewLink(Subject.LETTER_BATCH, batch.id, "letters", batch.title, safe_name(name)))
    return sha256


def _request_key(request: BatchRequest, day: str) -> str:
    """What makes two requests the same batch: the template, the accounts, what was typed, and the date."""
    asked: Mapping[str, object] = {
        "template": request.template,
        "accounts": sorted(set(request.account_ids)),
        "answers": dict(request.answers),
        "day": day,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
