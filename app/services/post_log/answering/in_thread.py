"""An answer that goes out from the team's mailbox, in the thread of the e-mail that it answers."""

from __future__ import annotations

from dataclasses import replace

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.text import message_words
from app.services.post_log.answering.dto import NewAnswer
from app.services.post_log.sending import keeping as sending
from app.services.post_log.sending.composing import plain_id, reply_subject, with_quote
from app.services.post_log.sending.keeping import Came


def answer(ctx: Context, item: PostItem, row: Outgoing, new: NewAnswer, mailbox_id: int) -> str:
    """Have an answer that was made go out from a mailbox, over what it answers; returns the mailbox's address.

    Raises:
        UserError: no e-mail is kept with the item, it is to go elsewhere, or it is too large.
    """
    box = sending.box(ctx, mailbox_id)
    came = sending.came(ctx, item.id)
    if came is None:
        raise UserError(
            "No e-mail is kept with this item that could be answered in its thread.",
            "Send it by GOV.UK Notify instead.",
            "mailbox",
        )
    if why := not_theirs(item, came, row.address):
        raise UserError(why, "Send it by GOV.UK Notify, or pass the e-mail on.", "recipient")
    row.subject_line = reply_subject(came.message.subject or item.subject_line)
    text = with_quote(message_words(read_markup(row.body)), came.message)
    token = row.client_reference or f"answer-{row.id}"
    mail = replace(
        sending.mail_from(box, row.address, row.subject_line, text, token, ctx),
        answers=plain_id(came.message.message_id),
        before=came.before,
        attached=sending.attached(ctx, item, new.documents),
    )
    sending.put(ctx, item, row, box, mail, forward=False)
    return box.address


def not_theirs(item: PostItem, came: Came, recipient: str) -> str:
    """Why an e-mail isn't answered in its thread at an address, as a sentence; empty if it may be.

    The answer quotes what they wrote, so it goes nowhere but to where that came from.
    """
    to = recipient.strip().casefold()
    theirs = {item.sender_address.strip().casefold(), came.message.sender_address.casefold()}
    if not to or to in theirs:
        return ""
    return "An answer in the thread quotes their e-mail, so it goes to the address that came from."
