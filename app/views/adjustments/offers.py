"""What a work and a part of the card of the Adjustments tab are, as data; `works` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.services.adjustments.register.dto import Act, Stage, What
from app.views.common import works
from app.views.common.works import Part


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    ENTER = "Enter"
    RECHARGE = "Recharges"
    REFUND = "Refunds"
    WRITE_OFF = "Write-offs"
    DECIDE = "What is shown"


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the Adjustments tab. `Controller(office, page, ids)` is given the ids of the records, of one kind.

    Attributes:
        whats: of which of the four the line must be that it is done to; none: of any.
        stages: how far that must have come; none: any.
        act: what the officer must be the one to do next; None: whoever has the permissions.
    """

    whats: frozenset[What] = frozenset()
    stages: frozenset[Stage] = frozenset()
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class CardPart(Part):
    """A tab of the card, for the lines of some kinds only; none: of all."""

    whats: frozenset[What] = frozenset()
