"""Keeping mailboxes, and storing what was fetched from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import insert, select, update

from app.models.post_log import PostLeft, PostMailbox
from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.core import keys
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.post_log.mail import taking
from app.services.post_log.mail.dto import Left
from app.services.post_log.mailboxes.dto import MailboxForm, Portion, Stored
from app.services.post_log.mailboxes.imap import on_this_computer
from app.services.post_log.mailboxes.queries import about

_CHANGED = Changes(frozenset({"post_mailboxes"}))
_MOST_MINUTES = 1_440


@requires(Permission.KEEP_POST_RULES)
def save(ctx: Context, form: MailboxForm) -> Changes:
    """Keep a mailbox; its secret is sealed with the office's key. One that points elsewhere now is fetched from the beginning.

    Raises:
        UserError: something is missing, the name is taken, or somebody else changed it meanwhile.
    """
    _check(ctx, form)
    if form.mailbox_id is None:
        row = PostMailbox()
        ctx.session.add(row)
    else:
        row = _row(ctx, form.mailbox_id, form.version)
        if (row.host, row.address, row.folder, row.kind) != (form.host, form.address, form.folder, form.kind):
            row.validity, row.next_uid, row.unmarked, row.delta = None, 1, "", ""
    for name in ("name", "kind", "address", "host", "port", "security", "user", "folder", "sign_in", "tenant"):
        setattr(row, name, getattr(form, name))
    for name in ("client_id", "every_minutes", "sends", "smtp_host", "smtp_port", "smtp_security", "sent_folder"):
        setattr(row, name, getattr(form, name))
    row.error = ""
    ctx.session.flush()
    if form.secret:
        row.sealed = keys.current(ctx).seal(form.secret.encode(), about(row.id))
        ctx.session.flush()
    return _CHANGED


@requires(Permission.KEEP_POST_RULES)
def remove(ctx: Context, mailbox_id: int, version: int) -> Changes:
    """Fetch from a mailbox no more; its secret is forgotten, what came from it stays."""
    row = _row(ctx, mailbox_id, version)
    row.retired, row.sealed, row.name = True, None, f"{row.name[:60]} (removed {row.id})"
    ctx.session.flush()
    return _CHANGED


@requires(Permission.LOG_POST)
def store(ctx: Context, mailbox_id: int, portion: Portion) -> Stored:
    """Log what was fetched and note how far the fetch has come, together: neither is there without the other."""
    imported = taking.take_in(ctx, portion.read)
    refused = {each.place for each in imported.left}
    places = tuple(original.place for original, _ in portion.read if original.place not in refused)
    _note_left(ctx, mailbox_id, (*portion.left, *imported.left), portion.validity)
    values: dict[str, object] = {"unmarked": ",".join(places)[:4000]}
    if portion.next_uid is not None:
        values |= {"validity": portion.validity, "next_uid": portion.next_uid}
    if portion.delta is not None:
        values["delta"] = portion.delta
    _note(ctx, mailbox_id, values)
    return Stored(imported, places)


@requires(Permission.LOG_POST)
def note_marked(ctx: Context, mailbox_id: int) -> None:
    """The messages of the last portion are marked as read."""
    _note(ctx, mailbox_id, {"unmarked": ""})


@requires(Permission.LOG_POST)
def note_ended(ctx: Context, mailbox_id: int, error: str) -> None:
    """A fetch ended, by itself or by an error."""
    _note(ctx, mailbox_id, {"fetched_at": ctx.clock.now(), "error": error[:400]})


@requires(Permission.LOG_POST)
def settle(ctx: Context, left_id: int) -> Changes:
    """A message that waits in its mailbox is dealt with there, or was logged with its card number blanked."""
    row = ctx.session.get(PostLeft, left_id)
    if row is None or row.settled_at is not None:
        raise UserError("That message is settled already.", "Look at the list again.")
    row.settled_at, row.settled_by = ctx.clock.now(), ctx.officer.id
    ctx.session.flush()
    return _CHANGED


def _note(ctx: Context, mailbox_id: int, values: dict[str, object]) -> None:
    """How far a fetch has come is no change of the mailbox: its version stays, and the audit isn't told."""
    ctx.session.execute(update(PostMailbox.__table__).where(PostMailbox.id == mailbox_id).values(values))  # type: ignore[arg-type]


def _note_left(ctx: Context, mailbox_id: int, left: Iterable[Left], validity: int | None) -> None:
    rows = {}
    for each in left:
        key = hashlib.sha256(f"{validity or ''}:{each.place}".encode()).hexdigest()
        rows[key] = {
            "mailbox_id": mailbox_id,
            "key": key,
            "place": each.place[:600],
            "why": each.why.value,
            "message": each.message[:400],
            "hint": each.hint[:400],
            "noted_at": ctx.clock.now(),
            "version": 1,
        }
    for chunk in in_chunks(sorted(rows)):
        there = select(PostLeft.key).where(PostLeft.mailbox_id == mailbox_id, PostLeft.key.in_(chunk))
        for key in ctx.session.scalars(there).all():
            del rows[key]
    if rows:
        ctx.session.execute(insert(PostLeft), list(rows.values()))


def _row(ctx: Context, mailbox_id: int, version: int) -> PostMailbox:
    row = ctx.session.get(PostMailbox, mailbox_id)
    if row is None or row.retired:
        raise UserError("That mailbox is no longer there.", "Look at the list again.")
    refuse_old(row.version, version)
    return row


def _check(ctx: Context, form: MailboxForm) -> None:
    if not form.name.strip():
        raise UserError("Give the mailbox a name.", field="name")
    if "@" not in form.address:
        raise UserError("That is not an e-mail address.", field="address")
    taken = select(PostMailbox.id).where(PostMailbox.name == form.name, PostMailbox.id != (form.mailbox_id or 0))
    if ctx.session.scalar(taken) is not None:
        raise UserError(f"There is a mailbox '{form.name}' already.", field="name")
    if form.mailbox_id is None and not form.secret:
        raise UserError("Write the password, or the application's secret.", field="secret")
    if not 0 <= form.every_minutes <= _MOST_MINUTES or not 0 < form.port < 65_536:
        raise UserError("That number can't be right.", field="port")
    for each in (form.name, form.address, form.user, form.sent_folder):
        refuse_card_number(ctx, each, "mailbox", "name")
    _check_way(form)


def _check_way(form: MailboxForm) -> None:
    """How it is reached: what its kind needs, and no password that others could read on its way."""
    imap = form.kind is MailboxKind.IMAP
    if imap and not form.host.strip():
        raise UserError("Write the server's name.", "Your IT service desk knows it.", "host")
    if not imap and form.sign_in is not SignIn.APP:
        raise UserError(
            "Microsoft 365 takes no passwords.", "Choose an application registered with Microsoft.", "sign_in"
        )
    if form.sign_in is SignIn.APP and not (form.tenant.strip() and form.client_id.strip()):
        raise UserError("Write the directory and the application.", "Your IT service desk knows both.", "tenant")
    if imap and form.security is MailSecurity.NONE and not on_this_computer(form.host):
        raise UserError("Without protection only a server on this computer is reached.", "Choose TLS.", "security")
    if imap and form.sends:
        _check_smtp(form)


def _check_smtp(form: MailboxForm) -> None:
    if not form.smtp_host.strip():
        raise UserError("Write the server that takes outgoing e-mail.", "Your IT service desk knows it.", "smtp_host")
    if not 0 < form.smtp_port < 65_536:
        raise UserError("That number can't be right.", "It is mostly 587.", "smtp_port")
    if form.smtp_security is MailSecurity.NONE and not on_this_computer(form.smtp_host):
        raise UserError("Without protection only a server on this computer is reached.", "Choose TLS.", "smtp_security")
