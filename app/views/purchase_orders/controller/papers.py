"""The documents of an order: as it was printed, its quotations, photographs, and what else was kept with it."""

from __future__ import annotations

from app.models.values import Subject
from app.services.purchase_orders.orders.dto import OrderDetail
from app.views.common.papers_desk import PapersDesk


class PapersController(PapersDesk):
    """The documents of the order that is shown; nothing is attached to one that the officer may not open."""

    def about(self, found: OrderDetail) -> tuple[Subject, bool]:
        """The order."""
        return Subject.PURCHASE_ORDER, found.row.shut
