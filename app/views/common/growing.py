"""Margins and gaps that follow the text size: what was laid out before a change stands as if it were made after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QGridLayout, QLayout, QSplitter, QWidget

from app.views.common.boxes import spaces
from app.views.common.theme import Theme, scaled

_WIDTH: Final = "width_at_100"


def hold_width(widget: QWidget, length: int) -> None:
    """Give a widget this fixed width, in pixels at 100 per cent, whatever text size is chosen later."""
    widget.setProperty(_WIDTH, length)
    widget.setFixedWidth(scaled(length))


class Growing(QObject):
    """Lays out a window and the sheets over it anew whenever the officer chooses another text size.

    A length of a layout is a length at 100 per cent times the text size, so the one can be had from the other.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._size = theme.text_size
        theme.changed.connect(self.follow)

    def follow(self) -> None:
        """Take the text size that is in force."""
        was, self._size = self._size, self._theme.text_size
        if was == self._size:
            return

        def anew(length: int) -> int:
            return scaled(round(length * 100 / was)) if length > 0 else length

        for layout in self._window.findChildren(QLayout):
            _grow(layout, anew)
        for splitter in self._window.findChildren(QSplitter):
            splitter.setHandleWidth(anew(splitter.handleWidth()))
        for widget in self._window.findChildren(QWidget):
            if (length := widget.property(_WIDTH)) is not None:
                widget.setFixedWidth(scaled(length))


def _grow(layout: QLayout, anew: Callable[[int], int]) -> None:
    sides = layout.contentsMargins()
    layout.setContentsMargins(anew(sides.left()), anew(sides.top()), anew(sides.right()), anew(sides.bottom()))
    if isinstance(layout, QFormLayout | QGridLayout):
        layout.setHorizontalSpacing(anew(layout.horizontalSpacing()))
        layout.setVerticalSpacing(anew(layout.verticalSpacing()))
    elif isinstance(layout, QBoxLayout):
        layout.setSpacing(anew(layout.spacing()))
        for space in spaces(layout):
            hint, policy = space.sizeHint(), space.sizePolicy()
            space.changeSize(
                anew(hint.width()), anew(hint.height()), policy.horizontalPolicy(), policy.verticalPolicy()
            )
    layout.invalidate()
