"""E-mails from the office's mailboxes, for commands that asked for a permission of their own."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.models.letters import Outgoing
from app.models.post_log import PostEvent, PostItem, PostMailbox, PostMessage
from app.models.post_sending import PostSending
from app.models.values import MailboxKind, PostState, PostStep, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.documents.recognising import safe_name
from app.services.letters.sending import Provider
from app.services.post_log import keeping as post
from app.services.post_log.mail import headers
from app.services.post_log.mail.charsets import header_text
from app.services.post_log.mail.dto import Message, Original
from app.services.post_log.mail.eml import MEDIA_TYPE
from app.services.post_log.mail.reading import read
from app.services.post_log.sending.composing import compose, plain_id
from app.services.post_log.sending.dto import Attached, NewMail, SendingBox

SENT: Final = "sent message"
"""The kind of the link of a message as it went."""
_MOST: Final = {MailboxKind.GRAPH: 3_000_000, MailboxKind.IMAP: 25_000_000}
"""Microsoft Graph takes 4 MB, in which a message grows by a third; mail servers take some 25 to 35 MB."""


@dataclass(frozen=True, slots=True)
class Came:
    """The latest e-mail of an item, as it came.

    Attributes:
        before: the Message-IDs of its conversation, the eldest first.
    """

    message: Message
    original: Original
    before: tuple[str, ...]


def boxes(ctx: Context) -> tuple[SendingBox, ...]:
    """The mailboxes that e-mail goes out from, by name."""
    rows = ctx.session.scalars(
        select(PostMailbox).where(PostMailbox.sends, ~PostMailbox.retired).order_by(PostMailbox.name)
    )
    return tuple(SendingBox(row.id, row.name, row.address, _MOST[row.kind]) for row in rows)


def boxes_for(ctx: Context, came: Came | None) -> tuple[SendingBox, ...]:
    """The mailboxes that an item may be answered from, the one that its e-mail came to first."""
    there = frozenset(each.casefold() for each in came.message.recipients) if came is not None else frozenset()
    return tuple(sorted(boxes(ctx), key=lambda box: box.address.casefold() not in there))


def box(ctx: Context, mailbox_id: int) -> SendingBox:
    """One of them.

    Raises:
        UserError: nothing goes out from it (any more).
    """
    found = next((each for each in boxes(ctx) if each.mailbox_id == mailbox_id), None)
    if found is None:
        raise UserError("Nothing goes out from that mailbox any more.", "Choose another.", "mailbox")
    return found


def came(ctx: Context, item_id: int) -> Came | None:
    """The latest e-mail of an item; none where none is kept or none can be read."""
    row = ctx.session.execute(
        select(PostMessage.document_sha256, Document.content)
        .join(Document, Document.sha256 == PostMessage.document_sha256)
        .where(PostMessage.item_id == item_id)
        .order_by(PostMessage.sent_at.desc(), PostMessage.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    original = Original(row[0], row[1])
    try:
        message = read(original)
    except UserError:
        return None
    return Came(message, original, _before(message, original))


def mail_from(box_: SendingBox, to: str, subject: str, text: str, token: str, ctx: Context) -> NewMail:
    """An e-mail from a mailbox; `token` makes its Message-ID."""
    domain = box_.address.rpartition("@")[2]
    return NewMail(box_.name, box_.address, to, subject, text, f"{token}@{domain}", ctx.clock.now())


def attached(ctx: Context, item: PostItem, link_ids: tuple[int, ...]) -> tuple[Attached, ...]:
    """Documents of an item that go with an e-mail, in the order they were chosen.

    Raises:
        UserError: one of them is no document of the item any more.
    """
    found = {
        link_id: Attached(name, media_type, content)
        for link_id, name, media_type, content in ctx.session.execute(
            select(DocumentLink.id, DocumentLink.file_name, Document.media_type, Document.content)
            .join(Document, Document.sha256 == DocumentLink.sha256)
            .where(
                DocumentLink.subject == Subject.POST_ITEM.value,
                DocumentLink.subject_id == item.id,
                DocumentLink.unlinked_at.is_(None),
                DocumentLink.id.in_(link_ids[:100]),
            )
        )
    }
    if set(link_ids) - found.keys():
        raise UserError("A document that was chosen is no longer with the item.", "Choose again.", "documents")
    return tuple(found[each] for each in link_ids)


def put(ctx: Context, item: PostItem, row: Outgoing, box_: SendingBox, new: NewMail, *, forward: bool) -> None:
    """Have a line of the register go out from a mailbox, with the message whole as it will go.

    Raises:
        UserError: it is larger than the mailbox is given.
    """
    content = compose(new)
    if len(content) > box_.most_bytes:
        raise UserError(
            f"The e-mail has {len(content) / 1_000_000:.1f} MB; from {box_.name} at most"
            f" {box_.most_bytes // 1_000_000} MB go out.",
            "Choose fewer documents.",
            "documents",
        )
    row.provider = Provider.MAILBOX.value
    sha256 = documents.put(ctx, content, MEDIA_TYPE)
    ctx.session.add(
        PostSending(
            outgoing_id=row.id,
            item_id=item.id,
            mailbox_id=box_.mailbox_id,
            message_id=new.message_id,
            key=headers.key_of(new.message_id),
            document_sha256=sha256,
            forward=forward,
        )
    )
    name = f"{safe_name(new.subject.replace('/', '-'))[:180]}.eml"
    documents.link(ctx, sha256, NewLink(Subject.POST_ITEM, item.id, SENT, new.subject, name))
    ctx.session.flush()


def note_failed(ctx: Context, item: PostItem, sending: PostSending, row: Outgoing, why: str) -> None:
    """An e-mail didn't go, or nobody knows: its item is open again, and to be answered unless another answer went."""
    words = f"The e-mail to {row.address} did not go: {why}"
    if item.state in {PostState.CLOSED, PostState.FORWARDED}:
        item.state, item.closed_at, item.outcome = PostState.OPEN, None, ""
        post.record(ctx, item.id, PostStep.REOPENED, words, outgoing_id=row.id)
    else:
        post.record(ctx, item.id, PostStep.CHANGED, words, outgoing_id=row.id)
    others = select(PostEvent.id).where(
        PostEvent.item_id == item.id,
        PostEvent.step == PostStep.REPLIED,
        (PostEvent.outgoing_id != row.id) | PostEvent.outgoing_id.is_(None),
    )
    if not sending.forward and ctx.session.scalars(others.limit(1)).first() is None:
        item.replied_on = None


def note_went(ctx: Context, item: PostItem, sending: PostSending, row: Outgoing) -> None:
    """An e-mail that had failed went after all: its item is answered, or with whom it was passed on to."""
    if sending.forward and item.state is PostState.OPEN:
        item.state, item.closed_at, item.outcome = PostState.FORWARDED, ctx.clock.now(), f"Passed on to {row.address}"
        post.record(ctx, item.id, PostStep.FORWARDED, f"To {row.address}", outgoing_id=row.id)
    elif not sending.forward and item.replied_on is None:
        item.replied_on = ctx.clock.today()
        post.record(ctx, item.id, PostStep.REPLIED, f"By e-mail to {row.address}", outgoing_id=row.id)


def _before(message: Message, original: Original) -> tuple[str, ...]:
    """The Message-IDs that a message names as its conversation, in their order."""
    if message.media_type != MEDIA_TYPE:
        return ()
    parsed = email.message_from_bytes(original.content, policy=email.policy.compat32)
    named = [header_text(str(parsed.get(name, ""))) for name in ("references", "in-reply-to")]
    return tuple(each for each in headers.message_ids(*named) if plain_id(each))
