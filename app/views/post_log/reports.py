"""The figures of the post: how much came, what was answered in time, and what has been open longest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.reports.dto import Figures, Report
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, Figure, column, filter_button, label, row, scrolled
from app.views.common.post_columns import LINES
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

SPANS: Final = (("4 weeks", 28), ("13 weeks", 91), ("26 weeks", 182), ("52 weeks", 364))
"""The spans that are offered, in days up to today."""
_LEAST: Final = 360
_SERIES: Final = (Series("In time", "good"), Series("Late", "bad"))


def columns(what: str) -> tuple[Column[Figures], ...]:
    """The columns of figures by category, officer or channel."""

    def number(key: str, title: str, width: int, least: int = 0) -> Column[Figures]:
        def value(each: Figures) -> int:
            return int(getattr(each, key))

        return Column(key, title, value, width, right=True, holds=Holds.NUMBER, total=True, least=least)

    return (
        Column("name", what, lambda each: each.name, 170, floor=150),
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


class ReportsPage(Page):
    """Reports.

    Signals:
        span_wanted: the figures of the days in `span` are asked for.
        item_opened(RegisterRow): one of the oldest.
        category_opened(key): a bar of the chart.
    """

    span_wanted = Signal()
    item_opened = Signal(object)
    category_opened = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__("Reports of the post", areas=frozenset({"post_log"}), help_topic="post_log")
        self._today = today
        self.days = SPANS[1][1]
        self._shown: Report | None = None
        self.chart = ChartCard(
            "Answered in time, by category",
            BarChart("Answered in time, by category", _SERIES, stacked=True, lying=True),
            columns("Category")[:5],
            "Nothing was answered or due in this time.",
        )
        self.models: tuple[ListModel[Figures], ...] = tuple(
            ListModel(columns(what)) for what in ("Category", "With", "How it came")
        )
        self.oldest: ListModel[RegisterRow] = ListModel(LINES)
        self._arrange()
        self.chart.opened.connect(self._open_bar)
        self.oldest_table.opened.connect(self.item_opened)

    @property
    def span(self) -> tuple[date, date]:
        """The days that are asked for."""
        return self._today - timedelta(days=self.days - 1), self._today

    def show_report(self, found: Report) -> None:
        """Show the figures."""
        self._shown = found
        self._said.setText(f"Received from {formats.day(found.from_on)} to {formats.day(found.to_on)}")
        every = found.every
        shown = (
            f"{every.came:,}",
            _words(every.on_time) or "–",
            _words(every.acknowledged_on_time) or "–",
            f"{every.waiting:,}",
            f"{found.late:,}",
        )
        for figure, words in zip(self._figures, shown, strict=True):
            figure.show_text(words)
        parts = (found.categories, found.officers, found.channels)
        for at, (model, rows) in enumerate(zip(self.models, parts, strict=True)):
            model.show_rows(rows)
            self.parts.count_part(at, len(rows))
        self.oldest.show_rows(found.oldest)
        self.parts.count_part(len(parts), len(found.oldest))
        due = self._due()
        bars = [Bar(each.name, (each.answered, each.answered_late), _told(each)) for each in due]
        self.chart.show_figures(due, bars, f"{_words(every.on_time)} in all" if every.on_time is not None else "")

    def _due(self) -> tuple[Figures, ...]:
        """The categories of which something was answered or due."""
        shown = self._shown.categories if self._shown else ()
        return tuple(each for each in shown if each.on_time is not None)

    def _open_bar(self, at: int) -> None:
        self.category_opened.emit(self._due()[at].key)

    def _choose(self, days: int) -> None:
        self.days = days
        self.span_wanted.emit()

    def _arrange(self) -> None:
        whole = Panes(Pane(self._tables(), 560, 900, 420), Pane(self.chart, 320, 480, 340))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self._header(), Room(whole, _LEAST), spacing=12).setStretch(1, 1)
        column(self, scrolled(inside))
        self.setFocusProxy(self.parts.stack.currentWidget())

    def _header(self) -> Card:
        card = Card(spacing=8)
        self._said = label("", "muted", wrap=True)
        names = ("Came in", "Answered in time", "Acknowledged in time", "Waiting, not late", "Open and late")
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
        titles = (
            ("By category", "Post by category"),
            ("By officer", "Post by officer"),
            ("By how it came", "Post by how it came"),
        )
        for model, (title, name) in zip(self.models, titles, strict=True):
            self.parts.add_part(title, DataTable(name, model, stretch="name", empty="Nothing came in this time."))
        empty = "Nothing is open: everything is answered."
        self.oldest_table = DataTable("Oldest open items", self.oldest, stretch="subject", empty=empty)
        self.parts.add_part("Oldest open items", self.oldest_table)
        self.parts.setMinimumWidth(scaled(320))
        return self.parts


def _told(each: Figures) -> str:
    return f"{each.name}: {each.answered:,} in time, {each.answered_late:,} late, {_words(each.on_time)}"
