"""What other areas do when something that hasn't gone yet is called off: each is plugged in, and told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.letters import Outgoing
from app.services.core import plugs
from app.services.core.context import Context

SLOT = "called_off"
Follow = Callable[[Context, Sequence[Outgoing], str], None]
_FOLLOWS: list[Follow] = []


def register(follow: Follow) -> None:
    """Plug in what is done with lines of the register, and why they are called off; a second time changes nothing."""
    if follow not in _FOLLOWS:
        _FOLLOWS.append(follow)


def tell(ctx: Context, rows: Sequence[Outgoing], why: str) -> None:
    """Some lines are called off; they stand as they did before."""
    plugs.fill(SLOT)
    for follow in _FOLLOWS:
        follow(ctx, rows, why)
