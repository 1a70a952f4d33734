"""The figures of a span of days, for the reports of an area: sums across, tables of them, and a chart beside.

The span that is asked for is what stands in the two dates; the buttons beside them write the usual spans up to today.
What is shown keeps its own days: a list behind a figure, an export and a print are of those, whatever is asked for since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.views.common import formats
from app.views.common.chart_card import ChartCard
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.facets import SPANS
from app.views.common.flow import FlowLayout
from app.views.common.forms import date_field, date_of
from app.views.common.page import Page
from app.views.common.parts import Card, Figure, column, filter_button, label, row, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

_LEAST = 360


class FiguresPage(Page):
    """The section Reports of an area, which adds its tables and shows what it found.

    Args:
        area: whose reports they are; its help is theirs.
        today: the day of the office; the window may stay open overnight.
        days: the span that is shown first, in days up to today.
        sums: the names of the figures across.
        heading: what stands over them.
        actions: buttons beside the figures.

    Attributes:
        days: the first and the last day of the figures that are shown; of none yet, those that are asked for first.

    Signals:
        span_wanted: the figures of the days in `span` are asked for.
    """

    span_wanted = Signal()

    def __init__(
        self,
        title: str,
        area: str,
        today: Callable[[], date],
        *,
        days: int,
        sums: Sequence[str],
        chart: ChartCard,
        heading: str = "Reports",
        actions: Sequence[QPushButton] = (),
    ) -> None:
        super().__init__(title, areas=frozenset({area}), help_topic=area)
        self._heading = heading
        self._today = today
        self._day = today()
        self.from_on = date_field(self._day - timedelta(days=days - 1), "From", today)
        self.to_on = date_field(self._day, "To", today)
        self.days = self.span
        self.chart = chart
        chart.table.shown = self.in_words
        self.models: list[ListModel[Any]] = []
        self.parts = TabbedCard("The figures")
        self.parts.setMinimumWidth(scaled(320))
        self._said = label("", "muted")
        self._sums = tuple(Figure(name) for name in sums)
        whole = Panes(Pane(self.parts, 560, 880, 420), Pane(chart, 320, 500, 340))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self._header(actions), Room(whole, _LEAST), spacing=12).setStretch(1, 1)
        column(self, scrolled(inside))

    @property
    def span(self) -> tuple[date, date]:
        """The days that are asked for."""
        return date_of(self.from_on), date_of(self.to_on)

    def show_report(self, found: Any) -> None:
        """Show what the query of the area found."""
        raise NotImplementedError

    def add_table(self, title: str, table: DataTable, model: ListModel[Any]) -> None:
        """Add a table of the figures under a tab of its own."""
        self.models.append(model)
        table.shown = self.in_words
        self.parts.add_part(title, table)
        first = self.parts.stack.currentWidget()
        self.setFocusProxy((first.findChild(DataTable) if first else None) or first)

    def in_words(self) -> tuple[str, ...]:
        """The days that are shown, for an export and a print."""
        from_on, to_on = self.days
        return (f"From {formats.day(from_on)} to {formats.day(to_on)}",)

    def show_figures(
        self, days: tuple[date, date], said: str, sums: Sequence[str], tables: Sequence[Sequence[Any]]
    ) -> None:
        """Show the figures of these days: what they are of, the sums across, and the rows of each table, in their order."""
        self.days = days
        self._said.setText(said)
        for figure, words in zip(self._sums, sums, strict=True):
            figure.show_text(words)
        for at, (model, rows) in enumerate(zip(self.models, tables, strict=True)):
            model.show_rows(rows)
            self.parts.count_part(at, len(rows))

    def put_back(self) -> None:
        """What was asked for isn't shown: the dates are again those of the figures that are."""
        self._write(*self.days)
        self._mark()

    def follow(self) -> None:
        """It is another day: a span up to the day before goes on to today, and a usual one stays as long as it was."""
        (from_on, to_on), was, now = self.span, self._day, self._today()
        if to_on == was != now:
            usual = (to_on - from_on).days + 1 in self._usual
            self._write(from_on + (now - was) if usual else from_on, now)
        self._mark()

    def _choose(self, days: int) -> None:
        """A usual span: its dates are written, and asked for once."""
        today = self._today()
        self._write(today - timedelta(days=days - 1), today)
        self._ask()

    def _write(self, from_on: date, to_on: date) -> None:
        """Write both dates, without asking for either."""
        for field, day in ((self.from_on, from_on), (self.to_on, to_on)):
            field.blockSignals(True)
            field.set_value(day)
            field.blockSignals(False)

    def _ask(self) -> None:
        """Mark the usual span that it is, if it is one, and ask for the figures."""
        self._mark()
        self.span_wanted.emit()

    def _mark(self) -> None:
        from_on, to_on = self.span
        self._day = self._today()
        days = (to_on - from_on).days + 1 if to_on == self._day else 0
        for usual, pressed in self._usual.items():
            pressed.setChecked(usual == days)

    def _header(self, actions: Sequence[QPushButton]) -> Card:
        card = Card(spacing=8)
        figures = FlowLayout(across=28)
        for figure in self._sums:
            figures.addWidget(figure)
        spans = FlowLayout(across=6, right=True)
        for field in (self.from_on, self.to_on):
            field.dateChanged.connect(lambda _day: self._ask())
        for each in (label("From", "muted"), self.from_on, label("to", "muted"), self.to_on):
            spans.addWidget(each)
        self._usual: dict[int, QPushButton] = {}
        for words, days in SPANS:
            pressed = filter_button(words, checked=self.from_on.value() == self._day - timedelta(days=days - 1))
            pressed.clicked.connect(lambda _on, days=days: self._choose(days))
            self._usual[days] = pressed
            spans.addWidget(pressed)
        head = row(label(self._heading, "title"), self._said, spans, spacing=14)
        head.setStretch(1, 1)
        card.column.addLayout(head)
        if actions:
            acts = FlowLayout(across=8, right=True)
            for action in actions:
                acts.addWidget(action)
            figures_and_actions = row(figures, acts, spacing=14)
            figures_and_actions.setStretch(0, 1)
            figures_and_actions.setStretch(1, 1)
            card.column.addLayout(figures_and_actions)
        else:
            card.column.addLayout(figures)
        return card
