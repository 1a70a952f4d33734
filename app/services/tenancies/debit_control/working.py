"""A sheet as it is worked out, before it is shown or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.services.tenancies.debit_control.charged import WeekCharged
from app.services.tenancies.debit_control.dto import GroupDebit, Move, Place, Position


@dataclass(frozen=True, slots=True)
class Worked:
    """A week's sheet: its lines and movements, where it closes, and what the week was charged."""

    week_on: date
    since: date
    from_signed: bool
    charged: bool
    lines: tuple[GroupDebit, ...]
    moves: tuple[Move, ...]
    closing: Mapping[Place, Position]
    week: WeekCharged
