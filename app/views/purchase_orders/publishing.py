"""What the council publishes of its spending and orders: every line that would be, every exclusion, and what was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal

from app.models.values import Money
from app.services.purchase_orders.publishing.dto import (
    LeftOut,
    OrderPublished,
    PastPublication,
    PublicationKind,
    PublishingReport,
    SpendingRow,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.parts import button

_QUARTER: Final = 91
_SUMS: Final = ("Payments", "Amount", "Left out", "Orders", "Orders left out", "Redacted")
_BY_DEPARTMENT: Final = "Spending by department"
_MOST: Final = 12


def _day(key: str, title: str, of: Callable[[Any], date | None], width: int = 96) -> Column[Any]:
    return Column(key, title, of, width, shown=lambda each: formats.day(on) if (on := of(each)) else "")


_SPENDING: tuple[Column[SpendingRow], ...] = (
    _day("on", "Paid", lambda each: each.on),
    Column("reference", "Invoice", lambda each: each.reference, 76, firm=True),
    Column("beneficiary", "Supplier", lambda each: each.beneficiary, 210, floor=205),
    Column("department", "Department", lambda each: each.department, 140, floor=132),
    Column("purpose", "Purpose", lambda each: each.purpose, 140, floor=90, least=1),
    Column("code", "Code", lambda each: each.code, 60),
    money_column("amount", "Amount", lambda each: each.amount, 96, total=True),
    money_column("vat", "VAT lost", lambda each: each.vat, 80, total=True),
    Column("category", "Category", lambda each: each.category, 130, floor=80, least=2),
)
_ORDERS: tuple[Column[OrderPublished], ...] = (
    Column("reference", "Order", lambda each: each.reference, 76, firm=True),
    Column("title", "Title", lambda each: each.title, 180, floor=110),
    Column("department", "Department", lambda each: each.department, 130, floor=90),
    _day("on", "From", lambda each: each.on),
    _day("until", "To", lambda each: each.until),
    Column("supplier", "Supplier", lambda each: each.supplier, 160, floor=110),
    money_column("amount", "Amount", lambda each: each.amount, 100, total=True),
    Column("process", "How the supplier was found", lambda each: each.process, 180, floor=110, least=1),
)
_LEFT_OUT: tuple[Column[LeftOut], ...] = (
    Column("reference", "Reference", lambda each: each.reference, 90, firm=True),
    _day("on", "Date", lambda each: each.on),
    money_column("amount", "Amount", lambda each: each.amount, 100, total=True),
    Column("reason", "Why", lambda each: each.reason, 260, floor=150),
)
_PAST: tuple[Column[PastPublication], ...] = (
    _day("at_on", "Written", lambda each: each.at_on),
    Column("kind", "What", lambda each: each.kind.value.capitalize(), 90),
    _day("from_on", "From", lambda each: each.from_on),
    _day("to_on", "To", lambda each: each.to_on),
    Column("count", "Lines", lambda each: each.count, 70, right=True, holds=Holds.NUMBER),
    Column("left_out", "Left out", lambda each: each.left_out, 80, right=True, holds=Holds.NUMBER),
    money_column("total", "Amount", lambda each: each.total, 110),
    Column("officer", "By", lambda each: each.officer, 150, floor=90),
)
_DEPARTMENTS: tuple[Column[tuple[str, Money]], ...] = (
    Column("department", "Department", lambda each: each[0], 200, floor=120),
    money_column("amount", "Amount", lambda each: each[1], 110, total=True),
)


class PublishingSection(FiguresPage):
    """Publishing.

    Signals:
        publish_wanted(PublicationKind): the file of the days that are shown is to be written.
        again_wanted(PastPublication): one that was written is to be saved once more.
    """

    publish_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], *, may_publish: bool) -> None:
        chart = BarChart(_BY_DEPARTMENT, (Series("Spending", "brand"),), lying=True)
        card = ChartCard(_BY_DEPARTMENT, chart, _DEPARTMENTS, "Nothing would be published of this time.")
        actions = (
            button("Publish spending", role="primary", icon="file-export-outline", key="Ctrl+Enter"),
            button("Publish orders", icon="file-export-outline", key="Ctrl+Shift+O"),
        )
        super().__init__(
            "Publication of spending",
            "purchase_orders",
            today,
            days=_QUARTER,
            sums=_SUMS,
            chart=card,
            heading="Publishing",
            actions=actions if may_publish else (),
        )
        for pressed, kind in zip(actions, PublicationKind, strict=True):
            pressed.clicked.connect(lambda _on=False, kind=kind: self.publish_wanted.emit(kind))
        if may_publish:
            self.add_key("Ctrl+Return", "Publish spending", lambda: self.publish_wanted.emit(PublicationKind.SPENDING))
            self.add_key("Ctrl+Shift+O", "Publish orders", lambda: self.publish_wanted.emit(PublicationKind.ORDERS))
        self._add("Spending", _SPENDING, "beneficiary", "Nothing above the limit was paid in this time.")
        self._add("Left out", _LEFT_OUT, "reason", "Nothing is left out.")
        self._add("Orders", _ORDERS, "title", "No order above the limit was approved in this time.")
        self._add("Orders left out", _LEFT_OUT, "reason", "No order is left out.")
        past = self._add("Published before", _PAST, "officer", "Nothing was published yet.")
        past.opened.connect(self.again_wanted)

    def show_report(self, found: PublishingReport) -> None:
        """Show what would be published of a time."""
        spending, orders = found.spending, found.orders
        sums = (
            f"{len(spending.rows):,}",
            str(spending.total),
            f"{len(spending.left_out):,}",
            f"{len(orders.rows):,}",
            f"{len(orders.left_out):,}",
            f"{spending.redacted + orders.redacted:,}",
        )
        said = f"Payments above {spending.least}, orders above {orders.least}"
        tables = (spending.rows, spending.left_out, orders.rows, orders.left_out, found.past)
        self.show_figures((found.from_on, found.to_on), said, sums, tables)
        shown = found.by_department[:_MOST]
        self.chart.show_figures(found.by_department, [_bar(*each) for each in shown], str(spending.total))

    def _add(self, title: str, columns: tuple[Column[Any], ...], stretch: str, empty: str) -> DataTable:
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title}, publication", model, stretch=stretch, empty=empty)
        self.add_table(title, table, model)
        return table


def _bar(name: str, amount: Money) -> Bar:
    return Bar(name, (amount.pence / 100,), f"{name}: {amount}")
