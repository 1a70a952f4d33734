"""What the Purchase Orders tab offers beside the list of orders: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.purchase_orders.orders.dto import Act
from app.views.common import works
from app.views.common.works import About, Offered, Part, Section
from app.views.purchase_orders.offers import Group, Work, amendment_waits, waits

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

_RAISES = frozenset({Permission.RAISE_ORDERS})
_PAYS = frozenset({Permission.PAY_SUPPLIERS, Permission.APPROVE_SUPPLIER_PAYMENTS})
_READS = frozenset(
    {
        Permission.RAISE_ORDERS,
        Permission.APPROVE_ORDERS,
        Permission.RECEIVE_GOODS,
        Permission.LOG_INVOICES,
        Permission.PAY_SUPPLIERS,
        Permission.KEEP_SUPPLIERS,
    }
)

WORKS: tuple[works.Work, ...] = (
    Work(
        "requisition",
        "New requisition",
        "Ctrl+Return",
        "cart-plus",
        Group.ORDER,
        "RequisitionController",
        _RAISES,
        About.OFFICE,
        shown=True,
        primary=True,
    ),
    Work(
        "requisition",
        "Change",
        "F2",
        "pencil-outline",
        Group.ORDER,
        "ChangeController",
        _RAISES,
        shown=True,
        act=Act.CHANGE,
    ),
    Work(
        "quoting",
        "Record a quotation",
        "Ctrl+Shift+Q",
        "file-plus-outline",
        Group.ORDER,
        "QuotationController",
        _RAISES,
        shown=True,
        act=Act.QUOTE,
    ),
    Work(
        "quoting",
        "Choose a quotation",
        "Ctrl+Shift+C",
        "check",
        Group.ORDER,
        "ChooseController",
        _RAISES,
        act=Act.QUOTE,
        fits=lambda found: bool(found.quotations),
    ),
    Work(
        "quoting", "Fewer quotations", "", "file-alert-outline", Group.ORDER, "WaiverController", _RAISES, act=Act.WAIVE
    ),
    Work(
        "deciding",
        "Ask for approval",
        "Ctrl+Shift+A",
        "account-arrow-right-outline",
        Group.ORDER,
        "AskController",
        _RAISES,
        shown=True,
        act=Act.ASK,
    ),
    Work(
        "handing",
        "Open its approval",
        "Ctrl+Shift+G",
        "account-check-outline",
        Group.ORDER,
        "ApprovalController",
        frozenset({Permission.USE_APPROVALS}),
        shown=True,
        fits=waits,
    ),
    Work(
        "deciding",
        "Withdraw",
        "F7",
        "undo-variant",
        Group.ORDER,
        "WithdrawController",
        _RAISES,
        shown=True,
        act=Act.WITHDRAW,
    ),
    Work("sending", "Send", "Ctrl+Shift+S", "send", Group.ORDER, "SendController", _RAISES, shown=True, act=Act.SEND),
    Work(
        "handing",
        "Receive",
        "Ctrl+Shift+R",
        "truck-check-outline",
        Group.ORDER,
        "ReceiveController",
        frozenset({Permission.RECEIVE_GOODS}),
        shown=True,
        act=Act.RECEIVE,
    ),
    Work(
        "amending",
        "Amend",
        "Ctrl+Shift+E",
        "file-edit-outline",
        Group.ORDER,
        "AmendController",
        _RAISES,
        shown=True,
        act=Act.AMEND,
    ),
    Work(
        "deciding",
        "Take back the amendment",
        "",
        "undo-variant",
        Group.ORDER,
        "WithdrawAmendmentController",
        _RAISES,
        fits=amendment_waits,
    ),
    Work(
        "deciding",
        "Cancel what is left",
        "Ctrl+F7",
        "close-circle-outline",
        Group.ORDER,
        "CancelRestController",
        _RAISES,
        act=Act.CANCEL_REST,
    ),
    Work(
        "deciding",
        "Close",
        "Ctrl+Shift+X",
        "check-circle-outline",
        Group.ORDER,
        "CloseController",
        _RAISES,
        act=Act.CLOSE,
    ),
    Work("repeating", "Copy", "Ctrl+D", "content-copy", Group.ORDER, "CopyController", _RAISES, act=Act.COPY),
    Work(
        "repeating",
        "Keep as a template",
        "Ctrl+Shift+T",
        "content-save-outline",
        Group.ORDER,
        "TemplateController",
        _RAISES,
        act=Act.COPY,
    ),
    Work(
        "repeating",
        "Call off",
        "Ctrl+Shift+B",
        "cart-arrow-down",
        Group.ORDER,
        "CallOffController",
        _RAISES,
        shown=True,
        act=Act.CALL_OFF,
    ),
    Work(
        "rolling",
        "Roll into the new year",
        "",
        "calendar-arrow-right",
        Group.ORDER,
        "RollController",
        frozenset({Permission.KEEP_BUDGETS}),
        About.OFFICE,
    ),
    Work(
        "handing",
        "Supplier",
        "Ctrl+Shift+U",
        "domain",
        Group.SUPPLIER,
        "SupplierController",
        _READS,
        fits=lambda found: found.row.supplier_id is not None,
    ),
    Work(
        "paid",
        "Is it paid?",
        "F8",
        "cash-check",
        Group.MONEY,
        "PaidController",
        _READS,
        About.OFFICE,
        shown=True,
        everywhere=True,
    ),
)
"""Every work, those of a group together, in the order of the groups."""

SECTIONS: tuple[Section, ...] = (
    Section("receiving", "Receiving", "truck-check-outline", "ReceivingController"),
    Section("payments", "Payments", "cash-multiple", "PaymentsController", _PAYS),
    Section("figures", "Figures", "chart-box-outline", "FiguresController", _READS),
    Section("suppliers", "Suppliers", "domain", "SuppliersController"),
    Section("publishing", "Publishing", "bullhorn-outline", "PublishingController"),
    Section(
        "categories",
        "Categories",
        "tag-outline",
        "CategoriesController",
        frozenset({Permission.KEEP_SUPPLIERS}),
    ),
    Section(
        "delivery_points",
        "Delivery points",
        "map-marker-outline",
        "PointsController",
        frozenset({Permission.KEEP_SUPPLIERS}),
    ),
)
"""Every section, in their order after the orders."""

PARTS: tuple[Part, ...] = (
    Part("papers", "Documents", "PapersController"),
    Part("notes", "Notes", "NotesController"),
)
"""Every part of an order's card, in their order after its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
