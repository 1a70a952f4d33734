"""How many letters stand where: for the Letters page and for Home, which reads nothing else of letters."""

from __future__ import annotations

from typing import Final

from sqlalchemy import and_, or_, select

from app.models.letters import Outgoing
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.counting import count_where
from app.services.letters.dto import Channel, Counts, OutgoingState

_MESSAGES: Final = (Channel.EMAIL.value, Channel.TEXT.value)


def counts(ctx: Context) -> Counts:
    """The figures above the queue."""
    today = midnight(ctx.clock.today())
    letter, message = Outgoing.channel == Channel.LETTER.value, Outgoing.channel.in_(_MESSAGES)
    queued = Outgoing.state == OutgoingState.QUEUED.value
    row = ctx.session.execute(
        select(
            count_where(Outgoing.state == OutgoingState.WAITING.value),
            count_where(and_(queued, letter)),
            count_where(and_(message, or_(queued, Outgoing.state == OutgoingState.SENDING.value))),
            count_where(Outgoing.state == OutgoingState.FAILED.value),
            count_where(and_(Outgoing.state == OutgoingState.PRINTED.value, Outgoing.printed_at >= today)),
        )
    ).one()
    return Counts(*row)
