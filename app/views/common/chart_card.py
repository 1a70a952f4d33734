"""A chart with the same figures as a table behind it; a bar opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.views.common.bars import Bar, BarChart, Swatch
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, button, label, row


class ChartCard(Card):
    """A chart, or the same figures as a table.

    Signals:
        opened(int): a bar, or a row of the table, was chosen.
    """

    opened = Signal(int)

    def __init__(self, title: str, chart: BarChart, columns: tuple[Column[Any], ...], empty: str) -> None:
        super().__init__(spacing=6)
        self.setAccessibleName(title)
        self.chart = chart
        self.model: ListModel[Any] = ListModel(columns, in_turn=True)
        self.table = DataTable(title, self.model, stretch=columns[0].key, empty=empty)
        self._figure = label("", "strong")
        self._swap = button("As a table", role="link", tip="The same figures as a table, and back")
        self._swap.clicked.connect(self._swap_over)
        self._waiting = label("", "muted", wrap=True)
        self._empty = empty
        self._stack = QStackedLayout()
        chart.setParent(self)  # a stack without a parent would show it as a window
        self._stack.addWidget(chart)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._waiting)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row(label(title, "heading"), None, self._figure))
        below = FlowLayout(across=12)
        for each in chart.series if len(chart.series) > 1 else ():
            name = QWidget()
            name.setLayout(row(Swatch(each.tone), label(each.name, "muted"), spacing=6))
            below.addWidget(name)
        under = row(below, self._swap)
        under.setStretch(0, 1)
        self.column.addLayout(under)
        self.column.addLayout(self._stack, 1)
        chart.opened.connect(self.opened)
        self.table.opened.connect(lambda _row: self.opened.emit(self.table.currentIndex().row()))
        self._stack.setCurrentIndex(2)

    def show_figures(self, rows: Sequence[Any], bars: Sequence[Bar], figure: str) -> None:
        """Draw the bars, which are the rows in the same order, under their sum."""
        self.model.show_rows(rows)
        self._figure.setText(figure)
        self._swap.setEnabled(bool(bars))
        self._waiting.setText("" if bars else self._empty)
        if not bars:
            self._stack.setCurrentIndex(2)
        elif self._stack.currentIndex() == 2:
            self._stack.setCurrentIndex(0)
        self.chart.show_bars(bars)

    def _swap_over(self) -> None:
        self.show_table(table=self._stack.currentIndex() == 0)

    def show_table(self, *, table: bool) -> None:
        """The table instead of the chart, or back."""
        self._stack.setCurrentIndex(1 if table else 0)
        self._swap.setText("As a chart" if table else "As a table")
        self._swap.setAccessibleName("As a chart" if table else "As a table")
        (self.table if table else self.chart).setFocus()
