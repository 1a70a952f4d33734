"""Passing on what was meant for somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.models.post_log import PostItem
from app.models.values import Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.core.versions import refuse_old
from app.services.documents import queries as documents
from app.services.documents.checking import limits
from app.services.letters import keeping as letters
from app.services.letters.dto import OutgoingState
from app.services.letters.rules import is_email
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.keeping import Sent
from app.services.post_log.dto import item_number
from app.services.post_log.mail.filing import ORIGINAL
from app.services.post_log.mail.reading import refused
from app.services.post_log.sending import keeping as mails
from app.services.post_log.sending.composing import forward_subject
from app.services.post_log.sending.dto import Attached, Forwarded, NewForward

_TITLE: Final = "Post passed on"
_LONGEST: Final = 2_000


@requires(Permission.LOG_POST)
def forward(ctx: Context, new: NewForward) -> Forwarded:
    """Pass an item on to whom it was meant for, with the e-mail as it came or what was noted and scanned; it is closed by it.

    Raises:
        ChangedMeanwhile: somebody else changed the item since it was opened.
        UserError: it isn't open, the address is none or outside the council, nothing goes out from the mailbox, or the
            e-mail holds a card number.
    """
    require(ctx, Permission.SEND_LETTERS)
    standing = letters.standing(ctx, new.key)
    if standing is not None:
        item = post.item(ctx, new.item_id)
        return Forwarded(item.id, item_number(item.year, item.number), standing.id, post.changes(item))
    item = keeping.open_one(ctx, new.item_id)
    refuse_old(item.version, new.version)
    box = mails.box(ctx, new.mailbox_id)
    to, words = new.to.strip(), new.text.strip()
    _check(ctx, to, words, box.address, outside=new.outside)
    subject = forward_subject(item.subject_line)
    sent = Sent(_TITLE, to, to, subject, words, key=new.key, state=OutgoingState.QUEUED, theirs=False)
    row = keeping.note_sent(ctx, item, sent)
    token = f"forward-{row.id}-{item.year}-{item.number}-{ctx.clock.now():%Y%m%d%H%M%S%f}"
    text, enclosed = _enclosed(ctx, item, words)
    mail = mails.mail_from(box, to, subject, text, token, ctx)
    mails.put(ctx, item, row, box, replace(mail, attached=enclosed), forward=True)
    keeping.pass_on(ctx, item, to, row.id)
    ctx.session.flush()
    found = post.changes(item)
    changes = replace(found, areas=found.areas | {"letters", "documents"})
    return Forwarded(item.id, item_number(item.year, item.number), row.id, changes)


def _check(ctx: Context, to: str, words: str, own: str, *, outside: bool) -> None:
    if not is_email(to):
        raise UserError(f"'{to}' is not an e-mail address." if to else "Write the address.", field="to")
    if not words:
        raise UserError("Write a sentence to whoever gets it.", "Such as why it is theirs.", "text")
    if len(words) > _LONGEST:
        raise UserError(f"That is more than a covering note: {_LONGEST:,} characters are the most.", field="text")
    refuse_card_number(ctx, words, "note", "text")
    theirs, ours = to.rpartition("@")[2].casefold(), own.rpartition("@")[2].casefold()
    if theirs != ours and not outside:
        raise UserError(
            f"{to} is outside the council ({ours}): what the sender wrote would leave it.",
            "Tick that it may, if the sender expects that; else tell them whom to write to.",
            "outside",
        )


def _enclosed(ctx: Context, item: PostItem, words: str) -> tuple[str, tuple[Attached, ...]]:
    """What is written, and what goes with it: the e-mail as it came, else what was noted and the item's documents."""
    came = mails.came(ctx, item.id)
    if came is None:
        links = tuple(
            row.link_id for row in documents.listed(ctx, Subject.POST_ITEM, item.id) if row.kind != mails.SENT
        )
        return f"{words}\n\n{_noted(item)}\n", mails.attached(ctx, item, links)
    left = refused(came.original, came.message, limits(ctx).largest_bytes, frozenset())
    if left is not None:
        raise UserError(f"It isn't passed on: {left.message[0].lower()}{left.message[1:]}", left.hint)
    name = next(row.file_name for row in documents.listed(ctx, Subject.POST_ITEM, item.id) if row.kind == ORIGINAL)
    return f"{words}\n", (Attached(name, came.message.media_type, came.original.content),)


def _noted(item: PostItem) -> str:
    """What the log says of something that came by another way."""
    heads = (
        ("From", ", ".join(part for part in (item.sender, *item.sender_address.splitlines()) if part.strip())),
        ("Received", f"{item.received_on:%d %B %Y}"),
        ("Subject", item.subject_line),
    )
    lines = [f"{name}: {text}" for name, text in heads if text]
    return "\n".join((*lines, "", item.text)).rstrip()
