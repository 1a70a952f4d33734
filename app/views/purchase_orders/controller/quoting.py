"""Quotations of the requisition that is shown: recorded, chosen, or fewer taken."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import Money
from app.services.purchase_orders.orders import commands
from app.services.purchase_orders.orders.dto import NewQuotation, OrderDetail
from app.views.common.evidence import read_evidence
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.quotations import ChooseSheet, QuotationSheet, WaiverSheet

_MISSING_NAME = "Choose the supplier, or type a name."
_MISSING_PRICE = "Type the price and its day, or untick that they gave one."


class QuotationController(OrderWork):
    """A quotation is recorded, with its document."""

    sheet: QuotationSheet

    def make(self, found: OrderDetail) -> QuotationSheet:
        """The sheet."""
        return QuotationSheet(self.page, found, self.find_suppliers, self.office.desk.clock.today())

    def save(self, command: NewQuotation) -> None:
        """Keep it with the first file that was dropped."""
        read_evidence(
            self,
            self.sheet.files(),
            lambda files: self.do(commands.quote, replace(command, file=next(iter(files), None))),
        )


class ChooseController(OrderWork):
    """A quotation is taken."""

    saves = staticmethod(commands.choose)

    def make(self, found: OrderDetail) -> ChooseSheet | str:
        """The sheet, where a price was given."""
        if not any(isinstance(each.net, Money) for each in found.quotations):
            return f"No price is recorded for {found.row.number} yet: record a quotation first."
        return ChooseSheet(self.page, found)


class WaiverController(OrderWork):
    """Fewer quotations than the band wants."""

    saves = staticmethod(commands.waive)

    def make(self, found: OrderDetail) -> WaiverSheet:
        """The sheet."""
        return WaiverSheet(self.page, found)
