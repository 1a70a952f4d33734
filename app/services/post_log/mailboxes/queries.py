"""Looking at mailboxes, and what is needed to open one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.models.post_log import PostLeft, PostMailbox
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require
from app.services.post_log.mail.dto import Why
from app.services.post_log.mailboxes.dto import Access, LeftRow, MailboxForm, MailboxRow


def listed(ctx: Context) -> tuple[MailboxRow, ...]:
    """The mailboxes in use; their secrets are never handed out."""
    waits = select(PostLeft.mailbox_id, func.count()).where(PostLeft.settled_at.is_(None)).group_by(PostLeft.mailbox_id)
    waiting = dict(ctx.session.execute(waits).all())
    rows = ctx.session.scalars(select(PostMailbox).where(~PostMailbox.retired).order_by(PostMailbox.name))
    return tuple(
        MailboxRow(row.id, row.version, _form(row), row.fetched_at, row.error, waiting.get(row.id, 0)) for row in rows
    )


def left(ctx: Context) -> tuple[LeftRow, ...]:
    """What waits in the mailboxes until somebody settles it, the oldest first."""
    found = ctx.session.execute(
        select(PostLeft, PostMailbox.name)
        .join(PostMailbox, PostMailbox.id == PostLeft.mailbox_id)
        .where(PostLeft.settled_at.is_(None))
        .order_by(PostLeft.id)
    )
    return tuple(
        LeftRow(row.id, row.mailbox_id, name, row.place, Why(row.why), row.message, row.hint, row.noted_at)
        for row, name in found
    )


def to_fetch(ctx: Context, names: tuple[str, ...] = ()) -> tuple[int, ...]:
    """The mailboxes of these names, or all.

    Raises:
        UserError: there is none of such a name, or none at all.
    """
    rows = ctx.session.execute(
        select(PostMailbox.id, PostMailbox.name).where(~PostMailbox.retired).order_by(PostMailbox.name)
    ).all()
    known = {name.casefold() for _, name in rows}
    for name in names:
        if name.casefold() not in known:
            raise UserError(f"There is no mailbox '{name}'.", f"There are: {', '.join(each for _, each in rows)}.")
    wanted = {name.casefold() for name in names}
    if not rows:
        raise UserError("No mailbox is set up yet.", "Add one on the Post tab, under Mailboxes.")
    return tuple(mailbox_id for mailbox_id, name in rows if not wanted or name.casefold() in wanted)


def due(ctx: Context) -> tuple[int, ...]:
    """The mailboxes that are to be fetched by themselves now."""
    now = ctx.clock.now()
    rows = ctx.session.execute(
        select(PostMailbox.id, PostMailbox.every_minutes, PostMailbox.fetched_at).where(
            ~PostMailbox.retired, PostMailbox.every_minutes > 0
        )
    )
    return tuple(mailbox_id for mailbox_id, every, at in rows if at is None or at + timedelta(minutes=every) <= now)


def access(ctx: Context, mailbox_id: int) -> Access:
    """What is needed to open a mailbox, for whoever may log the post.

    Raises:
        UserError: the officer may not log post, the mailbox has gone, or the key isn't at this desk.
    """
    require(ctx, Permission.LOG_POST)
    row = ctx.session.get(PostMailbox, mailbox_id)
    if row is None or row.retired:
        raise UserError("That mailbox is no longer there.", "Look at the list again.")
    sealed = ctx.session.scalar(select(PostMailbox.sealed).where(PostMailbox.id == mailbox_id))
    secret = keys.unseal(ctx.session, sealed, about(mailbox_id)).decode() if sealed else ""
    return Access(
        row.id,
        row.name,
        row.kind,
        row.address,
        row.host,
        row.port,
        row.security,
        row.user or row.address,
        row.folder,
        row.sign_in,
        row.tenant,
        row.client_id,
        secret,
        row.validity,
        row.next_uid,
        tuple(each for each in row.unmarked.split(",") if each),
        row.delta,
        row.smtp_host,
        row.smtp_port,
        row.smtp_security,
        row.sent_folder,
    )


def about(mailbox_id: int) -> str:
    """What a mailbox's secret is sealed about."""
    return f"post_mailbox:{mailbox_id}"


def _form(row: PostMailbox) -> MailboxForm:
    return MailboxForm(
        row.name,
        row.kind,
        row.address,
        row.host,
        row.port,
        row.security,
        row.user,
        row.folder,
        row.sign_in,
        row.tenant,
        row.client_id,
        "",
        row.every_minutes,
        row.id,
        row.version,
        row.sends,
        row.smtp_host,
        row.smtp_port,
        row.smtp_security,
        row.sent_folder,
    )
