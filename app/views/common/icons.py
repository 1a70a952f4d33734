"""Icons of the Material Design set, coloured by token and drawn again when the theme changes.

The letters and their names come with the package qtawesome. Its module is not imported: measured, that takes 0.15
seconds of each start, and it loads every part of Qt it can find, QtDataVisualization (GPL) among them.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.views.common.theme import scaled, tokens

_GAP = 4
"""Pixels at 100 per cent between an icon and the words of its button, besides those that the style leaves."""
_INK = 0.9
"""How much of the square the glyph's font takes; the set leaves a margin of its own."""


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of the icon font, and the letter of each name (hexadecimal)."""
    found = importlib.util.find_spec("qtawesome")
    assert found is not None
    assert found.submodule_search_locations is not None
    folder = Path(found.submodule_search_locations[0]) / "fonts"
    letters = next(folder.glob("materialdesignicons6-webfont-[0-9]*.ttf"))
    names = next(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(letters)))[0]
    read: dict[str, str] = json.loads(names.read_text("utf-8"))
    return family, read


NONE = QIcon()
"""No icon."""


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon by its Material Design name (`magnify`), in the colour of a token.

    Raises:
        KeyError: the set has no icon of that name.
    """
    return _drawn(name, str(getattr(tokens(), colour)), tokens().muted)


@cache
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Glyph(chr(int(_glyphs()[1][name], 16)), colour, disabled))


class _Glyph(QIconEngine):
    """A letter of the set, drawn in the sizes that are shown and in no others; a chosen row's icon doesn't fade."""

    def __init__(self, letter: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._letter, self._colour, self._disabled = letter, colour, disabled
        self._drawn: dict[tuple[int, int, bool], QPixmap] = {}

    def clone(self) -> QIconEngine:
        """Another of the same."""
        return _Glyph(self._letter, self._colour, self._disabled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """It in a size, drawn once."""
        key = (size.width(), size.height(), mode is QIcon.Mode.Disabled)
        if key not in self._drawn:
            drawn = self._drawn[key] = QPixmap(size)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            self.paint(painter, drawn.rect(), mode, state)
            painter.end()
        return self._drawn[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """It in the middle of a square; in a wider space at its left, so that words beside it keep their distance."""
        side = min(rect.width(), rect.height())
        font = QFont(_glyphs()[0])
        font.setPixelSize(round(side * _INK))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(self._disabled if mode is QIcon.Mode.Disabled else self._colour)
        square = QRect(rect.left(), rect.top(), side, rect.height())
        painter.drawText(square, int(Qt.AlignmentFlag.AlignCenter), self._letter)
        painter.restore()


def dress(widget: QAbstractButton | QLabel, name: str, colour: str = "text", size: int = 16) -> None:
    """Give a button or a label its icon, and remember which, so that `redress` can colour it again."""
    widget.setProperty("icon_spec", (name, colour, size))
    _draw(widget)


def redress(root: QWidget | None = None) -> None:
    """Draw every remembered icon again, in the colours in force."""
    for widget in root.findChildren(QWidget) if root else QApplication.allWidgets():
        if isinstance(widget, QAbstractButton | QLabel):
            _draw(widget)


def _draw(widget: QAbstractButton | QLabel) -> None:
    spec = widget.property("icon_spec")
    if not spec:
        return
    name, colour, size = spec
    drawn = icon(name, colour)
    side = scaled(size)
    if isinstance(widget, QLabel):
        widget.setPixmap(drawn.pixmap(QSize(side, side), widget.devicePixelRatio()))
    else:
        widget.setIcon(drawn)
        widget.setIconSize(QSize(side + (scaled(_GAP) if widget.text() else 0), side))
