"""A database that was put back to an older state: what waited in it to be sent may have gone since, and isn't sent twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from app.models.letters import Outgoing
from app.services.backups import afterwards
from app.services.core import audit
from app.services.core.context import Context
from app.services.letters.dto import Channel, OutgoingState


def register() -> None:
    """Plug it in."""
    afterwards.register(look_up_first)


def look_up_first(ctx: Context, as_of: datetime) -> int:
    """Have every message that waits looked up by its reference before it is sent; how many there are.

    Where nobody knows any more whether one went, an officer decides, as after any call without an answer.
    """
    waits = (
        Outgoing.state == OutgoingState.QUEUED.value,
        Outgoing.channel.in_((Channel.EMAIL.value, Channel.TEXT.value)),
    )
    count = ctx.session.scalar(select(func.count()).select_from(Outgoing).where(*waits)) or 0
    if count:
        ctx.session.execute(update(Outgoing).where(*waits).values(state=OutgoingState.SENDING.value, next_try_at=as_of))
        audit.record_bulk(ctx, "outgoing", "update", rows=count, looked_up="before they are sent")
    return count
