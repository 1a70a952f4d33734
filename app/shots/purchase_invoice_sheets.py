"""Scenes of the sheets of invoices: logged, a bill, accepted, coded, disputed, told, settled, kept back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, InvoiceKind, InvoiceState, Money, PurchaseVat
from app.services.purchase_orders.invoices.dto import OrderChoice, Suspect
from app.services.purchase_orders.orders.dto import LineRow
from app.shots.purchase_invoices import PAPER, PRICE, detail, dispute, document, opened, row
from app.shots.stage import Scene, Stage
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.dispute_sheets import DisputeSheet, SettleSheet, TellSheet
from app.views.purchase_orders.invoice_log import LogSheet
from app.views.purchase_orders.invoice_sheets import AcceptSheet, CodesSheet, RetentionSheet

_TODAY: Final = date(2026, 11, 21)


def _log(stage: Stage, kind: InvoiceKind = InvoiceKind.INVOICE) -> QWidget:
    page = opened(stage)
    (page.bill_wanted if kind is InvoiceKind.UTILITY else page.log_wanted).emit()
    sheet = stage.fresh(LogSheet)
    sheet.fields.fill({"supplier_number": "SH-4471", "invoice_on": date(2026, 11, 18)})
    stage.settle()
    if kind is InvoiceKind.INVOICE:
        order = OrderChoice(
            7, "PO00007", "Boiler parts", 3, "Sample Heating Supplies Ltd", "open", 1, Money(160_00), Money(32_00)
        )
        valves = LineRow(
            1, 1, "Radiator valves", 10_000, "each", 20_00_000, PurchaseVat.STANDARD, True, False, Money(200_00), Money(40_00),
            8_000, 0, ZERO, 0, (),
        )  # fmt: skip
        sheet.fields.fill({"supplier": Picked(3, "Sample Heating Supplies Ltd", "S00003"), "order_quoted": "PO 7"})
        stage.settle()
        sheet.show_order(order, (valves,))
        sheet.fields.fill({"net": Money(160_00), "vat": Money(32_01)})
        sheet.show_rates(date(2026, 11, 18), {PurchaseVat.STANDARD: Decimal(20)})
        sheet.take_over()
        stage.settle()
        same = Suspect(
            9, "IN00009", "SH4471", _TODAY, Money(192_01), InvoiceState.PAID, "The same but for a sign", False
        )
        sheet.show_suspects((same,))
        sheet.paper.show_kept("SH-4471.pdf", document(PAPER))
    return sheet


def _bill(stage: Stage) -> QWidget:
    return _log(stage, InvoiceKind.UTILITY)


def _accept(stage: Stage) -> QWidget:
    AcceptSheet(opened(stage), detail(), PRICE).open()
    return stage.fresh(AcceptSheet)


def _codes(stage: Stage) -> QWidget:
    offered = [Picked(1, "HR100 4120", "Responsive repairs"), Picked(2, "HR100 4130", "Planned maintenance")]
    CodesSheet(opened(stage), detail(), detail().match.lines[0], offered).open()
    return stage.fresh(CodesSheet)


def _dispute(stage: Stage) -> QWidget:
    DisputeSheet(opened(stage), detail(), lambda: _TODAY).open()
    return stage.fresh(DisputeSheet)


def _tell(stage: Stage) -> QWidget:
    sheet = TellSheet(opened(stage), detail(), dispute(), lambda: _TODAY)
    sheet.open()
    sheet.show_preview(
        "Invoice SH-4471 is disputed\n\nDear Sample Heating Supplies Ltd\n\n10 are charged, 8 were received."
    )
    return stage.fresh(TellSheet)


def _settle(stage: Stage) -> QWidget:
    SettleSheet(opened(stage), detail(), dispute(), lambda: _TODAY).open()
    return stage.fresh(SettleSheet)


def _kept(stage: Stage) -> QWidget:
    found = detail(row=row(retention=Money(24_00), retention_on=date(2027, 5, 3)))
    RetentionSheet(opened(stage), found, lambda: _TODAY).open()
    return stage.fresh(RetentionSheet)


SCENES = (
    Scene("purchase-log", _log),
    Scene("purchase-log-bill", _bill),
    Scene("purchase-accept", _accept),
    Scene("purchase-codes", _codes),
    Scene("purchase-dispute", _dispute),
    Scene("purchase-dispute-tell", _tell),
    Scene("purchase-dispute-settle", _settle),
    Scene("purchase-kept-back", _kept),
)
