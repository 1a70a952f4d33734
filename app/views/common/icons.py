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
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.views.common.theme import scaled, tokens

_SIZES = (16, 24, 32, 48, 72)
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
    return family, json.loads(names.read_text("utf-8"))


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
    made = QIcon()
    for size in _SIZES:
        drawn = _pixmap(name, colour, size)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else a chosen row's icon fades
            made.addPixmap(drawn, mode)
        made.addPixmap(_pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    family, letters = _glyphs()
    font = QFont(family)
    font.setPixelSize(round(size * _INK))
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRect(0, 0, size, size), int(Qt.AlignmentFlag.AlignCenter), chr(int(letters[name], 16)))
    painter.end()
    return drawn


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
        widget.setIconSize(QSize(side, side))
