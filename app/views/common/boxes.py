"""Boxes that lay widgets out, and what may be asked of the places in them.

PySide remembers the places that Qt makes (around a widget, and the spaces) by their address, and keeps what it remembers
for as long as the outermost box lives. A place that has gone meanwhile is then taken for whatever Qt puts at its address
next: a table asks for its viewport and is given a space. So every box with another inside is made here, and the places of
a layout are looked at through `placed`, `spaces` and `emptied` alone: nothing is remembered of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QLayoutItem, QSpacerItem, QVBoxLayout, QWidget


class VBox(QVBoxLayout):
    """Under each other."""

    def addLayout(self, layout: QLayout, stretch: int | None = None) -> None:  # noqa: N802
        """Put a filled layout at the end."""
        super().addLayout(layout, stretch or 0)
        _forget(layout)

    def insertLayout(self, index: int, layout: QLayout, stretch: int | None = None) -> None:  # noqa: N802
        """Put a filled layout at a place."""
        super().insertLayout(index, layout, stretch or 0)
        _forget(layout)


class HBox(QHBoxLayout):
    """Beside each other."""

    def addLayout(self, layout: QLayout, stretch: int | None = None) -> None:  # noqa: N802
        """Put a filled layout at the end."""
        super().addLayout(layout, stretch or 0)
        _forget(layout)


class Grid(QGridLayout):
    """In lines and columns; it holds widgets only."""


def placed(layout: QLayout, at: int) -> QWidget | QLayout | None:
    """The widget or the layout at a place, from 0; nothing of a space, or where there is no such place."""
    item = layout.itemAt(at)
    if item is None:
        return None
    found: QWidget | QLayout | None = item if isinstance(item, QLayout) else item.widget()
    _forget_place(item)
    return found


def spaces(layout: QLayout) -> Iterator[QSpacerItem]:
    """The spaces of a layout, each for as long as it is looked at."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if isinstance(item, QSpacerItem):
            yield item
        if item is not None:
            _forget_place(item)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, and of those in it; the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if isinstance(item, QLayout):
            emptied(item)
        elif (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def let_go(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets stay where they stand."""
    while layout.takeAt(0) is not None:
        pass


def _forget(layout: QLayout) -> None:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None:
            _forget_place(item)


def _forget_place(item: QLayoutItem) -> None:
    if isinstance(item, QLayout):
        _forget(item)
    elif not shiboken6.createdByPython(item):
        shiboken6.invalidate(item)
