"""What the Purchase Orders tab offers beside the list of orders: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common.works import Offered, Part, Section
from app.views.purchase_orders.offered_works import WORKS
from app.views.purchase_orders.offers import Group, Work

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

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
_CODES = frozenset(
    {
        Permission.RECONCILE_SPENDING,
        Permission.SIGN_RECONCILIATION,
        Permission.APPROVE_BUDGETS,
        Permission.PUBLISH_SPENDING,
    }
)

SECTIONS: tuple[Section, ...] = (
    Section("invoices", "Invoices", "file-document-check-outline", "InvoicesController"),
    Section("receiving", "Receiving", "truck-check-outline", "ReceivingController"),
    Section("meters", "Meters", "gauge", "MetersController"),
    Section("payments", "Payments", "cash-multiple", "PaymentsController", _PAYS),
    Section("figures", "Figures", "chart-box-outline", "FiguresController", _READS),
    Section("suppliers", "Suppliers", "domain", "SuppliersController"),
    Section("budgets", "Budgets", "chart-box-outline", "BudgetsController"),
    Section("coding", "Coding", "barcode", "CodingController", _CODES),
    Section("finance", "Finance system", "bank-transfer", "FinanceController", _CODES),
    Section("publishing", "Publishing", "bullhorn-outline", "PublishingController", _CODES),
    Section(
        "cost_centres",
        "Cost centres",
        "office-building-outline",
        "CentresController",
        frozenset({Permission.KEEP_BUDGETS}),
    ),
    Section(
        "subjectives",
        "Codes",
        "numeric",
        "CodesController",
        frozenset({Permission.KEEP_BUDGETS}),
    ),
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
    Part("post", "Post", "PostController"),
    Part("papers", "Documents", "PapersController"),
    Part("notes", "Notes", "NotesController"),
)
"""Every part of an order's card, in their order after its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
