"""The fields of letters that say what an item was: they come with each acknowledgement and answer."""

from __future__ import annotations

from app.models.post_log import PostCategory, PostItem
from app.models.values import PostChannel
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.post_log.answering.rules import THINGS
from app.services.post_log.dto import item_number

_FIELDS = (
    ("number", "Number in the post log", "2026/0041"),
    ("thing", "What they sent", "letter"),
    ("received_on", "Day it was received", "19 November 2026"),
    ("subject", "Subject of their e-mail", "My rent account"),
    ("category", "What it is about", "Payment or balance query"),
    ("reply_by", "Last day for the answer", "3 December 2026"),
    ("their_reference", "Their own reference", "AB/123"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("post", "Post that is answered", _FIELDS))


def of(item: PostItem, category: PostCategory) -> dict[str, str]:
    """What the fields stand for of one item.

    The subject is given only where the sender wrote it themselves: what an officer logged is not for them to read.
    """
    own = item.channel is PostChannel.EMAIL
    return {
        "post.number": item_number(item.year, item.number),
        "post.thing": THINGS[item.channel],
        "post.received_on": long_date(item.received_on),
        "post.subject": item.subject_line if own else "",
        "post.category": category.name,
        "post.reply_by": long_date(item.reply_by) if item.reply_by else "",
        "post.their_reference": item.reference,
    }
