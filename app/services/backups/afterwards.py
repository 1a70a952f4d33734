"""What other areas do in a backup that is put back, before anybody works in it: each is plugged in and told in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "put_back"
After = Callable[[Context, datetime], int]
"""Is given the moment as it was when the backup was made, and says how many things have to be looked up."""
_AFTER: list[After] = []


def register(after: After) -> None:
    """Plug in what is done; a second time changes nothing."""
    if after not in _AFTER:
        _AFTER.append(after)


def follow(ctx: Context, as_of: datetime) -> int:
    """Do all of it; how many things have to be looked up."""
    plugs.fill(SLOT)
    return sum(after(ctx, as_of) for after in _AFTER)
