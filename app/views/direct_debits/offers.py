"""What a work of the Direct Debits tab is, as data; `works` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.models.values import MandateState
from app.services.direct_debits.mandates.dto import Act, MandateDetail
from app.views.common import works


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    MANDATE = "The mandate"
    SCHEDULE = "The schedule"
    BANK = "What comes back"


COLLECTING: Final = frozenset({MandateState.NEW, MandateState.LODGED, MandateState.LIVE, MandateState.AMENDED})


def collects(found: MandateDetail) -> bool:
    """Whether a mandate is collected, or will be: its schedule can be changed and its payer told."""
    return found.row.state in COLLECTING


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the Direct Debits tab. `Controller(office, page, ids)` is given the ids of mandates.

    Attributes:
        act: what must be possible with the mandate as it stands; None: it is always offered.
    """

    act: Act | None = None
