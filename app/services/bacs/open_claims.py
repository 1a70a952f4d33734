"""Whether a payer's bank claims back what was collected for an account: the area of Direct Debit, which lies above, says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "open_claims"
Says = Callable[[Context, int], str]
_says: list[Says] = []


def register(says: Says) -> None:
    """Plug in what tells of an account which claim is open, as a sentence; empty where none is."""
    if says not in _says:
        _says.append(says)


def open_claim(ctx: Context, account_id: int) -> str:
    """The claim under the Direct Debit Guarantee that is open about an account, as a sentence; empty where none is."""
    plugs.fill(SLOT)
    return next((said for each in _says if (said := each(ctx, account_id))), "")
