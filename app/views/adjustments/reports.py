"""The figures of what was adjusted, recharged, refunded and written off, by kind, reason, officer and month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.services.adjustments.reports.dto import Figures, MonthFigures, Report
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, Figure, column, filter_button, label, row, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

SPANS: Final = (("4 weeks", 28), ("13 weeks", 91), ("26 weeks", 182), ("52 weeks", 364))
"""The spans that are offered, in days up to today."""
TITLES: Final = ("Kind", "Reason", "Officer", "Month")
_LEAST: Final = 360
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


class ReportsPage(Page):
    """Reports.

    Signals:
        span_wanted: the figures of the days in `span` are asked for.
        figures_opened(int, Figures): Enter on a line of the table with this number: the register behind it.
    """

    span_wanted = Signal()
    figures_opened = Signal(int, object)

    def __init__(self, today: date) -> None:
        super().__init__("Reports of adjustments", areas=frozenset({"adjustments"}), help_topic="adjustments")
        self._today = today
        self.days = SPANS[3][1]
        self.chart = ChartCard(
            _CHART, BarChart(_CHART, _SERIES), _MONTHS, "Nothing was refunded or written off in this time."
        )
        self.models: tuple[ListModel[Figures], ...] = tuple(ListModel(columns(title)) for title in TITLES)
        self._arrange()

    @property
    def span(self) -> tuple[date, date]:
        """The days that are asked for."""
        return self._today - timedelta(days=self.days - 1), self._today

    def show_report(self, found: Report) -> None:
        """Show the figures."""
        self._said.setText(f"Posted from {formats.day(found.from_on)} to {formats.day(found.to_on)}, as it stands")
        every = found.every
        shown = (f"{every.count:,}", str(every.debit), str(every.credit), every.net.dr_cr(), f"{found.reversed:,}")
        for figure, words in zip(self._figures, shown, strict=True):
            figure.show_text(words)
        parts = (found.kinds, found.reasons, found.officers, found.months)
        for at, (model, rows) in enumerate(zip(self.models, parts, strict=True)):
            model.show_rows(rows)
            self.parts.count_part(at, len(rows))
        paid = any(each.refunds or each.write_offs for each in found.charted)
        charted = found.charted if paid else ()
        bars = [Bar(_short(each.month_on), _pounds(each), _told(each)) for each in charted]
        self.chart.show_figures(charted, bars, "")

    def _choose(self, days: int) -> None:
        self.days = days
        self.span_wanted.emit()

    def _arrange(self) -> None:
        whole = Panes(Pane(self._tables(), 560, 860, 420), Pane(self.chart, 320, 520, 340))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self._header(), Room(whole, _LEAST), spacing=12).setStretch(1, 1)
        column(self, scrolled(inside))
        self.setFocusProxy(self.parts.stack.currentWidget())

    def _header(self) -> Card:
        card = Card(spacing=8)
        self._said = label("", "muted", wrap=True)
        names = ("Lines", "Debited", "Credited", "Net", "Taken back since")
        self._figures = tuple(Figure(name) for name in names)
        figures = FlowLayout(across=28)
        for figure in self._figures:
            figures.addWidget(figure)
        group = QButtonGroup(self)
        spans = FlowLayout(across=6, right=True)
        for words, days in SPANS:
            pressed = filter_button(words, checked=days == self.days)
            pressed.toggled.connect(lambda on, days=days: self._choose(days) if on else None)
            group.addButton(pressed)
            spans.addWidget(pressed)
        head = row(label("Reports", "title"), self._said, spans, spacing=14)
        head.setStretch(1, 1)
        card.column.addLayout(head)
        card.column.addLayout(figures)
        return card

    def _tables(self) -> TabbedCard:
        self.parts = TabbedCard("The figures")
        for at, (model, title) in enumerate(zip(self.models, TITLES, strict=True)):
            name = f"Adjustments by {title.lower()}"
            table = DataTable(name, model, stretch="name", empty="Nothing was posted in this time.")
            table.opened.connect(lambda figures, at=at: self.figures_opened.emit(at, figures))
            self.parts.add_part(f"By {title.lower()}", table)
        self.parts.setMinimumWidth(scaled(320))
        return self.parts


def _pounds(each: MonthFigures) -> tuple[float, float]:
    return each.refunds.pence / 100, each.write_offs.pence / 100


def _month(month_on: date) -> str:
    return f"{formats.month(month_on)} {month_on.year}"


def _short(month_on: date) -> str:
    return f"{formats.month(month_on)} {month_on:%y}"


def _told(each: MonthFigures) -> str:
    return f"{_month(each.month_on)}: {each.refunds} refunded, {each.write_offs} written off"
