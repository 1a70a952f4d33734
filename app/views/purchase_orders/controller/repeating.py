"""A requisition like another: a copy, a template, a call-off from an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.purchase_orders.orders import commands
from app.services.purchase_orders.orders.dto import OrderDetail, Repeat, Saved
from app.views.common.office import Office
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.controller.requisition import ChangeController
from app.views.purchase_orders.order_sheets import RepeatSheet
from app.views.purchase_orders.page import PurchaseOrdersPage


class CopyController(QObject):
    """A draft like the order that is shown; it is opened to be changed."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, ids: Sequence[int]) -> None:
        super().__init__(page)

        def made(saved: Saved) -> None:
            office.messages.good(saved.told)
            office.open_record(Subject.PURCHASE_ORDER, saved.order_id)
            ChangeController(office, page, (saved.order_id,))

        office.do(self, commands.repeat, Repeat(ids[0], f"copy:{uuid4().hex}"), then=made)


class TemplateController(OrderWork):
    """A template like the order that is shown."""

    saves = staticmethod(commands.repeat)

    def make(self, found: OrderDetail) -> RepeatSheet:
        """The sheet."""
        return RepeatSheet(self.page, found, self.office.desk.clock.today(), template=True)


class CallOffController(OrderWork):
    """Something is called off the agreement that is shown; the draft is opened to be changed."""

    saves = staticmethod(commands.repeat)

    def make(self, found: OrderDetail) -> RepeatSheet:
        """The sheet."""
        return RepeatSheet(self.page, found, self.office.desk.clock.today(), template=False)

    def tell(self, saved: Saved) -> None:
        """Say what was done, and change the draft."""
        super().tell(saved)
        ChangeController(self.office, self.page, (saved.order_id,))
