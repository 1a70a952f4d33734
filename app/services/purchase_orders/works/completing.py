"""What the services above do when works are done: everything that is left of the order is received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.services.core import plugs
from app.services.core.context import Context

Receive = Callable[[Context, int, int, str, date], object]
"""(order, its version, the caller's own name for it, the day) -> what is made of it."""

_RECEIVES: list[Receive] = []


def register(receive: Receive) -> None:
    """Plug in how the rest of an order is received; `app/registered.py` names the module that does."""
    if receive not in _RECEIVES:
        _RECEIVES.append(receive)


def receive_rest(ctx: Context, order_id: int, version: int, entry_key: str, on: date) -> None:
    """Receive what is left of an order whose works were done.

    Raises:
        UserError: it can't be received, such as by whoever asked for it.
    """
    plugs.fill("works_done")
    for receive in _RECEIVES:
        receive(ctx, order_id, version, entry_key, on)
