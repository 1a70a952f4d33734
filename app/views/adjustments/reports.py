"""The figures of what was adjusted, recharged, refunded and written off, by kind, reason, officer and month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from app.services.adjustments.reports.dto import Figures, MonthFigures, Report
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage

TITLES: Final = ("Kind", "Reason", "Officer", "Month")
_SUMS: Final = ("Lines", "Debited", "Credited", "Net", "Taken back since")
_SERIES: Final = (Series("Refunds", "brand"), Series("Write-offs", "warning"))
_CHART: Final = "Refunds and write-offs by month"
_MONTHS: tuple[Column[MonthFigures], ...] = (
    Column("month", "Month", lambda each: each.month_on, 110, shown=lambda each: _month(each.month_on)),
    money_column("refunds", "Refunds", lambda each: each.refunds, 100, total=True),
    money_column("write_offs", "Write-offs", lambda each: each.write_offs, 100, total=True),
)


def columns(what: str) -> tuple[Column[Figures], ...]:
    """The columns of figures by kind, reason, officer or month."""
    return (
        Column("name", what, lambda each: each.name, 190, floor=150),
        Column("count", "Lines", lambda each: each.count, 66, right=True, holds=Holds.NUMBER, total=True),
        money_column("debit", "Debited", lambda each: each.debit, 104, total=True),
        money_column("credit", "Credited", lambda each: each.credit, 104, total=True),
        money_column("net", "Net", lambda each: each.net, 116, balance=True),
    )


class ReportsPage(FiguresPage):
    """Reports.

    Signals:
        figures_opened(int, Figures): Enter on a line of the table with this number: the register behind it.
        month_opened(date): a bar of the month that begins then.
    """

    figures_opened = Signal(int, object)
    month_opened = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        chart = ChartCard(
            _CHART, BarChart(_CHART, _SERIES), _MONTHS, "Nothing was refunded or written off in this time."
        )
        super().__init__("Reports of adjustments", "adjustments", today, days=364, sums=_SUMS, chart=chart)
        self._months: tuple[date, ...] = ()
        chart.opened.connect(lambda at: self.month_opened.emit(self._months[at]))
        for at, title in enumerate(TITLES):
            model: ListModel[Figures] = ListModel(columns(title))
            name = f"by {title.lower()}"
            table = DataTable(f"Adjustments {name}", model, stretch="name", empty="Nothing was posted in this time.")
            table.opened.connect(lambda figures, at=at: self.figures_opened.emit(at, figures))
            self.add_table(name.capitalize(), table, model)

    def show_report(self, found: Report) -> None:
        """Show the figures."""
        every = found.every
        sums = (f"{every.count:,}", str(every.debit), str(every.credit), every.net.dr_cr(), f"{found.reversed:,}")
        tables = (found.kinds, found.reasons, found.officers, found.months)
        self.show_figures((found.from_on, found.to_on), "Posted then and not taken back", sums, tables)
        paid = any(each.refunds or each.write_offs for each in found.charted)
        charted = found.charted if paid else ()
        self._months = tuple(each.month_on for each in charted)
        bars = [Bar(_short(each.month_on), _pounds(each), _told(each)) for each in charted]
        self.chart.show_figures(charted, bars, "")


def _pounds(each: MonthFigures) -> tuple[float, float]:
    return each.refunds.pence / 100, each.write_offs.pence / 100


def _month(month_on: date) -> str:
    return f"{formats.month(month_on)} {month_on.year}"


def _short(month_on: date) -> str:
    return f"{formats.month(month_on)} {month_on:%y}"


def _told(each: MonthFigures) -> str:
    return f"{_month(each.month_on)}: {each.refunds} refunded, {each.write_offs} written off"
