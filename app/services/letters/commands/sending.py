"""The outbox: each step of sending is committed before and after the call, so that nothing is sent twice or lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.models.documents import DocumentLink
from app.models.landlord import Setting
from app.models.letters import Outgoing
from app.services.core import keys
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import queries as documents
from app.services.letters import went
from app.services.letters.approving import AREAS
from app.services.letters.dto import Channel, OutgoingState
from app.services.letters.provider import PUBLIC_URL, Notify, looks_like_key
from app.services.letters.sending import (
    KEPT_BY_PROVIDER,
    LEASE,
    MOST_LOOKED_UP,
    MOST_TRIES,
    Outcome,
    OutcomeKind,
    Provider,
    SendingSettings,
    Taken,
    became,
    next_try,
)
from app.services.letters.stopped import may_go

NO_KEY: Final = "Not sent: the office has no key for GOV.UK Notify."
_MESSAGES: Final = (Channel.EMAIL.value, Channel.TEXT.value)
_KEY, _URL = "notify.key", "notify.url"
_FIELDS: Final = {
    "email_template": "notify.email_template",
    "text_template": "notify.text_template",
    "reply_to": "notify.reply_to",
    "file_template": "notify.file_template",
}
_MOST_POLLED: Final = 500


@requires(Permission.EDIT_POLICY)
def set_sending(ctx: Context, settings: SendingSettings, key: str | None = None) -> Changes:
    """Enter how the office reaches GOV.UK Notify. `key`: None leaves the one that is kept, nothing takes it away.

    The key is kept encrypted with the database's own key, which is never in the database.

    Raises:
        UserError: the key isn't one, or this desk doesn't hold the database's key.
    """
    if key and not looks_like_key(key):
        raise UserError(
            "That is not a key of GOV.UK Notify.",
            "Copy the whole key from its page 'API integration': a name and two long numbers with dashes.",
            "key",
        )
    for name, setting in _FIELDS.items():
        _set(ctx, setting, getattr(settings, name).strip())
    if key is not None:
        _set(ctx, _KEY, keys.current(ctx).seal(key.strip().encode(), _KEY).hex() if key.strip() else "")
    ctx.session.flush()
    return Changes(AREAS | {"admin"})


def settings(ctx: Context) -> SendingSettings:
    """How the office reaches GOV.UK Notify."""
    found = _settings(ctx)
    return SendingSettings(**{name: found.get(key, "") for name, key in _FIELDS.items()}, has_key=bool(found.get(_KEY)))


def provider(ctx: Context) -> Notify | None:
    """The connection, or None where the office has no key.

    Raises:
        UserError: the key of the database isn't at this desk.
    """
    found = _settings(ctx)
    if not found.get(_KEY):
        return None
    key = keys.unseal(ctx.session, bytes.fromhex(found[_KEY]), _KEY).decode()
    return Notify(
        key,
        found.get(_FIELDS["email_template"], ""),
        found.get(_FIELDS["text_template"], ""),
        found.get(_FIELDS["reply_to"], ""),
        found.get(_URL) or PUBLIC_URL,
        file_template=found.get(_FIELDS["file_template"], ""),
    )


def waiting(ctx: Context, by: Provider = Provider.NOTIFY) -> int:
    """How many e-mails and text messages wait to be sent or to be looked up, those whose time has not come too."""
    states = (OutgoingState.QUEUED.value, OutgoingState.SENDING.value)
    statement = select(func.count()).select_from(Outgoing)
    return ctx.session.scalar(statement.where(*_by(by), Outgoing.state.in_(states))) or 0


@requires(Permission.SEND_LETTERS)
def note_unsent(ctx: Context) -> int:
    """Where the office has no key: say so on each message that waits; returns how many there are."""
    rows = ctx.session.scalars(
        select(Outgoing).where(
            *_by(Provider.NOTIFY), Outgoing.state == OutgoingState.QUEUED.value, Outgoing.error != NO_KEY
        )
    ).all()
    for row in rows:
        row.error = NO_KEY
    ctx.session.flush()
    return waiting(ctx)


@requires(Permission.SEND_LETTERS)
def take(ctx: Context, by: Provider = Provider.NOTIFY, anyway: ColumnElement[bool] | None = None) -> Taken | None:
    """Take the next message whose time has come, so that no other run sends it; None where there is none.

    Args:
        ctx: of the officer in whose name it is sent.
        by: who takes it.
        anyway: which messages go although letters to their account are stopped; they go to somebody else.
    """
    now = ctx.clock.now()
    due = select(Outgoing).where(_due(ctx, by, anyway)).order_by(Outgoing.tries, Outgoing.id)
    row = ctx.session.scalars(due.limit(1)).first()
    if row is None:
        return None
    before = row.next_try_at
    look_up = row.state == OutgoingState.SENDING
    too_late = look_up and before is not None and now - before > KEPT_BY_PROVIDER
    row.state = OutgoingState.SENDING.value
    row.tries += 1
    row.next_try_at = now + LEASE
    ctx.session.flush()
    return Taken(
        row.id,
        Channel(row.channel),
        row.address,
        row.subject_line,
        row.body,
        row.client_reference or f"rentbook-{row.id}",
        look_up=look_up,
        too_late=too_late,
        turn=row.tries,
        **_file(ctx, row, by),
    )


def _file(ctx: Context, row: Outgoing, by: Provider) -> dict[str, Any]:
    """What goes with a message, and what it is called: the document of it that GOV.UK Notify is given."""
    if by is not Provider.NOTIFY or row.channel != Channel.EMAIL or row.document_sha256 is None:
        return {}
    name = select(DocumentLink.file_name).where(
        DocumentLink.sha256 == row.document_sha256,
        DocumentLink.subject == row.subject,
        DocumentLink.subject_id == row.subject_id,
    )
    called = ctx.session.scalar(name.order_by(DocumentLink.id).limit(1)) or f"{row.title}.pdf"
    return {"file": documents.content(ctx, row.document_sha256), "file_name": called}


@requires(Permission.SEND_LETTERS)
def settle(ctx: Context, outgoing_id: int, outcome: Outcome, turn: int = 0) -> OutcomeKind:
    """Note what came of a call; returns what it means for the message, since too many tries are a refusal.

    A call that outlived its lease (a desk that slept) may only say that the message was taken: where another run took it
    up since (`turn` is not the latest), anything else would have it sent twice.
    """
    row = ctx.session.get_one(Outgoing, outgoing_id)
    now = ctx.clock.now()
    kind = outcome.kind
    words = outcome.words
    if turn and turn != row.tries and (kind is not OutcomeKind.ACCEPTED or row.state != OutgoingState.SENDING):
        return kind
    row.tries -= not outcome.counts
    most = {OutcomeKind.BUSY: MOST_TRIES, OutcomeKind.UNKNOWN: MOST_LOOKED_UP}
    if row.tries >= most.get(kind, row.tries + 1):
        kind, words = OutcomeKind.REFUSED, f"Tried {row.tries} times. {words}"
    _note(row, kind, words, outcome.provider_id, now)
    went.tell(ctx, (row,))
    return kind


def _note(row: Outgoing, kind: OutcomeKind, words: str, provider_id: str, now: datetime) -> None:
    """Write what came of a call into the row of its message."""
    row.error = "" if kind is OutcomeKind.ACCEPTED else words[:400]
    if kind is OutcomeKind.ACCEPTED:
        row.state, row.provider_id, row.sent_at, row.next_try_at = (
            OutgoingState.SENT.value,
            provider_id[:40],
            now,
            None,
        )
    elif kind is OutcomeKind.REFUSED:
        row.state, row.next_try_at = OutgoingState.FAILED.value, None
    else:
        row.state = (OutgoingState.QUEUED if kind is OutcomeKind.BUSY else OutgoingState.SENDING).value
        row.next_try_at = next_try(row.tries, now)


def undelivered(ctx: Context) -> tuple[tuple[int, str], ...]:
    """Messages that were taken and whose delivery isn't known, the oldest first, while the provider still knows them."""
    statement = (
        select(Outgoing.id, Outgoing.provider_id)
        .where(
            Outgoing.provider == Provider.NOTIFY.value,
            Outgoing.state == OutgoingState.SENT.value,
            Outgoing.provider_id.is_not(None),
            Outgoing.sent_at > ctx.clock.now() - KEPT_BY_PROVIDER,
        )
        .order_by(Outgoing.sent_at)
        .limit(_MOST_POLLED)
    )
    return tuple((row.id, row.provider_id) for row in ctx.session.execute(statement))


@requires(Permission.SEND_LETTERS)
def note_status(ctx: Context, outgoing_id: int, status: str) -> OutcomeKind | None:
    """Note the delivery status of a message; returns whether it arrived (ACCEPTED), failed, or is still under way."""
    row = ctx.session.get_one(Outgoing, outgoing_id)
    kind, words = became(status)
    row.provider_status = status[:40]
    if row.state == OutgoingState.SENT and kind is OutcomeKind.ACCEPTED:
        row.state = OutgoingState.DELIVERED.value
    elif row.state == OutgoingState.SENT and kind is OutcomeKind.REFUSED:
        row.state, row.error = OutgoingState.FAILED.value, words
    went.tell(ctx, (row,))
    return kind


def _by(by: Provider) -> tuple[ColumnElement[bool], ...]:
    """The e-mails and text messages that somebody takes."""
    return (Outgoing.channel.in_(_MESSAGES), Outgoing.provider == by.value)


def _due(ctx: Context, by: Provider, anyway: ColumnElement[bool] | None) -> ColumnElement[bool]:
    now = ctx.clock.now()
    free = may_go(ctx) if anyway is None else or_(may_go(ctx), anyway)
    return and_(
        *_by(by),
        or_(
            and_(
                Outgoing.state == OutgoingState.QUEUED.value,
                or_(Outgoing.next_try_at.is_(None), Outgoing.next_try_at <= now),
                free,
            ),
            and_(Outgoing.state == OutgoingState.SENDING.value, Outgoing.next_try_at <= now),
        ),
    )


def _settings(ctx: Context) -> dict[str, str]:
    wanted = (_KEY, _URL, *_FIELDS.values())
    return {row.key: row.value for row in ctx.session.scalars(select(Setting).where(Setting.key.in_(wanted)))}


def _set(ctx: Context, key: str, value: str) -> None:
    standing = ctx.session.get(Setting, key)
    if standing is None:
        ctx.session.add(Setting(key=key, value=value))
    else:
        standing.value = value
