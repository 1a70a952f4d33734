"""Maintenance: announced with a time, counted down at every desk, ended by whoever looks after Rentbook.

From its beginning on only they can work; it stays on until one of them ends it, whatever becomes of the desk that began it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.desks import Maintenance
from app.models.officers import Officer
from app.services.admin.sessions.dto import Announced
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.gate import passes
from app.services.core.moments import database_moment
from app.services.core.permissions import Permission, requires

LONGEST: Final = timedelta(days=7)
MOST_WORDS: Final = 200
_CHANGED: Final = Changes(frozenset({"admin"}))


@dataclass(frozen=True, slots=True)
class NewMaintenance:
    """Maintenance to be announced: in how many minutes it begins (0: now), and what every desk is told of it."""

    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class MaintenanceChanged:
    """What was done, in a sentence."""

    told: str
    changes: Changes


def standing(ctx: Context) -> Announced | None:
    """The maintenance that is announced or on."""
    found = ctx.session.execute(
        select(Maintenance.begins_at, Maintenance.words, Officer.name)
        .join(Officer, Officer.id == Maintenance.announced_by)
        .where(Maintenance.ended_at.is_(None))
        .order_by(Maintenance.begins_at, Maintenance.id)
    ).first()
    if found is None:
        return None
    stays = Permission.CLOSE_RENTBOOK in ctx.officer.permissions
    return Announced(found.begins_at, found.name, found.words, stays)


@passes
@requires(Permission.CLOSE_RENTBOOK)
def announce(ctx: Context, new: NewMaintenance) -> MaintenanceChanged:
    """Announce maintenance: every desk counts down, keeps what is typed as drafts, and is signed out when it begins.

    It is announced in a database of another version too: that is what an upgrade begins with.

    Raises:
        UserError: some is announced already, it begins too late, nothing is said of it, or its words hold a card number.
    """
    words = new.words.strip()
    if not words:
        raise UserError("Say what it is for.", "Every desk shows it.", "words")
    if len(words) > MOST_WORDS:
        raise UserError(f"That is longer than {MOST_WORDS} characters.", "Say it in a sentence.", "words")
    refuse_card_number(ctx, words, "message", "words")
    length = timedelta(minutes=new.minutes)
    if not timedelta() <= length <= LONGEST:
        raise UserError("Maintenance begins now or within seven days.", "Give another time.", "minutes")
    before = standing(ctx)
    if before is not None:
        raise UserError(
            f"{before.by} announced maintenance already, from {before.begins_at.astimezone():%H:%M} on.",
            "End it first; then announce it anew.",
        )
    now = database_moment(ctx.session)
    row = Maintenance(words=words, announced_at=now, announced_by=ctx.officer.id, begins_at=now + length)
    ctx.session.add(row)
    ctx.session.flush()
    if not new.minutes:
        return MaintenanceChanged("Rentbook is closed for maintenance; end it when you are done.", _CHANGED)
    at = row.begins_at.astimezone()
    return MaintenanceChanged(f"Rentbook closes for maintenance at {at:%H:%M}; every desk counts down.", _CHANGED)


@passes
@requires(Permission.CLOSE_RENTBOOK)
def end(ctx: Context) -> MaintenanceChanged:
    """End the maintenance that is announced or on, whoever announced it.

    Raises:
        UserError: there is none.
    """
    rows = ctx.session.scalars(select(Maintenance).where(Maintenance.ended_at.is_(None))).all()
    if not rows:
        raise UserError("No maintenance is announced or on.", "There is nothing to end.")
    now = database_moment(ctx.session)
    begun = any(row.begins_at <= now for row in rows)
    for row in rows:
        row.ended_at, row.ended_by = now, ctx.officer.id
    ctx.session.flush()
    told = "Rentbook is open again." if begun else "The maintenance is called off; every desk hears of it."
    return MaintenanceChanged(told, _CHANGED)
