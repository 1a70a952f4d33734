"""Scenes of the Purchase Orders tab: the orders, a requisition, quotations, amending, sending, works and 'Is it paid?'."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import OrderState
from app.services.purchase_orders.orders.dto import OrderFilter, OrderView
from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.amend import AgreementSheet, AmendSheet
from app.views.purchase_orders.order_sheets import CancelRestSheet, RepeatSheet, WhySheet
from app.views.purchase_orders.page import PurchaseOrdersPage
from app.views.purchase_orders.paid import PaidSheet
from app.views.purchase_orders.quotations import QuotationSheet, WaiverSheet
from app.views.purchase_orders.requisition import RequisitionSheet
from app.views.purchase_orders.roll import RollSheet
from app.views.purchase_orders.send import SendSheet
from app.views.purchase_orders.works_order import DoneSheet, WorksSheet

_EVERYTHING = OrderFilter()
_OPEN = OrderFilter(states=frozenset({OrderState.OPEN}), text="kitchen fittings")
_LATE = OrderFilter(view=OrderView.WORKS, text="leak")
_AGREEMENTS = OrderFilter(view=OrderView.AGREEMENTS)
_DRAFT = OrderFilter(states=frozenset({OrderState.DRAFT}))


def _page(stage: Stage, wanted: OrderFilter = _EVERYTHING, part: int = 0) -> PurchaseOrdersPage:
    page: PurchaseOrdersPage = stage.controller("purchase_orders").page
    page.show_only(_EVERYTHING)
    stage.settle()
    page.show_only(wanted)
    stage.settle()
    page.list.table.go_to(0)
    stage.wait(lambda: _is_first(page))
    page.card.parts.tabs.setCurrentIndex(part)
    stage.settle()
    return page


def _is_first(page: PurchaseOrdersPage) -> bool:
    """Whether the card shows the first order of the list."""
    first = page.list.model.row_at(0) if page.list.model.rowCount() else None
    return first is not None and page.detail is not None and page.detail.row.order_id == first.order_id


def _listed(stage: Stage, wanted: OrderFilter, part: int = 0) -> QWidget:
    _page(stage, wanted, part)
    return stage.window


def _work(stage: Stage, title: str, wanted: OrderFilter, sheet: type[Sheet]) -> QWidget:
    page = _page(stage, wanted)
    next(action for work, action in page.works.items() if work.title == title).trigger()
    return stage.fresh(sheet)


def _requisition(stage: Stage) -> QWidget:
    """Two lines, one of them split, beside them what they come to."""
    page = _page(stage)
    next(action for work, action in page.works.items() if work.title == "New requisition").trigger()
    sheet = stage.fresh(RequisitionSheet)
    codes = [[str(each.budget_id), each.code, each.name] for each in sheet.offered.codes]
    supplier = page.list.model.row_at(0)
    if supplier is not None and supplier.supplier_id is not None:
        sheet.fields.fill({"supplier_id": Picked(supplier.supplier_id, supplier.supplier)})
    sheet.lines.set_value(
        [
            {
                "description": "Masonry paint, white",
                "quantity": "400",
                "price": "14.50",
                "vat": "Standard",
                "code": codes[0],
            },
            {"description": "Primer", "quantity": "30", "price": "12.685", "code": codes[0], "share": "40%"},
            {"code": codes[-1]},
        ]
    )
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _works(stage: Stage) -> QWidget:
    page = _page(stage)
    next(action for work, action in page.works.items() if work.title == "Raise a works order").trigger()
    return stage.fresh(WorksSheet)


def _paid(stage: Stage) -> QWidget:
    """F8, and a supplier that is asked for."""
    _page(stage)
    stage.press(Qt.Key.Key_F8)
    sheet = stage.fresh(PaidSheet)
    sheet.text.setText("Sample")
    stage.wait(lambda: bool(sheet.answer.text()))
    return sheet


def _account(stage: Stage) -> QWidget:
    """The part of an account's card that shows the works orders of its property: Ctrl+Shift+R."""
    page = _page(stage, _LATE)
    stage.wait(lambda: page.account_id is not None)
    accounts = stage.controller("rent")
    accounts.open_account(page.account_id)
    stage.wait(lambda: accounts.header is not None)
    stage.settle()
    stage.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    return stage.window


def _section(stage: Stage, key: str) -> QWidget:
    page: PurchaseOrdersPage = stage.controller("purchase_orders").page
    page.sections.open(key)
    stage.settle()
    return stage.window


SCENES = (
    Scene("purchase-orders", partial(_listed, wanted=_EVERYTHING)),
    Scene("purchase-orders-open", partial(_listed, wanted=_OPEN)),
    Scene("purchase-orders-codes", partial(_listed, wanted=_OPEN, part=1)),
    Scene("purchase-orders-quotations", partial(_listed, wanted=_OPEN, part=2)),
    Scene("purchase-orders-papers", partial(_listed, wanted=_OPEN, part=3)),
    Scene("purchase-orders-overdue", partial(_listed, wanted=OrderFilter(view=OrderView.OVERDUE))),
    Scene("purchase-orders-late-works", partial(_listed, wanted=_LATE)),
    Scene("purchase-orders-requisition", _requisition),
    Scene("purchase-orders-change", partial(_work, title="Change", wanted=_DRAFT, sheet=RequisitionSheet)),
    Scene("purchase-orders-quote", partial(_work, title="Record a quotation", wanted=_DRAFT, sheet=QuotationSheet)),
    Scene("purchase-orders-waive", partial(_work, title="Fewer quotations", wanted=_DRAFT, sheet=WaiverSheet)),
    Scene("purchase-orders-amend", partial(_work, title="Amend", wanted=_OPEN, sheet=AmendSheet)),
    Scene("purchase-orders-agreement", partial(_work, title="Amend", wanted=_AGREEMENTS, sheet=AgreementSheet)),
    Scene("purchase-orders-agreements", partial(_listed, wanted=_AGREEMENTS, part=4)),
    Scene("purchase-orders-cancel", partial(_work, title="Cancel what is left", wanted=_OPEN, sheet=CancelRestSheet)),
    Scene("purchase-orders-close", partial(_work, title="Close", wanted=_OPEN, sheet=WhySheet)),
    Scene("purchase-orders-template", partial(_work, title="Keep as a template", wanted=_OPEN, sheet=RepeatSheet)),
    Scene("purchase-orders-send", partial(_work, title="Send", wanted=_OPEN, sheet=SendSheet)),
    Scene("purchase-orders-roll", partial(_work, title="Roll into the new year", wanted=_OPEN, sheet=RollSheet)),
    Scene("purchase-orders-works", _works),
    Scene("purchase-orders-done", partial(_work, title="The works are done", wanted=_LATE, sheet=DoneSheet)),
    Scene("purchase-orders-account", _account),
    Scene("purchase-orders-paid", _paid),
    Scene("purchase-orders-categories", partial(_section, key="categories")),
    Scene("purchase-orders-points", partial(_section, key="delivery_points")),
)
