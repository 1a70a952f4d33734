"""What a work of the Purchase Orders tab is, as data; `works` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.models.values import OrderKind, OrderState, OrderVersionState
from app.services.purchase_orders.orders.dto import Act, OrderDetail
from app.views.common import works


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    ORDER = "The order"
    WORKS = "Works orders"
    SUPPLIER = "The supplier"
    INVOICE = "The invoice"
    MONEY = "Money"


def amendment_waits(found: OrderDetail) -> bool:
    """Whether an amendment of an open order waits for approval."""
    return found.row.state is OrderState.OPEN and any(
        each.state is OrderVersionState.WAITING for each in found.versions
    )


def works_open(found: OrderDetail) -> bool:
    """Whether it is an order of works that may still change."""
    live = {OrderState.DRAFT, OrderState.WAITING, OrderState.OPEN}
    return found.row.kind is OrderKind.WORKS and found.row.state in live


def approval_of(found: OrderDetail) -> int | None:
    """The request that waits: for the requisition, or for an amendment of it; None where none does."""
    if found.row.state is OrderState.WAITING:
        return found.request_id
    if not amendment_waits(found):
        return None
    return next(each.request_id for each in found.versions if each.state is OrderVersionState.WAITING)


def waits(found: OrderDetail) -> bool:
    """Whether an approval of it can be looked at: of the requisition, or of an amendment."""
    return approval_of(found) is not None


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the tab. `Controller(office, page, ids)` is given the ids of orders.

    Attributes:
        act: what must be possible with the order as it stands; None: it is always offered.
        everywhere: it can be begun beside every section of the tab.
    """

    act: Act | None = None
    everywhere: bool = False
