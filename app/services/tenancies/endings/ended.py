"""What other areas do when a tenancy has ended, in the same transaction, once the tasks that it leaves are made."""

from __future__ import annotations

from collections.abc import Callable

from app.services.core import plugs
from app.services.core.context import Context

SLOT = "tenancy_ended"
Follow = Callable[[Context, int, str], None]
_FOLLOWS: list[Follow] = []


def register(follow: Follow) -> None:
    """Plug in what is done with the main account of a tenancy that ended, and why; a second time changes nothing."""
    if follow not in _FOLLOWS:
        _FOLLOWS.append(follow)


def tell(ctx: Context, account_id: int, why: str) -> None:
    """A tenancy has ended."""
    plugs.fill(SLOT)
    for follow in _FOLLOWS:
        follow(ctx, account_id, why)
