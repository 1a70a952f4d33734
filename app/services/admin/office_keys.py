"""The keys of the database: what each seals, and a new one, which a second officer agrees to.

A new key is made when whoever knew the old one has left, or a copy of it went astray. What is sealed is sealed anew with it,
place by place in small transactions, so that a power cut costs nothing: whatever still has another key is done the next
time. Old keys stay where they are: kept files, earlier backups, and the marks by which equal accounts are known need them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.models.drafts import EncryptionKey
from app.models.landlord import Setting
from app.models.values import Subject
from app.services.admin.officers_dto import Asked
from app.services.approvals import keeping
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import audit, keys, sealed
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk

KIND: Final = "new_key"
_ALLOWED: Final = "keys.new_allowed"
_AT_ONCE: Final = 200
_MOST_TOLD: Final = 10
_CHANGED: Final = Changes(frozenset({"admin"}))


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of the database.

    Attributes:
        number: the first is 1; the newest is used for what is sealed from now on.
        here: this desk has it.
        seals: how much is sealed with it, by what it is.
    """

    number: int
    key_id: str
    made_at: datetime
    here: bool
    newest: bool
    seals: tuple[tuple[str, int], ...] = ()

    @property
    def to_renew(self) -> int:
        """How much of it is to be sealed anew; kept files and forms in progress are not."""
        left = {sealed.DOCUMENTS, sealed.DRAFTS}
        return 0 if self.newest else sum(count for what, count in self.seals if what not in left)


@dataclass(frozen=True, slots=True)
class KeysPage:
    """Every key, the newest first.

    Attributes:
        request: for a new key, that waits for a second officer.
        allowed: a new key may be made now: a second officer agreed.
    """

    rows: tuple[KeyRow, ...]
    request: int | None
    allowed: bool


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was made."""

    key_id: str
    changes: Changes = field(default_factory=lambda: _CHANGED)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was sealed anew.

    Attributes:
        shut: what no key opens, by its place with the numbers of its rows: it was altered, and is left as it is.
    """

    count: int
    shut: tuple[tuple[str, tuple[int, ...]], ...] = ()
    changes: Changes = field(default_factory=lambda: _CHANGED)

    @property
    def told(self) -> str:
        """What was done, as a sentence or two."""
        done = f"{self.count:,} thing{' was' if self.count == 1 else 's were'} sealed anew."
        if not self.shut:
            return done
        count = sum(len(rows) for _, rows in self.shut)
        where = "; ".join(
            f"{place} ({', '.join(str(each) for each in rows[:_MOST_TOLD])})" for place, rows in self.shut
        )
        return (
            f"{done} {count:,} could not be opened, since {'it was' if count == 1 else 'they were'} altered: {where}."
        )


def register() -> None:
    """Plug the kind of request in."""
    register_kind(ApprovalKind(KIND, "New key", Permission.APPROVE_OFFICER_CHANGES, _apply, _details))


def page(ctx: Context) -> KeysPage:
    """The keys with what they seal."""
    counts = sealed.held_by(ctx)
    rows = ctx.session.scalars(select(EncryptionKey).order_by(EncryptionKey.number.desc())).all()
    listed = tuple(
        KeyRow(
            row.number,
            row.key_id,
            row.made_at,
            keys.is_held(ctx.session, row.key_id),
            row is rows[0],
            tuple(sorted(counts[row.key_id].items())),
        )
        for row in rows
    )
    waiting = keeping.waiting_for(ctx, Subject.POLICY, KIND)
    return KeysPage(listed, next(iter(waiting.values()), None), _is_allowed(ctx))


@requires(Permission.EXPORT_KEY)
def ask_new(ctx: Context, reason: str) -> Asked:
    """Ask for a new key.

    Raises:
        UserError: one is asked for or allowed already, no reason is given, or the office has one officer.
    """
    if _is_allowed(ctx) or keeping.waiting_for(ctx, Subject.POLICY, KIND):
        raise UserError("A new key was asked for already.", "Make it once a second officer has agreed.")
    number = ctx.session.scalar(select(EncryptionKey.number).order_by(EncryptionKey.number.desc()).limit(1)) or 0
    new = NewRequest(KIND, Subject.POLICY, -number, f"A new key, after key {number}", reason, {"after": number})
    return Asked(keeping.ask(ctx, new))


@requires(Permission.EXPORT_KEY)
def make_new(ctx: Context) -> NewKey:
    """Make the new key at this desk, once a second officer has agreed; other desks need its file.

    Raises:
        UserError: nobody agreed to one, or it can't be kept here.
    """
    row = ctx.session.get(Setting, _ALLOWED)
    if row is None or not row.value:
        raise UserError(
            "No second officer has agreed to a new key.", "Ask for one first; it is approved on the page Approvals."
        )
    key = keys.make(ctx.session, ctx.clock)
    row.value = ""
    ctx.session.flush()
    audit.record_bulk(ctx, EncryptionKey.__tablename__, "made", key_id=key.key_id)
    return NewKey(key.key_id)


@requires(Permission.EXPORT_KEY)
def renew_some(ctx: Context, place: sealed.Place, after: int) -> sealed.Portion:
    """Seal some of one place anew."""
    return sealed.reseal(ctx, place, after, _AT_ONCE)


@requires(Permission.EXPORT_KEY)
def renew_settings(ctx: Context) -> int:
    """Seal the keys of other services anew."""
    count = sealed.reseal_settings(ctx)
    audit.record_bulk(ctx, EncryptionKey.__tablename__, "renewed", key_id=keys.current(ctx).key_id)
    return count


def renew(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Renewed:
    """Seal everything anew that another key than the newest has sealed; what was done stays done if it is stopped.

    What was altered keeps nothing else from being sealed anew, and is told.

    Raises:
        UserError: a key isn't at this desk, or the key of another service was altered; all else is done.
    """
    cancel, count = cancel or CancelToken(), 0
    shut: dict[str, tuple[int, ...]] = {}
    for done, place in enumerate(sealed.PLACES):
        progress(done, len(sealed.PLACES), place.title)
        after: int | None = 0
        while after is not None:
            cancel.check()
            done_now = desk.do(renew_some, place, after)
            after, count = done_now.last, count + done_now.changed
            if done_now.shut:
                shut[place.title] = (*shut.get(place.title, ()), *done_now.shut)
    return Renewed(count + desk.do(renew_settings), tuple(shut.items()))


def _is_allowed(ctx: Context) -> bool:
    row = ctx.session.get(Setting, _ALLOWED)
    return row is not None and bool(row.value)


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = ctx.session.get(Setting, _ALLOWED)
    if row is None:
        ctx.session.add(Setting(key=_ALLOWED, value=str(payload["after"])))
    else:
        row.value = str(payload["after"])
    ctx.session.flush()
    return _CHANGED


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    counts = sealed.held_by(ctx)
    total = sum(sum(each.values()) for each in counts.values())
    return (
        Detail("Key in use", f"{payload['after']}", f"{int(str(payload['after'])) + 1}"),
        Detail("Sealed", "", f"{total:,} things, to be sealed anew but for kept files"),
    )
