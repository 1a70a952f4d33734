"""What other parts do when a mandate stops, goes on again, or pays other accounts: each is plugged in, and told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.models.values import MandateState
from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "mandate_ended"


@dataclass(frozen=True, slots=True)
class Turned:
    """A mandate that was suspended, cancelled, let lapse, or goes on again: what it was and what it is, and why."""

    mandate_id: int
    account_id: int
    was: MandateState
    now: MandateState
    why: str


Follow = Callable[[Context, Sequence[Turned]], None]
_FOLLOWS: list[Follow] = []
PaysOthers = Callable[[Context, int], None]
_PAYS_OTHERS: list[PaysOthers] = []


def register(follow: Follow) -> None:
    """Plug in what is done when mandates turn; a second time changes nothing."""
    if follow not in _FOLLOWS:
        _FOLLOWS.append(follow)


def tell(ctx: Context, turned: Sequence[Turned]) -> None:
    """Some mandates have turned: their rows stand as they are now."""
    if not turned:
        return
    plugs.fill(SLOT)
    for follow in _FOLLOWS:
        follow(ctx, turned)


def register_accounts(follow: PaysOthers) -> None:
    """Plug in what is done when a mandate pays other accounts than before; a second time changes nothing."""
    if follow not in _PAYS_OTHERS:
        _PAYS_OTHERS.append(follow)


def tell_accounts(ctx: Context, mandate_id: int) -> None:
    """A mandate pays other accounts than before, as its rows say now."""
    plugs.fill(SLOT)
    for follow in _PAYS_OTHERS:
        follow(ctx, mandate_id)
