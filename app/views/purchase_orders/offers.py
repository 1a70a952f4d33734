"""What a work of the Purchase Orders tab is, as data; `works` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.services.purchase_orders.orders.dto import Act
from app.views.common import works


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    ORDER = "The order"
    WORKS = "Works orders"
    SUPPLIER = "The supplier"
    INVOICE = "The invoice"
    MONEY = "Money"


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the tab. `Controller(office, page, ids)` is given the ids of orders.

    Attributes:
        act: what must be possible with the order as it stands; None: it is always offered.
        everywhere: it can be begun beside every section of the tab.
    """

    act: Act | None = None
    everywhere: bool = False
