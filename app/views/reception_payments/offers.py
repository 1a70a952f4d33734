"""What a work of the Reception tab is, as data; `works` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.services.reception_payments.receipts.dto.shown import ReceiptAct
from app.views.common import works


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    TAKE = "Take"
    RECEIPT = "The receipt"
    DESK = "The desk"


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the tab. `Controller(office, page, ids)` is given the ids of receipts.

    Attributes:
        act: what must be possible with the receipt as it stands; None: it is always offered.
    """

    act: ReceiptAct | None = None
