"""Many letters or e-mails of one template, each with fields of its own, for commands of other services: made in few statements."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.models.letters import LetterBatch, LetterBatchItem, LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.values import Subject
from app.services.core import access, audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.exports.letter.dto import Letter
from app.services.exports.letter.pdf import letters_pdf
from app.services.letters import fields, filling, keeping, making, templates
from app.services.letters.dto import BatchState, Channel, NewLetter, Variant
from app.services.letters.rules import Recipient, judge
from app.services.letters.sender import sender


@dataclass(frozen=True, slots=True)
class ForOne:
    """One of many letters: what it is, who it goes to, and its `idempotency_key`, which it must have."""

    new: NewLetter
    to: Recipient


def make_many(ctx: Context, template: str, wanted: Sequence[ForOne]) -> list[Outgoing | str]:
    """Make letters of one template and put them in the queue: by letter the row that stands for it, or why there is none.

    They are a batch that is made at once, printed from one file with the pages of each. Where each letter of the template
    is read by a second person they are made one by one, as `keeping.make_to` does.

    Raises:
        UserError: the template can't be used, or the officer may not work on one of the accounts.
    """
    if not wanted:
        return []
    access.touch(ctx, {each.to.account_id for each in wanted if each.to.account_id > 0})
    day = ctx.clock.today()
    version = templates.version_to_use(ctx, template, day)
    if version.needs_approval:
        return [_alone(ctx, each) for each in wanted]
    standing = _standing(ctx, [each.new.idempotency_key for each in wanted])
    made: list[Outgoing | str] = []
    rows: list[tuple[Outgoing, Letter | None]] = []
    values = _values(ctx, wanted)
    maker = _Maker(ctx, version)
    for each, found in zip(wanted, values, strict=True):
        there = standing.get(each.new.idempotency_key)
        if there is not None:
            made.append(there)
            continue
        try:
            row, letter = maker.make(each, found)
        except UserError as error:
            made.append(str(error))
            continue
        rows.append((row, letter))
        made.append(row)
    if rows:
        batch = _batch(ctx, version, rows[0][0].title)
        _keep(ctx, batch, rows)
        ctx.session.add_all([row for row, _ in rows])
        ctx.session.flush()
        _items(ctx, batch, [row for row, _ in rows])
    return made


class _Maker:
    """What all letters of a template have in common."""

    def __init__(self, ctx: Context, version: LetterTemplateVersion) -> None:
        self._ctx, self._version = ctx, version
        kept = ctx.session.get_one(LetterTemplate, version.template_id)
        self._title, self._channel = kept.title, Channel(kept.channel)
        self._wording, self._head, self._known = templates.wording_of(version), sender(ctx), fields.known()

    def make(self, one: ForOne, found: filling.Values) -> tuple[Outgoing, Letter | None]:
        """The row of the register, not kept yet, and the letter to be drawn; None of an e-mail."""
        verdict = judge(one.to, self._channel, one.new.variant)
        if verdict.stops:
            raise UserError(verdict.stops[0])
        filled = filling.fill(self._wording, found, self._known | frozenset(one.new.fields))
        message = making.message_of(filled, self._channel)
        printed = self._channel is Channel.LETTER
        variant = making.variant_for(one.to, one.new.variant) if printed else Variant.TEXT
        row = keeping.outgoing_row(
            self._ctx, one.new, one.to, self._version, self._title, self._channel, variant, message
        )
        if not printed:
            return row, None
        return row, making.letter_of(self._head, one.to, filled, row.letter_date, self._ctx.officer.name)


def _alone(ctx: Context, one: ForOne) -> Outgoing | str:
    try:
        with ctx.session.begin_nested():
            return keeping.make_to(ctx, one.new, one.to)
    except UserError as error:
        return str(error)


def _standing(ctx: Context, keys: Sequence[str]) -> dict[str, Outgoing]:
    return {
        row.idempotency_key or "": row
        for chunk in in_chunks(keys)
        for row in ctx.session.scalars(select(Outgoing).where(Outgoing.idempotency_key.in_(chunk)))
    }


def _values(ctx: Context, wanted: Sequence[ForOne]) -> list[filling.Values]:
    """What the fields stand for in each; two letters about one account are looked up apart, as they go to two people."""
    passes: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for at, each in enumerate(wanted):
        turn = 0
        while each.to.account_id in passes[turn]:
            turn += 1
        passes[turn][each.to.account_id] = at
    found: dict[int, Mapping[str, Mapping[str, object]]] = {}
    for places in passes.values():
        values = fields.values(ctx, [wanted[at].to for at in places.values()], ctx.clock.today())
        for account_id, at in places.items():
            more = making.with_fields(values[account_id], wanted[at].new.fields)
            found[at] = making.answers_filled(more, wanted[at].new.answers)
    return [found[at] for at in range(len(wanted))]


def _batch(ctx: Context, version: LetterTemplateVersion, title: str) -> LetterBatch:
    """A batch that has been made: the page of batches lists it, and it is printed together."""
    now = ctx.clock.now()
    batch = LetterBatch(
        template_version_id=version.id,
        title=title,
        letter_date=ctx.clock.today(),
        request_key=secrets.token_hex(32),
        state=BatchState.MADE.value,
        asked_by=ctx.officer.id,
        asked_at=now,
        ended_at=now,
    )
    ctx.session.add(batch)
    ctx.session.flush()
    return batch


def _items(ctx: Context, batch: LetterBatch, rows: Sequence[Outgoing]) -> None:
    """The accounts of the batch; of two letters about one account the first stands for it."""
    firsts = {row.account_id: row for row in reversed(rows) if row.account_id is not None}
    if not firsts:
        return
    ctx.session.execute(
        insert(LetterBatchItem),
        [
            {"batch_id": batch.id, "account_id": each, "position": at, "outgoing_id": row.id, "left_out": ""}
            for at, (each, row) in enumerate(firsts.items())
        ],
    )
    audit.record_bulk(ctx, LetterBatchItem.__tablename__, "insert", batch=batch.id, rows=len(firsts))


def _keep(ctx: Context, batch: LetterBatch, rows: Sequence[tuple[Outgoing, Letter | None]]) -> None:
    """One file for the letters that are printed, with the pages of each, and one each for those in plain text."""
    for row, _ in rows:
        row.batch_id = batch.id
    printed = [(row, letter) for row, letter in rows if letter is not None and row.format != Variant.TEXT]
    if printed:
        content, pages = letters_pdf([(letter, Variant(row.format)) for row, letter in printed], batch.title)
        sha256, page = _file(ctx, batch, content, "application/pdf", ".pdf"), 1
        for (row, _), count in zip(printed, pages, strict=True):
            row.document_sha256, row.first_page, row.pages = sha256, page, count
            page += count
    for row, letter in rows:
        if letter is not None and row.format == Variant.TEXT:
            drawn = making.draw(letter, Variant.TEXT)
            row.document_sha256 = _file(ctx, batch, drawn.content, drawn.media_type, drawn.suffix)
            row.first_page, row.pages = 1, 1


def _file(ctx: Context, batch: LetterBatch, content: bytes, media_type: str, suffix: str) -> str:
    sha256 = documents.put(ctx, content, media_type)
    name = safe_name(f"{batch.title} {batch.letter_date.isoformat()} {secrets.token_hex(3)}") + suffix
    documents.link(ctx, sha256, NewLink(Subject.LETTER_BATCH, batch.id, "letters", batch.title, name))
    return sha256
