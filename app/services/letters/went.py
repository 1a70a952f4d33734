"""What other areas do when it changes whether something of the register went: each is plugged in, and told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from app.models.letters import Outgoing
from app.services.core import plugs
from app.services.core.context import Context
from app.services.letters.dto import OutgoingState

SLOT = "went"
Follow = Callable[[Context, Sequence[Outgoing]], None]
_FOLLOWS: list[Follow] = []
_GONE: Final = frozenset({OutgoingState.PRINTED, OutgoingState.SENT, OutgoingState.DELIVERED})


def register(follow: Follow) -> None:
    """Plug in what is done with lines of the register; a second time changes nothing."""
    if follow not in _FOLLOWS:
        _FOLLOWS.append(follow)


def tell(ctx: Context, rows: Sequence[Outgoing]) -> None:
    """Some lines were printed, sent or cancelled, failed or came back, or their mark was taken back; they stand as they do now."""
    plugs.fill(SLOT)
    ctx.session.flush()
    for follow in _FOLLOWS:
        follow(ctx, rows)


def went_on(row: Outgoing) -> date | None:
    """The day on which a letter was printed or a message was taken; none: it hasn't gone, failed, or came back."""
    at = row.printed_at or row.sent_at
    return at.astimezone().date() if at is not None and row.state in _GONE else None
