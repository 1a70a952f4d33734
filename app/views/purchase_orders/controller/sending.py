"""The order that is shown goes to its supplier."""

from __future__ import annotations

from app.models.values import OrderSent
from app.services.core.context import Context
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import OrderDetail, Saved
from app.services.purchase_orders.suppliers import queries as suppliers
from app.views.common.printing import print_pdf
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.send import SendSheet


def _order(ctx: Context, order_id: int) -> tuple[OrderDetail, str, bool]:
    found = queries.detail(ctx, order_id)
    supplier_id = found.row.supplier_id
    email = suppliers.detail(ctx, supplier_id).fields.email if supplier_id is not None else ""
    return found, email, queries.goes_as_pdf(ctx)


class SendController(OrderWork):
    """The sheet, with the order as it is printed; one that is printed goes to the printer once it is sent."""

    sheet: SendSheet
    asks = staticmethod(_order)
    saves = staticmethod(commands.send)

    def make(self, found: tuple[OrderDetail, str, bool]) -> SendSheet:
        """The sheet."""
        return SendSheet(self.page, *found)

    def opened(self) -> None:
        """Draw the order."""
        self.paper = b""
        self.ask(queries.paper, self.sheet.shown.row.order_id, then=self._show)

    def tell(self, saved: Saved) -> None:
        """Say what was done, and print it where it goes on paper."""
        printed = self.sheet.command().by is OrderSent.PRINTED
        super().tell(saved)
        if printed and self.paper:
            print_pdf(self.page, self.paper, saved.number)

    def _show(self, content: bytes) -> None:
        self.paper = content
        self.sheet.show_paper(content)
