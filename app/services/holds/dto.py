"""Holds as they are placed and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import HoldKind


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """A hold to be placed; no `from_on` means today, no `to_on` until it is released (both days are held)."""

    account_id: int
    kind: HoldKind
    reason: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as listed; `live` says whether it holds today."""

    hold_id: int
    account_id: int
    kind: HoldKind
    reason: str
    from_on: date
    to_on: date | None
    placed_by: str
    live: bool
