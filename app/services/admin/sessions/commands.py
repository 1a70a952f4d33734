"""A desk is asked to sign out."""

from __future__ import annotations

from sqlalchemy import select, update

from app.models.desks import DeskSession
from app.models.officers import Officer
from app.services.admin.sessions.dto import EXPIRES, GRACE, SignOutAsked
from app.services.core import audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.moments import database_moment
from app.services.core.permissions import Permission, requires


@requires(Permission.CLOSE_RENTBOOK)
def ask_to_sign_out(ctx: Context, session_id: int, words: str) -> SignOutAsked:
    """Ask whoever sits at a desk to sign out; two minutes later it is done for them, and what they typed is a draft.

    Raises:
        UserError: they have left, were asked already, or the words hold a card number.
    """
    refuse_card_number(ctx, words, "message", "words")
    now = database_moment(ctx.session)
    found = ctx.session.execute(
        select(DeskSession.ended_at, DeskSession.seen_at, DeskSession.asked_at, DeskSession.computer, Officer.name)
        .join(Officer, Officer.id == DeskSession.officer_id)
        .where(DeskSession.id == session_id)
    ).first()
    if found is None or found.ended_at is not None or found.seen_at < now - EXPIRES:
        raise UserError("They have left in the meantime.", "There is nothing to ask any more.")
    if found.asked_at is not None:
        raise UserError(f"{found.name} was asked already.", "Their desk signs out by itself two minutes later.")
    asks = {"asked_at": now, "asked_by": ctx.officer.id, "asked_words": words.strip()[:200]}
    ctx.session.execute(update(DeskSession).where(DeskSession.id == session_id).values(**asks))
    audit.record(ctx, "desk_session", str(session_id), "asked", to="sign out", officer=found.name, words=words.strip())
    minutes = int(GRACE.total_seconds() // 60)
    told = f"{found.name} at {found.computer} is asked to sign out; the desk does it by itself in {minutes} minutes."
    return SignOutAsked(told, Changes(frozenset({"admin"})))
