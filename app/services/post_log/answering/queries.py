"""What the sheets of acknowledging and answering show before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.models.post_log import PostItem
from app.models.values import PostChannel, Subject
from app.services.core.closures import office_days
from app.services.core.context import Context
from app.services.documents import queries as documents
from app.services.exports.statement.dto import long_date
from app.services.letters import fields as letter_fields
from app.services.letters import making, templates
from app.services.letters.dto import Channel, Preview, TemplateRow
from app.services.letters.queries import templates as previews
from app.services.post_log import keeping as post
from app.services.post_log.answering import fields, in_thread, keeping, writing
from app.services.post_log.answering.acknowledging import ready
from app.services.post_log.answering.dto import (
    WRITTEN,
    AnswerBy,
    AnswerForm,
    Draft,
    NewAnswer,
    Way,
)
from app.services.post_log.answering.recipients import Sender, senders
from app.services.post_log.answering.rules import ANSWER, template_keys, ways_of
from app.services.post_log.dto import item_number
from app.services.post_log.mail.filing import ORIGINAL
from app.services.post_log.sending import keeping as sending
from app.services.post_log.sending.composing import with_quote
from app.services.post_log.standards import keeping as standards
from app.services.post_log.standards import rules as standard_rules

_MB_SHOWN = 1_000_000
_SPOKEN = {PostChannel.TELEPHONE: AnswerBy.CALL, PostChannel.VISIT: AnswerBy.VISIT}
_BY = {channel: by for by, channel in WRITTEN.items()}


def drafts(ctx: Context, item_ids: Sequence[int]) -> tuple[Draft, ...]:
    """The acknowledgement of each item as it would go, or why there is none; a handful of statements for all of them.

    Raises:
        UserError: none is chosen, or too many.
    """
    return tuple(each.draft for each in ready(ctx, item_ids))


def preview_acknowledgement(ctx: Context, item_id: int) -> Preview:
    """The acknowledgement of one item as it would reach the sender.

    Raises:
        UserError: there is no such item, or its account is restricted and not the officer's to open.
    """
    post.open_item(ctx, item_id)
    (each,) = ready(ctx, [item_id])
    if each.sender is None or each.template is None or each.draft.channel is None:
        return Preview(stops=(each.draft.stops,))
    values = fields.of(each.item, each.category) | {"post.reply_by": _promised(ctx, each.item, each.category.key)}
    return _preview(ctx, each.draft.template, each.draft.channel, each.sender, values, {})


def answer_form(ctx: Context, item_id: int) -> AnswerForm:
    """What is known before an item is answered: every way, and what may be written.

    Raises:
        UserError: there is no such item, it isn't open, or its account is not the officer's to work on.
    """
    item = keeping.open_one(ctx, item_id)
    sender = senders(ctx, [item])[item.id]
    written = [Way(_BY[each], sender.where(each), sender.stops(each)) for each in ways_of(item.channel)]
    missing = [
        Way(_BY[each], sender.where(each), sender.stops(each)) for each in Channel if each not in ways_of(item.channel)
    ]
    spoken = [Way(AnswerBy.CALL, sender.to.mobile or item.sender_address), Way(AnswerBy.VISIT, "")]
    can = sorted([*written, *missing], key=lambda way: bool(way.stops))
    first = _SPOKEN.get(item.channel)
    came = sending.came(ctx, item.id)
    ways = sorted([*can, *spoken], key=lambda way: way.by is not first) if first else [*can, *spoken]
    return AnswerForm(
        item.id,
        item_number(item.year, item.number),
        item.version,
        item.sender or sender.to.name,
        item.subject_line,
        item.account_id,
        item.reply_by,
        tuple(ways),
        _offered(ctx, item),
        sender.look_at(sender.best(item.channel)),
        item.text,
        sending.boxes_for(ctx, came) if came is not None else (),
        _documents(ctx, item) if came is not None else (),
    )


def preview_answer(ctx: Context, new: NewAnswer) -> Preview:
    """An answer as it would reach the sender; of one that is spoken, the note.

    Raises:
        UserError: there is no such item or template.
    """
    item = post.open_item(ctx, new.item_id)
    if new.by not in WRITTEN:
        return Preview(text=new.text)
    channel = WRITTEN[new.by]
    sender = writing.sender_for(ctx, item, new)
    key = new.template or template_keys(ANSWER, channel)[0]
    values = fields.of(item, keeping.category_of(ctx, item))
    found = _preview(ctx, key, channel, sender, values, {**new.answers, "answer": new.text})
    came = sending.came(ctx, item.id) if new.mailbox_id is not None else None
    if came is None or found.stops:
        return found
    why = in_thread.not_theirs(item, came, new.recipient)
    return replace(found, text=with_quote(found.text, came.message), stops=(why,) if why else ())


def _preview(
    ctx: Context, key: str, channel: Channel, sender: Sender, more: dict[str, str], answers: dict[str, str]
) -> Preview:
    today = ctx.clock.today()
    wording = templates.template(ctx, key, today).wording
    values = making.with_fields(letter_fields.values(ctx, [sender.to], today)[sender.to.account_id], more)
    found = previews.preview_to(ctx, channel, wording, sender.to, values, answers)
    why = sender.stops(channel)
    return replace(found, stops=(why,) if why else (), look=sender.look_at(channel))


def _documents(ctx: Context, item: PostItem) -> tuple[tuple[int, str], ...]:
    """What may go with an answer: the item's documents but the e-mails themselves."""
    rows = documents.listed(ctx, Subject.POST_ITEM, item.id)
    own = {ORIGINAL, sending.SENT}
    return tuple((row.link_id, f"{row.file_name}, {_size(row.size)}") for row in rows if row.kind not in own)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= _MB_SHOWN else f"{max(1, count // 1_000):,} kB"


def _offered(ctx: Context, item: PostItem) -> tuple[TemplateRow, ...]:
    """The office's own answers first; what writes about an account is offered where there is one."""
    own = {key for channel in Channel for key in template_keys(ANSWER, channel, ANSWER)}
    first = [row for row in previews.listed(ctx) if row.key in own and not row.retired]
    return (*first, *previews.usable(ctx)) if item.account_id is not None else tuple(first)


def _promised(ctx: Context, item: PostItem, category: str) -> str:
    """The last day for the answer if the item were acknowledged today."""
    found = standard_rules.due(
        standards.standard(ctx.policy, category, item.received_on),
        item.received_on,
        ctx.clock.today(),
        standards.pauses_of(ctx, [item.id]).get(item.id, ()),
        standards.extensions_of(ctx, [item.id]).get(item.id, ()),
        standards.calendar(ctx.policy, category, item.received_on, office_days(ctx.session)),
    )
    return long_date(found.reply_by) if found.reply_by else ""
