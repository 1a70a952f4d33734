"""Whether payers' banks claim back what was collected for accounts: the area of Direct Debit, which lies above, says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "open_claims"
Says = Callable[[Context, Collection[int]], Mapping[int, str]]
_says: list[Says] = []


def register(says: Says) -> None:
    """Plug in what tells of some accounts which claim is open, as sentences by account; those without one are left out."""
    if says not in _says:
        _says.append(says)


def open_claims(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """The claim under the Direct Debit Guarantee that is open about each account, as a sentence; in a fixed number of statements."""
    plugs.fill(SLOT)
    found: dict[int, str] = {}
    for each in _says:
        found = {**each(ctx, account_ids), **found}
    return found


def open_claim(ctx: Context, account_id: int) -> str:
    """The claim under the Direct Debit Guarantee that is open about an account, as a sentence; empty where none is."""
    return open_claims(ctx, [account_id]).get(account_id, "")
