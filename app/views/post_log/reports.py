"""The figures of the post: how much came, what was answered in time, and what has been open longest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.reports.dto import Figures, Report
from app.services.workbench.listing import Holds
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.post_columns import LINES

_CHART: Final = "Answered in time, by category"
_OLDEST: Final = "Oldest open items"
_SUMS: Final = ("Came in", "Answered in time", "Acknowledged in time", "Waiting for an answer", "Open and late")
_TABLES: Final = (("Category", "by category"), ("With", "by officer"), ("How it came", "by how it came"))
_SERIES: Final = (Series("In time", "good"), Series("Late", "bad"))


def columns(what: str) -> tuple[Column[Figures], ...]:
    """The columns of figures by category, officer or channel."""

    def number(key: str, title: str, width: int, least: int = 0) -> Column[Figures]:
        def value(each: Figures) -> int:
            return int(getattr(each, key))

        return Column(key, title, value, width, right=True, holds=Holds.NUMBER, total=True, least=least)

    return (
        Column("name", what, lambda each: each.name, 200, floor=200),
        number("came", "Came in", 78),
        number("answered", "In time", 72),
        number("answered_late", "Late", 60),
        _percent("on_time", "In time, %", 90),
        _percent("acknowledged_on_time", "Ack. in time, %", 122, 1),
        number("waiting", "Waiting", 76, 2),
        number("unanswered", "None needed", 104, 3),
    )


def _percent(key: str, title: str, width: int, least: int = 0) -> Column[Figures]:
    return Column(key, title, lambda each: getattr(each, key), width, right=True, holds=Holds.NUMBER, least=least)


def _words(value: int | None) -> str:
    return "" if value is None else f"{value} %"


class ReportsPage(FiguresPage):
    """Reports.

    Signals:
        item_opened(RegisterRow): one of the oldest.
        category_opened(key): a bar of the chart.
    """

    item_opened = Signal(object)
    category_opened = Signal(str)

    def __init__(self, today: Callable[[], date]) -> None:
        chart = ChartCard(
            _CHART,
            BarChart(_CHART, _SERIES, stacked=True, lying=True),
            columns("Category")[:5],
            "Nothing was answered or due in this time.",
        )
        super().__init__("Reports of the post", "post_log", today, days=91, sums=_SUMS, chart=chart)
        self._due: tuple[Figures, ...] = ()
        for what, how in _TABLES:
            model: ListModel[Figures] = ListModel(columns(what))
            table = DataTable(f"Post {how}", model, stretch="name", empty="Nothing came in this time.")
            self.add_table(how.capitalize(), table, model)
        oldest: ListModel[RegisterRow] = ListModel(LINES)
        empty = "Nothing is open: everything is answered."
        table = DataTable(_OLDEST, oldest, stretch="subject", empty=empty)
        table.opened.connect(self.item_opened)
        self.add_table(_OLDEST, table, oldest)
        chart.opened.connect(lambda at: self.category_opened.emit(self._due[at].key))

    def show_report(self, found: Report) -> None:
        """Show the figures."""
        every = found.every
        sums = (
            f"{every.came:,}",
            _words(every.on_time) or "–",
            _words(every.acknowledged_on_time) or "–",
            f"{every.waiting:,}",
            f"{found.late:,}",
        )
        tables = (found.categories, found.officers, found.channels, found.oldest)
        self.show_figures((found.from_on, found.to_on), "Received", sums, tables)
        self._due = tuple(each for each in found.categories if each.on_time is not None)
        bars = [Bar(each.name, (each.answered, each.answered_late), _told(each)) for each in self._due]
        self.chart.show_figures(self._due, bars, f"{_words(every.on_time)} in all" if every.on_time is not None else "")


def _told(each: Figures) -> str:
    return f"{each.name}: {each.answered:,} in time, {each.answered_late:,} late, {_words(each.on_time)}"
