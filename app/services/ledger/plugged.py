"""Checks that areas plug into `rentbook check`, beside those of the ledger itself; `app/registered.py` names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "checks"
Check = Callable[[Context], Iterator[str]]
"""It changes nothing, and tells each fault as a sentence."""

_CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Plug a check in."""
    _CHECKS[name] = check


def checks() -> Mapping[str, Check]:
    """Every check that is plugged in, by its name."""
    plugs.fill(SLOT)
    return dict(sorted(_CHECKS.items()))
