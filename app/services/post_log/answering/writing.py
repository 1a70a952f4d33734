"""Making what goes out: an acknowledgement, an answer in writing, and the note of one that was spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import PostStep, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.letters import keeping as letters
from app.services.letters import templates
from app.services.letters.dto import Channel, NewLetter, OutgoingState, Variant
from app.services.letters.rules import Recipient
from app.services.post_log import keeping as post
from app.services.post_log.answering import fields, in_thread, keeping
from app.services.post_log.answering.acknowledging import Ready
from app.services.post_log.answering.dto import AnswerBy, NewAnswer
from app.services.post_log.answering.recipients import Sender, senders
from app.services.post_log.answering.rules import ANSWER, template_keys
from app.services.post_log.dto import item_number

WENT: Final[Mapping[Channel, str]] = {
    Channel.LETTER: "By letter",
    Channel.EMAIL: "By e-mail",
    Channel.TEXT: "By text message",
}
_SAID: Final = {AnswerBy.CALL: "By telephone", AnswerBy.VISIT: "In person"}


def acknowledge(ctx: Context, each: Ready) -> tuple[int, OutgoingState]:
    """Make one acknowledgement; returns its line of the register.

    The day by which it promises an answer is worked out first: it may run from the acknowledgement.

    Raises:
        UserError: it can't go that way.
    """
    assert each.sender is not None
    assert each.draft.channel is not None
    item = each.item
    keeping.set_acknowledged(ctx, item)
    new = NewLetter(
        each.draft.template,
        each.sender.to.account_id,
        subject=Subject.POST_ITEM,
        subject_id=item.id,
        fields=fields.of(item, each.category),
        idempotency_key=f"post:{item.id}:acknowledged",
    )
    row = make(ctx, item, new, each.sender.to)
    post.record(ctx, item.id, PostStep.ACKNOWLEDGED, WENT[each.draft.channel], outgoing_id=row.id)
    return row.id, OutgoingState(row.state)


def answer(ctx: Context, item: PostItem, new: NewAnswer, channel: Channel) -> tuple[int, OutgoingState]:
    """Make an answer in writing; returns its line of the register.

    Raises:
        UserError: there is no such template, a blank isn't filled in, or it can't go that way.
    """
    if new.key and (standing := letters.standing(ctx, new.key)) is not None:
        return standing.id, OutgoingState(standing.state)
    sender = sender_for(ctx, item, new)
    if why := sender.stops(channel):
        raise UserError(f"It can't go by {_NAMES[channel]}. {why}", "Answer in another way, or put that right.", "by")
    key = new.template or template_keys(ANSWER, channel)[0]
    if templates.template(ctx, key, ctx.clock.today()).channel is not channel:
        raise UserError("That template is for another way to write.", "Choose another.", "template")
    made = NewLetter(
        key,
        sender.to.account_id,
        answers={**new.answers, "answer": new.text},
        subject=Subject.POST_ITEM,
        subject_id=item.id,
        fields=fields.of(item, keeping.category_of(ctx, item)),
        idempotency_key=new.key,
    )
    row = make(ctx, item, made, sender.to)
    went = WENT[channel]
    if channel is Channel.EMAIL and new.mailbox_id is not None:
        went = f"{went} from {in_thread.answer(ctx, item, row, new, new.mailbox_id)}"
    keeping.note_answered(ctx, item, went, row.id)
    return row.id, OutgoingState(row.state)


def note(ctx: Context, item: PostItem, new: NewAnswer) -> None:
    """Keep what was said at the telephone or in person: whole as a note on the account or the item, its begin in the history.

    Raises:
        UserError: the note is too long or holds a card number.
    """
    words = f"{_SAID[new.by]}: {new.text.strip()}"
    about = (Subject.ACCOUNT, item.account_id) if item.account_id is not None else (Subject.POST_ITEM, item.id)
    number = item_number(item.year, item.number)
    assert about[1] is not None
    diary.add_note(ctx, about[0], about[1], f"{words}\n(Answer to post {number})")
    keeping.note_answered(ctx, item, " ".join(words.split()))


def sender_for(ctx: Context, item: PostItem, new: NewAnswer) -> Sender:
    """Who the answer goes to: the sender, or whoever the officer named instead."""
    sender = senders(ctx, [item])[item.id]
    to = sender.to
    if new.addressee.strip() or new.address:
        to = letters.to_somebody_else(to, new.addressee or to.name, new.address)
    where = new.recipient.strip()
    if where:
        to = replace(to, email=where, mobile=where)
    return replace(sender, to=to)


def make(ctx: Context, item: PostItem, new: NewLetter, to: Recipient) -> Outgoing:
    """Queue something that goes out about an item, and file it with the item as well."""
    row = letters.make_to(ctx, new, to)
    if not row.reference:
        row.reference = item_number(item.year, item.number)
    if row.document_sha256 is not None:
        suffix = ".txt" if row.format == Variant.TEXT else ".pdf"
        name = safe_name(f"{row.title} {row.reference} {row.letter_date.isoformat()}") + suffix
        documents.link(ctx, row.document_sha256, NewLink(Subject.POST_ITEM, item.id, "letter", row.title, name))
    return row


_NAMES: Final = {Channel.LETTER: "letter", Channel.EMAIL: "e-mail", Channel.TEXT: "text message"}
