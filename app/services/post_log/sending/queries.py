"""Looking at the e-mails that go out from the office's mailboxes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.documents import Document
from app.models.letters import Outgoing
from app.models.post_log import PostMailbox
from app.models.post_sending import PostSending
from app.models.values import MailboxKind
from app.services.core.context import Context
from app.services.letters.commands import sending as letters
from app.services.letters.dto import OutgoingState
from app.services.letters.sending import Provider
from app.services.post_log import keeping as post
from app.services.post_log.dto import item_number
from app.services.post_log.sending import keeping
from app.services.post_log.sending.dto import ForwardForm, Handed, SentMail

_FILED_FOR: Final = timedelta(days=2)
"""How long a copy is tried to be put among what was sent."""
_MOST_FILED: Final = 20
_MOST_EARLIER: Final = 12


def waiting(ctx: Context) -> int:
    """How many e-mails wait to go out from a mailbox."""
    return letters.waiting(ctx, Provider.MAILBOX)


def unfiled(ctx: Context) -> tuple[Handed, ...]:
    """What went out by a server that keeps no copy by itself, and whose copy isn't among what was sent yet."""
    rows = ctx.session.execute(
        select(PostSending, Outgoing.address, Document.content)
        .join(Outgoing, Outgoing.id == PostSending.outgoing_id)
        .join(PostMailbox, PostMailbox.id == PostSending.mailbox_id)
        .join(Document, Document.sha256 == PostSending.document_sha256)
        .where(
            PostMailbox.kind == MailboxKind.IMAP,
            ~PostMailbox.retired,
            PostSending.filed_at.is_(None),
            Outgoing.state == OutgoingState.SENT.value,
            Outgoing.sent_at > ctx.clock.now() - _FILED_FOR,
        )
        .order_by(PostSending.outgoing_id)
        .limit(_MOST_FILED)
    )
    return tuple(
        Handed(row.outgoing_id, row.mailbox_id, to, row.message_id, content, look_up=False, turn=0)
        for row, to, content in rows
    )


def of_item(ctx: Context, item_id: int) -> tuple[SentMail, ...]:
    """What went out, or is to, from a mailbox about an item, the latest first.

    Raises:
        UserError: the item's account is restricted and not the officer's to open.
    """
    post.open_item(ctx, item_id)
    rows = ctx.session.execute(
        select(Outgoing, PostSending.forward, PostSending.doubtful)
        .join(PostSending, PostSending.outgoing_id == Outgoing.id)
        .where(PostSending.item_id == item_id)
        .order_by(Outgoing.id.desc())
    )
    return tuple(
        SentMail(
            row.id,
            row.address,
            row.subject_line,
            OutgoingState(row.state),
            row.sent_at or row.asked_at,
            forward,
            doubtful,
            row.error,
        )
        for row, forward, doubtful in rows
    )


def forward_form(ctx: Context, item_id: int) -> ForwardForm:
    """What is known before an item is passed on.

    Raises:
        UserError: there is no such item, or its account is not the officer's to work on.
    """
    item = post.item(ctx, item_id)
    came = keeping.came(ctx, item_id)
    latest = func.max(Outgoing.id)
    earlier = ctx.session.scalars(
        select(Outgoing.address)
        .join(PostSending, PostSending.outgoing_id == Outgoing.id)
        .where(PostSending.forward)
        .group_by(Outgoing.address)
        .order_by(latest.desc())
        .limit(_MOST_EARLIER)
    )
    return ForwardForm(
        item.id,
        item_number(item.year, item.number),
        item.version,
        item.sender,
        item.subject_line,
        keeping.boxes_for(ctx, came),
        tuple(earlier),
        came is not None,
    )
