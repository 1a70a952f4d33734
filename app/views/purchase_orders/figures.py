"""The figures of purchasing: how soon suppliers are paid, half years, spending, what is bound, ends, is overdue and owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money, Subject
from app.services.purchase_orders.figures.dto import (
    Bound,
    Compliance,
    EndingContract,
    MonthPaid,
    OverdueOrder,
    PurchaseFigures,
    Spend,
)
from app.services.purchase_orders.payments.dto import LateRow, PaidRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.parts import column, label
from app.views.common.theme import scaled

_SUMS: Final = ("Days to pay", "Within 30 days", "In time", "Paid", "Late and unpaid", "Owed for paying late")
_DAYS: Final = "Days to pay, and % in 30 days"
_TOP: Final = 10
_HIGH: Final = 190
_CLOCK: Final = (
    "Days to pay count from the day on which an invoice reached the council, anywhere. In time is by the last day to pay:"
    " disputes and later due days count there. Late and unpaid: as it was on the last day, or is today."
)


def _count(
    key: str, title: str, value: Callable[[Any], Any], width: int = 84, *, total: bool = False, least: int = 0
) -> Column[Any]:
    return Column(key, title, value, width, right=True, holds=Holds.NUMBER, total=total, least=least)


def _share(key: str, title: str, value: Callable[[Any], float | None], width: int = 84) -> Column[Any]:
    return Column(key, title, value, width, shown=lambda each: _percent(value(each)), right=True)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} %"


def _days(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _month(on: date) -> str:
    return f"{formats.month(on)} {on.year}"


MONTHS: tuple[Column[MonthPaid], ...] = (
    Column("month", "Month", lambda each: each.month_on, 90, shown=lambda each: _month(each.month_on)),
    Column(
        "days",
        "Days to pay",
        lambda each: each.paid.average_days,
        90,
        shown=lambda each: _days(each.paid.average_days),
        right=True,
    ),
    _share("within", "In 30 days", lambda each: each.paid.share(each.paid.within_30)),
    _share("in_time", "In time", lambda each: each.paid.share(each.paid.in_time)),
    _count("count", "Invoices", lambda each: each.paid.count, total=True),
    money_column("total", "Amount", lambda each: each.paid.total, 110, total=True),
)
_HALVES: tuple[Column[Compliance], ...] = (
    Column("from_on", "From", lambda each: each.from_on, 100, firm=True),
    Column("to_on", "To", lambda each: each.to_on, 100, firm=True),
    Column(
        "days",
        "Days to pay",
        lambda each: each.paid.average_days,
        90,
        shown=lambda each: _days(each.paid.average_days),
        right=True,
    ),
    _share("within", "To 30 days", lambda each: each.paid.share(each.paid.within_30)),
    _share("to_60", "31 to 60", lambda each: each.paid.share(each.paid.to_60)),
    _share("over_60", "Over 60", lambda each: each.paid.share(each.paid.over_60)),
    _share("late", "Not in time", lambda each: each.not_in_time, 90),
    _count("count", "Paid", lambda each: each.paid.count, least=2),
    _count("unpaid", "Late, unpaid", lambda each: each.late_unpaid, 96, least=3),
    Column(
        "unpaid_total",
        "Amount of it",
        lambda each: each.late_unpaid_total,
        100,
        right=True,
        holds=Holds.POUNDS,
        least=1,
    ),
)
_SPEND: tuple[Column[Spend], ...] = (
    Column("place", "No.", lambda each: each.place, 50, right=True, firm=True),
    Column("supplier", "Supplier", lambda each: each.supplier, 260, floor=140),
    _count("invoices", "Invoices", lambda each: each.invoices, total=True),
    money_column("total", "Before VAT", lambda each: each.total, 120, total=True),
)
_BOUND: tuple[Column[Bound], ...] = (
    Column("code", "Code", lambda each: each.code, 120, firm=True),
    Column("name", "Name", lambda each: each.name, 200, floor=110),
    money_column("budget", "Budget", lambda each: each.budget, 104, total=True),
    money_column("commitment", "Ordered", lambda each: each.commitment, 100, total=True),
    money_column("accrual", "Received", lambda each: each.accrual, 100, total=True),
    money_column("actual", "Spent", lambda each: each.actual, 100, total=True),
    Column(
        "left",
        "Left",
        lambda each: each.left,
        110,
        shown=lambda each: f"{(-each.left).plain()} over" if each.left < ZERO else each.left.plain(),
        signed=True,
        tone=lambda each: "bad" if each.left < ZERO else "",
        right=True,
        holds=Holds.POUNDS,
        total=True,
    ),
)
_CONTRACTS: tuple[Column[EndingContract], ...] = (
    Column("supplier", "Supplier", lambda each: each.supplier, 180, floor=110),
    Column("number", "Contract", lambda each: each.number, 100, firm=True),
    Column("title", "For", lambda each: each.title, 220, floor=110),
    Column("ends_on", "Ends", lambda each: each.ends_on, 100, firm=True),
    Column("days", "In", lambda each: _when(each.days), 110, tone=lambda each: "bad" if each.days < 0 else ""),
    money_column("value", "Value", lambda each: each.value, 110),
)
_OVERDUE: tuple[Column[OverdueOrder], ...] = (
    Column("number", "Order", lambda each: each.number, 90, firm=True),
    Column("title", "For", lambda each: each.title, 220, floor=110),
    Column("supplier", "Supplier", lambda each: each.supplier, 170, floor=110),
    Column("wanted_on", "Wanted on", lambda each: each.wanted_on, 100, firm=True),
    _count("days", "Days late", lambda each: each.days),
    money_column("waiting", "To come, net", lambda each: each.waiting, 110, total=True),
)
_OWED: tuple[Column[LateRow], ...] = (
    Column("supplier", "Supplier", lambda each: each.supplier, 170, floor=110),
    Column("number", "Invoice", lambda each: each.number, 78, firm=True),
    Column("paid_on", "Paid on", lambda each: each.paid_on, 98, firm=True, least=3),
    _count("days", "Days late", lambda each: each.days, least=2),
    money_column("interest", "Interest", lambda each: each.interest, 90, total=True),
    money_column("compensation", "Compensation", lambda each: each.compensation, 110, total=True),
    money_column("total", "Together", lambda each: each.total, 96, total=True),
    Column("run", "Paid by", lambda each: each.run or "no run", 90, firm=True),
    Column("explained", "How it is worked out", lambda each: each.explained, 260, floor=120, least=1),
)
_PAID: tuple[Column[PaidRow], ...] = (
    Column("pay_on", "Paid on", lambda each: each.pay_on, 98, firm=True),
    Column("supplier", "Supplier", lambda each: each.supplier, 190, floor=110),
    money_column("amount", "Amount", lambda each: each.amount, 104, total=True),
    Column("run", "Run", lambda each: each.run, 78, firm=True),
    Column("reference", "Reference", lambda each: each.reference, 112, firm=True),
    Column(
        "words",
        "State",
        lambda each: each.words,
        150,
        tone=lambda each: "bad" if each.returned_on is not None else "",
        floor=80,
    ),
    Column("remitted", "Remittance", lambda each: "made" if each.remitted else "none yet", 90),
)


def _owed(rows: Sequence[LateRow]) -> str:
    """What is owed for paying late in all, and of how many no rate is known."""
    known = [each.total for each in rows if each.total is not None]
    unknown = len(rows) - len(known)
    more = f", {unknown:,} without a rate" if unknown else ""
    return f"{sum(known, ZERO)}{more}"


def _when(days: int) -> str:
    if days < 0:
        return f"{formats.count(-days, 'day')} ago"
    return formats.count(days, "day") if days else "today"


class FiguresSection(FiguresPage):
    """Figures.

    Signals:
        record_opened(Subject, int): an invoice, an order, a supplier, a budget or a run.
    """

    record_opened = Signal(object, int)

    def __init__(self, today: Callable[[], date]) -> None:
        series = (Series("Days to pay", "brand"), Series("Per cent within 30 days", "good"))
        chart = ChartCard(_DAYS, BarChart(_DAYS, series), MONTHS, "Nothing was paid in this time.")
        super().__init__(
            "Figures of purchasing", "purchase_orders", today, days=364, sums=_SUMS, chart=chart, heading="Figures"
        )
        self.by_supplier = BarChart(
            "Spent by supplier, in pounds, by their numbers in the list", (Series("Before VAT", "brand"),)
        )
        self._add("Half years", _HALVES, "from_on", "", label(_CLOCK, "muted", wrap=True))
        spend = self._add("By supplier", _SPEND, "supplier", "No invoice was approved in this time.", self.by_supplier)
        bound = self._add("By code", _BOUND, "name", "Nothing is ordered or spent on a code of this year.")
        paid = self._add("Who was paid", _PAID, "supplier", "Nobody was paid in this time.")
        owed = self._add("Owed for paying late", _OWED, "explained", "Every invoice was paid in time.")
        ending = self._add("Contracts ending", _CONTRACTS, "title", "No contract ends soon.")
        overdue = self._add("Overdue orders", _OVERDUE, "title", "Every order came in time.")
        for table, subject, of in (
            (spend, Subject.SUPPLIER, "supplier_id"),
            (bound, Subject.BUDGET, "budget_id"),
            (paid, Subject.SUPPLIER_RUN, "run_id"),
            (owed, Subject.SUPPLIER_INVOICE, "invoice_id"),
            (ending, Subject.SUPPLIER, "supplier_id"),
            (overdue, Subject.PURCHASE_ORDER, "order_id"),
        ):
            table.opened.connect(lambda row, subject=subject, of=of: self.record_opened.emit(subject, getattr(row, of)))

    def show_report(self, found: PurchaseFigures) -> None:
        """Show the figures."""
        paid, unpaid = found.paid, found.halves[0]
        owed = [each for each in found.owed if not each.run]
        sums = (
            _days(paid.average_days) or "none",
            _percent(paid.share(paid.within_30)) or "none",
            _percent(paid.share(paid.in_time)) or "none",
            f"{paid.count:,}, {paid.total}",
            f"{unpaid.late_unpaid:,}, {unpaid.late_unpaid_total}",
            _owed(owed),
        )
        tables = (found.halves, found.spend, found.bound, found.payments, found.owed, found.contracts, found.overdue)
        self.show_figures((found.from_on, found.to_on), f"As at {formats.day(found.as_at)}", sums, tables)
        self.chart.show_figures(found.months, [_bar(each) for each in reversed(found.months)], "")
        self.by_supplier.show_bars(_top(found.spend))

    def _add(
        self, title: str, columns: tuple[Column[Any], ...], stretch: str, empty: str, over: QWidget | None = None
    ) -> DataTable:
        """A tab with a table, and words or a chart over it where there are some."""
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title}, purchasing", model, stretch=stretch, empty=empty)
        if over is None:
            self.add_table(title, table, model)
            return table
        self.models.append(model)
        table.shown = self.in_words
        chart = isinstance(over, BarChart)
        if chart:
            over.setMinimumHeight(scaled(_HIGH))
        inside = QWidget()
        inside.setObjectName("canvas")
        shares = column(inside, over, table, spacing=6, margin=8)
        shares.setStretch(0, 2 if chart else 0)
        shares.setStretch(1, 3)
        self.parts.add_part(title, inside)
        return table


def _bar(each: MonthPaid) -> Bar:
    share = each.paid.share(each.paid.within_30)
    words = (
        f"{_month(each.month_on)}: {_days(each.paid.average_days)} days on average, {_percent(share)} within 30 days"
    )
    heights = (each.paid.average_days or 0.0, share or 0.0)
    return Bar(f"{formats.month(each.month_on)} {each.month_on:%y}", heights, words)


def _top(rows: Sequence[Spend]) -> list[Bar]:
    """The ten suppliers of whom most was bought, and the rest together."""
    bars = [_spent(f"{each.place}", each.supplier, each.total) for each in rows[:_TOP]]
    rest = sum((each.total for each in rows[_TOP:]), ZERO)
    others = formats.count(len(rows) - _TOP, "other supplier")
    return [*bars, _spent("others", others, rest)] if len(rows) > _TOP else bars


def _spent(short: str, name: str, total: Money) -> Bar:
    return Bar(short, (total.pence / 100,), f"{name}: {total} before VAT")
