"""Who is signed in where, and who was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.models.desks import DeskSession
from app.models.officers import Officer
from app.models.values import DeskEnding
from app.services.admin import maintenance
from app.services.admin.sessions.dto import EXPIRES, LOST, SessionRow, SessionsPage
from app.services.core.context import Context
from app.services.core.moments import database_moment
from app.services.core.permissions import Permission, require

MOST = 1_000
_HOW = {
    DeskEnding.SIGNED_OUT: "Signed out",
    DeskEnding.ASKED: "Signed out when asked",
    DeskEnding.MAINTENANCE: "Signed out for maintenance",
    DeskEnding.LOST: LOST,
}


def page(ctx: Context, *, ended: bool = False) -> SessionsPage:
    """Who is here, the first to come first; with `ended`, who left in the last thirty days after them, the last first.

    A window that said nothing for two minutes counts as lost, whether or not another has noted it yet.

    Raises:
        UserError: the officer may neither close Rentbook, change officers nor read the audit.
    """
    if not {Permission.CLOSE_RENTBOOK, Permission.MANAGE_OFFICERS} & ctx.officer.permissions:
        require(ctx, Permission.VIEW_AUDIT)
    now = database_moment(ctx.session)
    statement = select(DeskSession, Officer.name).join(Officer, Officer.id == DeskSession.officer_id)
    if not ended:
        statement = statement.where(DeskSession.ended_at.is_(None), DeskSession.seen_at >= now - EXPIRES)
    found = ctx.session.execute(statement.order_by(DeskSession.since.desc(), DeskSession.id.desc()).limit(MOST))
    rows = [_row(row.DeskSession, row.name, now) for row in found]
    here = sorted((row for row in rows if row.here), key=lambda row: (row.since, row.session_id))
    return SessionsPage((*here, *(row for row in rows if not row.here)), maintenance.standing(ctx), now)


def _row(kept: DeskSession, officer: str, now: datetime) -> SessionRow:
    lost = kept.ended_at is None and kept.seen_at < now - EXPIRES
    ending = DeskEnding.LOST if lost else kept.ending
    how = _HOW[ending] if ending else ("Asked to sign out" if kept.asked_at else "Here")
    return SessionRow(
        kept.id,
        officer,
        kept.computer,
        kept.program,
        kept.page,
        kept.since,
        kept.seen_at,
        how,
        ending is None,
    )
