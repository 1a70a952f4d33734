"""How many letters stand where: for the Letters page and for Home, which reads nothing else of letters."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.models.letters import Outgoing
from app.services.core.context import Context
from app.services.letters.dto import Channel, Counts, OutgoingState

_MESSAGES: Final = (Channel.EMAIL.value, Channel.TEXT.value)


def counts(ctx: Context) -> Counts:
    """The figures above the queue."""
    today = datetime.combine(ctx.clock.today(), time(), ctx.clock.now().astimezone().tzinfo).astimezone(UTC)
    letter, message = Outgoing.channel == Channel.LETTER.value, Outgoing.channel.in_(_MESSAGES)
    queued = Outgoing.state == OutgoingState.QUEUED.value
    row = ctx.session.execute(
        select(
            _sum(Outgoing.state == OutgoingState.WAITING.value),
            _sum(and_(queued, letter)),
            _sum(and_(message, or_(queued, Outgoing.state == OutgoingState.SENDING.value))),
            _sum(Outgoing.state == OutgoingState.FAILED.value),
            _sum(and_(Outgoing.state == OutgoingState.PRINTED.value, Outgoing.printed_at >= today)),
        )
    ).one()
    return Counts(*row)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
