"""A window says that it is here and hears what it has to know: maintenance, a request to sign out, a wrong clock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from app.models.desks import DeskSession
from app.models.officers import Officer
from app.models.values import DeskEnding
from app.services.admin import maintenance
from app.services.admin.sessions.dto import EXPIRES, GRACE, KEPT, AskedOut, Heard, Told
from app.services.core import gate, officers
from app.services.core.clock import SystemClock
from app.services.core.context import Context
from app.services.core.policy import Policy
from app.services.core.session import Desk


@gate.passes
def beat(ctx: Context, told: Told) -> Heard:
    """Say that a window is here, or that it leaves. It asks for no permission: whoever signed in is seen to.

    Raises:
        WrongVersion: the database's schema isn't this program's any more.
    """
    standing = gate.look(ctx.session)
    _mark_lost(ctx, standing.moment)
    asked = _keep(ctx, told, standing.moment)
    clock = gate.clock_difference(ctx.clock, standing.moment).words if isinstance(ctx.clock, SystemClock) else ""
    return Heard(standing.moment, maintenance.standing(ctx), asked, clock)


def _mark_lost(ctx: Context, now: datetime) -> None:
    """Windows that say nothing any more have ended when they were seen last; what is old is thrown away."""
    here = DeskSession.ended_at.is_(None)
    gone = update(DeskSession).where(here, DeskSession.seen_at < now - EXPIRES)
    ctx.session.execute(gone.values(ended_at=DeskSession.seen_at, ending=DeskEnding.LOST))
    ctx.session.execute(delete(DeskSession).where(DeskSession.ended_at < now - KEPT))


def _keep(ctx: Context, told: Told, now: datetime) -> AskedOut | None:
    """Keep what the window says; the request to sign out that waits for it, if one does."""
    asker = Officer.__table__.alias("asker")
    by: ColumnElement[str] = asker.c.name
    columns = (DeskSession.id, DeskSession.asked_at, DeskSession.asked_words, by.label("by"))
    found = ctx.session.execute(
        select(*columns)
        .outerjoin(asker, asker.c.id == DeskSession.asked_by)
        .where(and_(DeskSession.window == told.window, DeskSession.officer_id == ctx.officer.id))
    ).first()
    says = {
        "page": told.page[:80],
        "seen_at": now,
        "ended_at": now if told.leaving else None,
        "ending": told.leaving,
    }
    if found is not None:
        ctx.session.execute(update(DeskSession).where(DeskSession.id == found.id).values(**says))
    elif told.leaving is None:
        whose = {"window": told.window, "officer_id": ctx.officer.id, "since": now, "asked_words": ""}
        where = {"computer": told.computer[:120], "program": told.program[:40]}
        ctx.session.execute(insert(DeskSession).values(**whose, **where, **says))
    if found is None or found.asked_at is None:
        return None
    return AskedOut(found.by or "", found.asked_words, found.asked_at + GRACE)


def tell(desk: Desk, told: Told) -> Heard:
    """A window's beat, for which a server's desks don't wait for each other: a long run must not make them look lost.

    Raises:
        UserError: as `beat`, or the officer has left.
    """

    def work(session: Session) -> Heard:
        officer = officers.current(session, desk.officer.id)
        return beat(Context(session, officer, desk.clock, Policy(session)), told)

    return desk.database.transact(work, turn=False)
