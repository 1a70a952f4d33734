"""Bars drawn by pyqtgraph in the colours of the theme: by mouse and by keyboard each opens what is behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.common.boxes import VBox
from app.views.common.chart import LIBRARY
from app.views.common.theme import scaled, tokens

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_OPENERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_THICK = 0.72
_UNDER = 10
"""Room for the words under the bars, beside their height."""
_LEAST_SLOTS = 5
"""A single bar is no wider than one of five."""


@dataclass(frozen=True, slots=True)
class Series:
    """One of the amounts that each bar has: what it is called, and the token of its colour."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what stands under it, or beside it.
        values: one for each series, in the unit of the axis.
        words: all of it as a sentence, for the tip and for screen readers.
    """

    label: str
    values: tuple[float, ...]
    words: str


class Swatch(QWidget):
    """A small square in the colour of a series, for a legend."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(scaled(10), scaled(10))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Fill it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().colour(self._tone))
        painter.end()


class BarChart(QWidget):
    """Bars, standing or lying; those of several series beside each other, or on top of each other.

    Signals:
        opened(int): a bar was clicked, or Enter pressed on it.
        library_wanted: there is something to draw and pyqtgraph isn't loaded: run `chart.load_library` off the GUI thread,
            then call `draw`.
    """

    opened = Signal(int)
    library_wanted = Signal()

    def __init__(self, name: str, series: Sequence[Series], *, stacked: bool = False, lying: bool = False) -> None:
        super().__init__()
        self._name = name
        self.series = tuple(series)
        self._stacked, self._lying = stacked, lying
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._plot: Any = None
        self._layout = VBox(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(scaled(130))
        self._name_it()

    @property
    def drawn(self) -> bool:
        """Whether there is a chart to look at."""
        return self._plot is not None

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these bars."""
        self._bars = tuple(bars)
        self._at = min(self._at, len(self._bars) - 1)
        self._name_it()
        if self._bars and LIBRARY not in sys.modules:
            self.library_wanted.emit()
        else:
            self.draw()

    def draw(self) -> None:
        """Draw what was given."""
        if self._bars and self._plot is None:
            self._make()
        if self._plot is not None:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk along the bars, Home and End go to the first and last, Enter opens the one they are on."""
        key, last = Qt.Key(event.key()), len(self._bars) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._go_to(max(0, min(last, self._at + _STEPS[key])))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to(0 if key is Qt.Key.Key_Home else last)
        elif key in _OPENERS and self._at >= 0:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Stand on the first bar."""
        super().focusInEvent(event)
        self._go_to(max(self._at, 0) if self._bars else -1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """No bar is marked any more."""
        super().focusOutEvent(event)
        self._name_it()
        self.draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw again in the colours in force."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self._plot is not None:
            self._draw()

    def _go_to(self, at: int) -> None:
        self._at = at
        self._name_it()
        self.draw()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _name_it(self) -> None:
        every = "; ".join(bar.words for bar in self._bars) or "nothing to draw"
        on = f"{self._bars[self._at].words}. Of: " if 0 <= self._at < len(self._bars) and self.hasFocus() else ""
        self.setAccessibleName(f"{self._name}: {on}{every}")

    # Drawing

    def _make(self) -> None:
        import pyqtgraph as pg

        plot = pg.PlotWidget()
        plot.setFrameStyle(0)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        for part in (plot, plot.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAccessibleName(self._name)
        plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        plot.scene().sigMouseClicked.connect(self._clicked)
        plot.scene().sigMouseMoved.connect(self._hovered)
        self._layout.addWidget(plot)
        self._plot = plot

    def _draw(self) -> None:
        import pyqtgraph as pg

        shown, plot = tokens(), self._plot
        plot.clear()
        plot.setBackground(shown.surface)
        for number, series in enumerate(self.series):
            plot.addItem(self._item(number, shown.colour(series.tone), pg))
        if self.hasFocus() and self._at >= 0:
            reach = sum(self._bars[self._at].values) if self._stacked else max(self._bars[self._at].values)
            mark = self._shape(pg, self._at, 0.0, reach, 0.92)
            mark.setOpts(brush=None, pen=pg.mkPen(shown.focus, width=2))
            plot.addItem(mark)
        self._dress_axes(pg)
        ends = (-0.6, max(len(self._bars), _LEAST_SLOTS) - 0.4)
        most = max((sum(bar.values) if self._stacked else max(bar.values) for bar in self._bars), default=1) or 1
        box = plot.getViewBox()
        box.invertY(self._lying)
        if self._lying:
            box.setRange(xRange=(0, most * 1.05), yRange=ends, padding=0)
        else:
            box.setRange(xRange=ends, yRange=(0, most * 1.05), padding=0)

    def _item(self, number: int, colour: Any, pg: Any) -> Any:
        """The bars of one series."""
        wide = _THICK if self._stacked else _THICK / len(self.series)
        beside = 0.0 if self._stacked else (number - (len(self.series) - 1) / 2) * wide
        places = [at + beside for at in range(len(self._bars))]
        starts = [sum(bar.values[:number]) if self._stacked else 0.0 for bar in self._bars]
        lengths = [bar.values[number] for bar in self._bars]
        brush, pen = pg.mkBrush(colour), pg.mkPen(None)
        if self._lying:
            return pg.BarGraphItem(y=places, height=wide, x0=starts, width=lengths, brush=brush, pen=pen)
        return pg.BarGraphItem(x=places, width=wide, y0=starts, height=lengths, brush=brush, pen=pen)

    def _shape(self, pg: Any, at: int, start: float, length: float, wide: float) -> Any:
        if self._lying:
            return pg.BarGraphItem(y=[at], height=wide, x0=[start], width=[length])
        return pg.BarGraphItem(x=[at], width=wide, y0=[start], height=[length])

    def _dress_axes(self, pg: Any) -> None:
        shown, plot = tokens(), self._plot
        names, numbers = ("left", "bottom") if self._lying else ("bottom", "left")
        for side in (names, numbers):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(shown.line))
            axis.setTextPen(pg.mkPen(shown.muted))
            axis.setTickFont(self.font())
            axis.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=True)
            axis.enableAutoSIPrefix(False)
            axis.setZValue(-1)
        step = 1 if self._lying else max(1, -(-len(self._bars) // max(1, self.width() // scaled(52))))
        ticks = [(at, bar.label) for at, bar in enumerate(self._bars) if at % step == 0]
        plot.getAxis(names).setTicks([ticks])
        plot.getAxis("bottom").setHeight(self.fontMetrics().height() + scaled(_UNDER))
        plot.getAxis(names).setGrid(False)
        plot.getAxis(numbers).setGrid(60)
        plot.getAxis(numbers).tickStrings = _numbers

    # The mouse

    def _bar_at(self, where: QPointF) -> int:
        point = self._plot.getViewBox().mapSceneToView(where)
        at = round(point.y() if self._lying else point.x())
        inside = self._plot.getViewBox().sceneBoundingRect().contains(where)
        return at if inside and 0 <= at < len(self._bars) else -1

    def _clicked(self, event: Any) -> None:
        at = self._bar_at(event.scenePos())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self.opened.emit(at)

    def _hovered(self, where: QPointF) -> None:
        at = self._bar_at(where)
        self._plot.setToolTip(self._bars[at].words if at >= 0 else "")
        self._plot.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)


def _numbers(values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
    """The numbers along an axis: `40,000`; nothing between whole numbers, since bars count things or pounds."""
    return [f"{value:,.0f}" if value == round(value) else "" for value in values]
