"""What a till was over or under, on the control account of its own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.reception_payments.tills import TillSession
from app.models.values import JournalKind
from app.services.core.context import Context
from app.services.ledger import periods, reversing
from app.services.ledger.controls import CONTRA, control
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append

COUNTER: Final = "cash:counter"
UNDERS_OVERS: Final = "unders_overs"


def register() -> None:
    """Tell the ledger which journals are of tills: what two officers signed is not taken back by one."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Reception"))


def _made(ctx: Context, journal: int) -> str:
    number = ctx.session.scalar(select(TillSession.number).where(TillSession.journal == journal))
    return "" if number is None else f"what till session {number} was over or under"


def over_or_under(ctx: Context, session: TillSession) -> int | None:
    """Post what a session was over or under, so that the counter's cash is what was counted; None where it was neither."""
    over = (session.counted_pence or 0) - (session.expected_pence or 0)
    if not over:
        return None
    words = f"Till session {session.number} {'over' if over > 0 else 'under'}"
    on = session.business_on
    lines = [
        Line(control(ctx, COUNTER), CONTRA, over, on, None, words),
        Line(control(ctx, UNDERS_OVERS), CONTRA, -over, on, None, words),
    ]
    header = JournalHeader(
        JournalKind.ADJUSTMENT,
        periods.first_open_day(ctx.session, on),
        words,
        f"till_session:{session.id}:difference",
        narrative=words,
    )
    return append(ctx, header, lines, contras=False).journal
