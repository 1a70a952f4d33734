"""How the parts of a page share its room: beside each other, or under each other where large text leaves too little."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QSplitter, QWidget

from app.views.common.parts import SideCard, column, row
from app.views.common.theme import scaled

_SHARE = 3
"""Tenths of the width that a card at the side has at most."""


class Room(QWidget):
    """Takes the height that is left, and never less than this (in pixels at 100 per cent); what is in it scrolls.

    What is in it has the height that it asks for where it stacks its panes: the page scrolls to them.
    """

    def __init__(self, inside: QWidget, least: int) -> None:
        super().__init__()
        self._least = least
        self._inside = inside
        column(self, inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """However wide it is."""
        return False

    def sizeHint(self) -> QSize:  # noqa: N802
        """The least, by what is in it."""
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The least, by what is in it."""
        return QSize(super().minimumSizeHint().width(), self._high())

    def _high(self) -> int:
        return max(scaled(self._least), self._inside.minimumHeight())


class Beside(QWidget):
    """A card and what it stands beside, which has the larger share; over it where large text leaves no room beside."""

    def __init__(self, card: SideCard, rest: QWidget | QLayout, *, margin: int = 0) -> None:
        super().__init__()
        self.setObjectName("canvas")
        card.stand(alone=False)
        self._card = card
        self._rest = rest
        self._line = row(card, rest, spacing=12)
        self._line.setStretch(0, _SHARE)
        self._line.setStretch(1, 10 - _SHARE)
        self._line.setContentsMargins(*([scaled(margin)] * 4))
        self.setLayout(self._line)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as the wider of the two."""
        return QSize(max(self._wide()) + self._sides(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other, or one over the other."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """What is in it wants more room, or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        over = sum(self._wide()) + self._line.spacing() > self.width() - self._sides()
        way = QBoxLayout.Direction.TopToBottom if over else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != way:
            self._line.setDirection(way)
            self._line.setStretch(0, 0 if over else _SHARE)
            self._card.stand(alone=over)

    def _sides(self) -> int:
        margins = self._line.contentsMargins()
        return margins.left() + margins.right()

    def _wide(self) -> tuple[int, int]:
        rest = self._rest
        if isinstance(rest, QLayout):
            least = rest.minimumSize().width()
        else:  # as a layout has it: what was set, or else what it asks for
            least = rest.minimumWidth() or rest.minimumSizeHint().width()
        return self._card.minimumSizeHint().width(), least


@dataclass(frozen=True, slots=True)
class Pane:
    """One of several panes and its lengths, in pixels at 100 per cent.

    Attributes:
        least: the least width beside the others.
        wide: the width that it begins with.
        high: the height where it stands under the others.
    """

    shown: QWidget
    least: int
    wide: int
    high: int


class Panes(QSplitter):
    """Panes beside each other; under each other, in a page that scrolls, where large text leaves no room beside."""

    def __init__(self, *panes: Pane) -> None:
        super().__init__()
        self._panes = panes
        self.setHandleWidth(scaled(12))
        self.setChildrenCollapsible(False)
        for at, pane in enumerate(panes):
            self.addWidget(pane.shown)
            self.setStretchFactor(at, 1 if at else 0)
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other, or one under the other."""
        super().resizeEvent(event)
        if self._stacked() is not (self.orientation() is Qt.Orientation.Vertical):
            self._size()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The panes grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as the widest of them needs: the others may stand under it."""
        widest = max((pane.shown.minimumSizeHint().width() for pane in self._panes), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _stacked(self) -> bool:
        return self.width() < scaled(sum(pane.least for pane in self._panes)) + 2 * self.handleWidth()

    def _size(self) -> None:
        stacked = self._stacked()
        self.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        for pane in self._panes:
            pane.shown.setMinimumWidth(0 if stacked else scaled(pane.least))
        self.setMinimumHeight(scaled(sum(pane.high for pane in self._panes)) if stacked else 0)
        self.setSizes([scaled(pane.high if stacked else pane.wide) for pane in self._panes])
