"""Credits that nobody claimed, put forward together to be written on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.values import ZERO, Money
from app.services.adjustments.refunds.dto import CreditRow


@dataclass(frozen=True, slots=True)
class Proposal:
    """The credits over six years old.

    Attributes:
        rows: that may be written on, the largest first.
        lacking: of each other one what it lacks, as a sentence by its reference.
    """

    rows: tuple[CreditRow, ...]
    lacking: Mapping[str, str]

    @property
    def total(self) -> Money:
        """What may be written on of them, in all."""
        return sum((row.unclaimed for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class PutForward:
    """Credits that are to be written on together.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        account_ids: those that are; empty: all that may be.
        note: for whoever approves it.
    """

    entry_key: str
    account_ids: tuple[int, ...] = ()
    note: str = ""
