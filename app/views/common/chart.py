"""A line of balances over weeks, drawn by pyqtgraph in the colours of the theme."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.views.common import formats
from app.views.common.boxes import VBox
from app.views.common.theme import scaled, tokens

_MOST_TICKS = 4
LIBRARY = "pyqtgraph"
_LATER_MS = 300
"""The library takes the interpreter for a good part of a second: what an officer reads and types into comes first."""


def load_library() -> None:
    """Import what pyqtgraph reckons with, off the GUI thread; what knows of Qt is imported by the thread that draws alone."""
    importlib.import_module("numpy")


class BalanceChart(QWidget):
    """Balance against week, above the line of nought what is owed. For a screen reader it says its range in words.

    Signals:
        library_wanted: there is something to draw, the rest of the page has had its turn, and pyqtgraph isn't loaded:
            run `load_library` off the GUI thread, then call `draw`.
    """

    library_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._points: Sequence[tuple[date, Money]] = ()
        self._plot: Any = None
        self._layout = VBox(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.library_wanted)
        self.setMinimumHeight(scaled(150))

    def show_points(self, points: Sequence[tuple[date, Money]]) -> None:
        """Draw the balance at the end of each week."""
        self._points = points
        self.setAccessibleName(f"{self._name}: {self._in_words()}")
        if points and LIBRARY not in sys.modules:
            self._later.start()
        else:
            self.draw()

    def draw(self) -> None:
        """Draw what was given."""
        if self._points and self._plot is None:
            self._make()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw again in the colours in force."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self._plot is not None:
            self._draw()

    def _in_words(self) -> str:
        if not self._points:
            return "nothing to draw"
        first, last = self._points[0], self._points[-1]
        highest = max(self._points, key=lambda point: point[1].pence)
        return (
            f"from {first[1].dr_cr()} in the week of {formats.day(first[0])} to {last[1].dr_cr()}"
            f" in the week of {formats.day(last[0])}, highest {highest[1].dr_cr()}"
        )

    def _make(self) -> None:
        import pyqtgraph as pg

        pg.setConfigOptions(antialias=True)
        plot = pg.PlotWidget()
        plot.setFrameStyle(0)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setFocusPolicy(self.focusPolicy())
        plot.viewport().setFocusPolicy(self.focusPolicy())
        plot.setAccessibleName(self._name)
        self._layout.addWidget(plot)
        self._plot = plot

    def _draw(self) -> None:
        if self._plot is None:
            return
        import pyqtgraph as pg

        shown = tokens()
        plot = self._plot
        plot.clear()
        plot.setBackground(shown.surface)
        plot.getPlotItem().showGrid(x=False, y=False)
        xs = list(range(len(self._points)))
        ys = [amount.pence / 100 for _, amount in self._points]
        plot.addItem(pg.InfiniteLine(pos=0, angle=0, pen=pg.mkPen(shown.control_line, width=1)))
        dot = "o" if len(xs) == 1 else None  # a line needs two
        plot.plot(xs, ys, pen=pg.mkPen(shown.brand, width=2), symbol=dot, symbolPen=None, symbolBrush=shown.brand)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(shown.line))
            axis.setTextPen(pg.mkPen(shown.muted))
            axis.setTickFont(self.font())
            axis.setStyle(tickLength=0, tickTextOffset=6)
        step = max(1, -(-len(xs) // _MOST_TICKS))
        ticks = [(at, f"{self._points[at][0].day} {formats.month(self._points[at][0])}") for at in xs[::step]]
        plot.getAxis("bottom").setTicks([ticks])
        plot.getAxis("left").setGrid(60)
        plot.getAxis("left").tickStrings = _pounds
        plot.getViewBox().autoRange(padding=0.04)


def _pounds(values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
    """Amounts beside the chart, as amounts are written: `200 DR`, `100 CR`."""
    return ["0" if not value else f"{abs(value):,.10g} {'DR' if value > 0 else 'CR'}" for value in values]
