"""E-mails from the office's mailboxes: taken to be sent, settled, and decided by an officer where nobody knows."""

from __future__ import annotations

from sqlalchemy import exists

from app.models.documents import Document
from app.models.letters import Outgoing
from app.models.post_log import PostItem, PostMailbox
from app.models.post_sending import PostSending
from app.models.values import Subject
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.letters.commands import queue
from app.services.letters.commands import sending as letters
from app.services.letters.dto import OutgoingState
from app.services.letters.sending import Outcome, OutcomeKind, Provider
from app.services.post_log import keeping as post
from app.services.post_log.sending import keeping
from app.services.post_log.sending.dto import Handed
from app.services.post_log.sending.handing import is_doubtful


@requires(Permission.SEND_LETTERS)
def take(ctx: Context) -> Handed | None:
    """Take the next e-mail whose time has come, so that no other run sends it; None where there is none.

    What is passed on goes although letters to the account are stopped: it goes to a colleague, not to the tenant.
    """
    require(ctx, Permission.LOG_POST)
    passed_on = exists().where(PostSending.outgoing_id == Outgoing.id, PostSending.forward)
    taken = letters.take(ctx, Provider.MAILBOX, passed_on)
    if taken is None:
        return None
    sending = ctx.session.get_one(PostSending, taken.outgoing_id)
    box = ctx.session.get_one(PostMailbox, sending.mailbox_id)
    kept = ctx.session.get(Document, sending.document_sha256 or "")
    gone = ""
    if box.retired or not box.sends:
        gone = f"Nothing goes out from the mailbox {box.name} any more."
    elif kept is None:
        gone = "What it said was deleted at the end of its time."
    return Handed(
        taken.outgoing_id,
        sending.mailbox_id,
        taken.where,
        sending.message_id,
        kept.content if kept is not None else b"",
        taken.look_up,
        taken.turn,
        gone,
    )


@requires(Permission.SEND_LETTERS)
def settle(ctx: Context, outgoing_id: int, outcome: Outcome, turn: int) -> OutcomeKind:
    """Note what came of handing an e-mail over; one that failed opens its item again. Returns what it means for it."""
    kind = letters.settle(ctx, outgoing_id, outcome, turn)
    row = ctx.session.get_one(Outgoing, outgoing_id)
    sending = ctx.session.get_one(PostSending, outgoing_id)
    if kind is OutcomeKind.REFUSED and row.state == OutgoingState.FAILED:
        sending.doubtful = is_doubtful(outcome)
        keeping.note_failed(ctx, ctx.session.get_one(PostItem, sending.item_id), sending, row, row.error)
    elif kind is OutcomeKind.ACCEPTED:
        sending.doubtful = False
        keeping.note_went(ctx, ctx.session.get_one(PostItem, sending.item_id), sending, row)
    ctx.session.flush()
    return kind


@requires(Permission.SEND_LETTERS)
def note_filed(ctx: Context, outgoing_id: int) -> None:
    """The copy of an e-mail is among what was sent, or nowhere to be put."""
    ctx.session.get_one(PostSending, outgoing_id).filed_at = ctx.clock.now()
    ctx.session.flush()


@requires(Permission.SEND_LETTERS)
def send_again(ctx: Context, outgoing_id: int) -> Changes:
    """Have an e-mail that failed sent again, as the same message.

    Raises:
        UserError: it has not failed, or its item is not the officer's to work on.
    """
    require(ctx, Permission.LOG_POST)
    _, sending = _failed(ctx, outgoing_id)
    sending.doubtful = False
    queue.try_again(ctx, [outgoing_id])
    return _changes(ctx, sending)


@requires(Permission.SEND_LETTERS)
def note_it_went(ctx: Context, outgoing_id: int) -> Changes:
    """Say that an e-mail went although Rentbook couldn't tell: it was found among what was sent, or it was received.

    Raises:
        UserError: it has not failed, or its item is not the officer's to work on.
    """
    require(ctx, Permission.LOG_POST)
    row, sending = _failed(ctx, outgoing_id)
    row.state, row.error, row.sent_at = OutgoingState.SENT.value, "", ctx.clock.now()
    sending.doubtful, sending.filed_at = False, ctx.clock.now()
    keeping.note_went(ctx, ctx.session.get_one(PostItem, sending.item_id), sending, row)
    ctx.session.flush()
    return _changes(ctx, sending)


def _failed(ctx: Context, outgoing_id: int) -> tuple[Outgoing, PostSending]:
    row, sending = ctx.session.get(Outgoing, outgoing_id), ctx.session.get(PostSending, outgoing_id)
    if row is None or sending is None or row.state != OutgoingState.FAILED:
        raise UserError("That e-mail has not failed.", "Look at the item again.")
    access.touch_subject(ctx, Subject.POST_ITEM, sending.item_id)
    return row, sending


def _changes(ctx: Context, sending: PostSending) -> Changes:
    found = post.changes(ctx.session.get_one(PostItem, sending.item_id))
    return Changes(found.areas | {"letters"}, found.account_ids)
