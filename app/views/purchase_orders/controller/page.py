"""The orders: listed, filtered, looked at; what other tabs and sections hand over is begun or shown."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.models.values import OrderKind, Subject
from app.services.core.context import Context
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import OrderDetail, OrderFilter, OrderForm, OrderRow, OrderSort, OrderView
from app.services.purchase_orders.works import queries as works
from app.services.workbench.listing import Totals
from app.views.common.begin_work import BeginFromPost
from app.views.common.list_desk import ListDesk
from app.views.common.office import Office
from app.views.common.paged_driver import Source
from app.views.purchase_orders.handed import InvoicesWanted, PayInvoices, ReceiveOrder
from app.views.purchase_orders.page import PurchaseOrdersPage
from app.views.purchase_orders.works import OFFERED

_SECTIONS: Final[Mapping[Subject, str]] = {
    Subject.SUPPLIER: "suppliers",
    Subject.PURCHASE_CATEGORY: "categories",
    Subject.GOODS_RECEIPT: "receiving",
    Subject.SUPPLIER_INVOICE: "invoices",
    Subject.SUPPLIER_RUN: "payments",
    Subject.BUDGET: "budgets",
    Subject.BUDGET_MOVE: "budgets",
    Subject.CODE_TRANSFER: "coding",
    Subject.RECONCILIATION: "finance",
}
"""The sections that show a record of their own."""
_HANDED: Final[Mapping[type, str]] = {
    BeginFromPost: "invoices",
    InvoicesWanted: "invoices",
    ReceiveOrder: "receiving",
    PayInvoices: "payments",
}
"""The sections to which something that is handed over goes, by its class."""


class PurchaseOrdersController(ListDesk):
    """Joins the Purchase Orders page to the services."""

    area = "purchase_orders"
    subject = Subject.PURCHASE_ORDER
    detail = staticmethod(queries.detail)
    sections_of = _SECTIONS

    def __init__(self, office: Office) -> None:
        offered = OFFERED.to(office.desk.officer.permissions)
        self.page = page = PurchaseOrdersPage(offered)
        source = Source(_ids, queries.rows, _row_id, _totals, _totals_of)
        super().__init__(office, page, source, page.card.parts, page.card.presence)
        page.card.paper_opened.connect(lambda paper: office.open_record(paper.subject, paper.record_id))

    def refresh(self) -> None:
        """List again, with how many each view has."""
        self.ask("standing", _standing, then=self._show_standing)
        super().refresh()

    def show(self, found: OrderDetail) -> None:
        """Show an order, and what one of works has besides."""
        self.page.show_order(found)
        if found.row.kind is OrderKind.WORKS and not found.row.shut:
            self.ask("works", works.detail, found.row.order_id, then=self.page.show_works)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.page.show_nothing()

    def open_line(self, row_id: int) -> None:
        """Enter: turn to the lines of the order that is shown."""
        shown = self.page.detail
        if shown is not None and shown.row.order_id == row_id:
            self.page.card.parts.open_part(0)
            self.page.card.lines_table.setFocus()

    def show_only(self, wanted: object) -> None:
        """List the orders of a filter, show a section, or hand on to one what another tab or section hands over."""
        if (key := _HANDED.get(type(wanted))) is None:
            super().show_only(wanted)
        elif self.sees(key):
            section: Any = self.section(key)
            section.take(wanted)

    def _show_standing(self, found: tuple[Mapping[OrderView, int], OrderForm]) -> None:
        counts, form = found
        self.page.show_standing(counts, form.years, [(each.id, each.name) for each in form.categories])


def _standing(ctx: Context) -> tuple[Mapping[OrderView, int], OrderForm]:
    return queries.counts(ctx), queries.form(ctx)


def _ids(ctx: Context, wanted: OrderFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, OrderSort(sort), descending=descending)


def _totals(ctx: Context, wanted: OrderFilter) -> Totals:
    found = queries.totals(ctx, wanted)
    return Totals(found.count, found.net)


def _totals_of(ctx: Context, order_ids: Sequence[int]) -> Totals:
    rows = queries.rows(ctx, order_ids)
    return sum((Totals(1, row.net) for row in rows), Totals())


def _row_id(row: OrderRow) -> int:
    return row.order_id
