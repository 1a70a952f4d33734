"""Writing to the sender that the time to answer is longer, or asking what it waits for; for commands that asked for a permission.

The Ombudsman's Complaint Handling Code (6.5, 6.15) wants the reason, the new day and the Ombudsman's contact details in the
letter that extends a complaint: they stand in its template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.post_log import PostItem
from app.models.values import FormatNeed, Pausing, Subject
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.text import text_words
from app.services.exports.statement.dto import long_date
from app.services.letters import fields as letter_fields
from app.services.letters import filling, making, templates
from app.services.letters.dto import Channel, NewLetter
from app.services.post_log.answering import fields, keeping, writing
from app.services.post_log.answering.recipients import Sender, senders
from app.services.post_log.answering.rules import template_keys, ways_of

_GROUP = "The letter"
_BY_HAND = frozenset({FormatNeed.BRAILLE, FormatNeed.AUDIO, FormatNeed.EASY_READ})


class Telling(StrEnum):
    """What the sender is written, by the template that says it."""

    LONGER = "post_extension"
    COMPLAINT_LONGER = "post_extension_complaint"
    CLARIFICATION = "post_clarification"
    IDENTITY = "post_identity"


ASKING: Final[Mapping[Pausing, Telling]] = {
    Pausing.CLARIFICATION: Telling.CLARIFICATION,
    Pausing.IDENTITY: Telling.IDENTITY,
}
"""What asks the sender for what a clock waits for."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the sender is written to; `stops` says why they can't be."""

    sender: Sender
    channel: Channel
    template: str = ""
    stops: str = ""


def longer(ctx: Context, item: PostItem) -> Telling:
    """What tells the sender of an item that its time is longer: a complaint has wording of its own."""
    complaint = keeping.category_of(ctx, item).key.startswith("complaint")
    return Telling.COMPLAINT_LONGER if complaint else Telling.LONGER


def tell(ctx: Context, item: PostItem, telling: Telling, reason: str) -> tuple[int, str]:
    """Queue the letter or e-mail; returns its line of the register, and in which way it goes: `By letter`.

    Args:
        ctx: the context.
        item: with its new last day set.
        telling: which template.
        reason: as the sender reads it: why we need longer, or what we ask.

    Raises:
        UserError: the officer may not send letters, or the sender can't be written to.
    """
    require(ctx, Permission.SEND_LETTERS)
    way = _way(ctx, item, telling)
    if way.stops:
        raise UserError(
            f"They can't be written to. {way.stops}", "Put that right, or untick it and tell them another way.", "tell"
        )
    new = NewLetter(
        way.template,
        way.sender.to.account_id,
        answers={"reason": reason},
        subject=Subject.POST_ITEM,
        subject_id=item.id,
        fields=fields.of(item, keeping.category_of(ctx, item)),
    )
    row = writing.make(ctx, item, new, way.sender.to)
    return row.id, writing.WENT[way.channel]


def preview(ctx: Context, item: PostItem, telling: Telling, reason: str, reply_by: date | None) -> tuple[Effect, ...]:
    """What `tell` would send, word by word, once the last day is `reply_by`; or why it can't."""
    way = _way(ctx, item, telling)
    if way.stops:
        return (Effect(_GROUP, f"They can't be written to. {way.stops}", warns=True),)
    to = way.sender.to
    wording = templates.template(ctx, way.template, ctx.clock.today()).wording
    more = fields.of(item, keeping.category_of(ctx, item)) | {"post.reply_by": long_date(reply_by) if reply_by else ""}
    values = making.with_fields(letter_fields.values(ctx, [to], ctx.clock.today())[to.account_id], more)
    answers = making.answers_filled(values, {"reason": reason.strip() or "[What you write as the reason]"})
    filled = filling.fill(wording, answers, letter_fields.known())
    where = f"{writing.WENT[way.channel]} to {to.name}, {way.sender.where(way.channel)}"
    look = (Effect(_GROUP, each, warns=True) for each in way.sender.look_at(way.channel))
    lines = (filled.subject_line, *text_words(read_markup(filled.body)).split("\n"))
    return (Effect(_GROUP, where), *look, *(Effect(_GROUP, line) for line in lines if line))


def _way(ctx: Context, item: PostItem, telling: Telling) -> _Way:
    """A letter or an e-mail, whichever suits and reaches them; a text message is too short for either."""
    sender = senders(ctx, [item])[item.id]
    ways = [each for each in ways_of(item.channel) if each is not Channel.TEXT]
    by_hand = bool(sender.to.needs & _BY_HAND)
    channel = ways[0] if by_hand else next((each for each in ways if not sender.stops(each)), ways[0])
    known = {row.key: row for row in templates.all_templates(ctx, ctx.clock.today())}
    keys = template_keys(telling, channel, Telling.LONGER if telling is Telling.COMPLAINT_LONGER else telling)
    fitting = [key for key in keys if key in known and not known[key].retired and known[key].channel is channel]
    if not fitting:
        return _Way(sender, channel, stops=f"The template '{telling}' is not in use.")
    return _Way(sender, channel, fitting[0], sender.stops(channel))
