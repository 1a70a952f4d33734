"""The notes on an order, and another."""

from __future__ import annotations

from app.models.values import Subject
from app.services.purchase_orders.orders.dto import OrderDetail
from app.views.common.notes import NotesPart
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office


class NotesController(NotesDesk):
    """The notes on the order that is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, NotesPart("order"), Subject.PURCHASE_ORDER, "order")

    def title(self, record: OrderDetail) -> str:
        """What a draft of a note on this order is called."""
        return f"A note on {record.row.number}"
