"""Icons of the Material Design set, coloured by token and drawn again when the theme changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import qtawesome.iconic_font as glyphs
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.views.common.theme import scaled, tokens

SET = "mdi6"


@cache
def _font() -> glyphs.IconicFont:
    """The one icon font that is used (qtawesome itself would load all ten)."""
    folder = Path(glyphs.__file__).parent / "fonts"
    letters = next(folder.glob("materialdesignicons6-webfont-[0-9]*.ttf"))
    names = next(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    return glyphs.IconicFont((SET, letters.name, names.name, str(folder)))


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon by its Material Design name (`magnify`), in the colour of a token."""
    shown = tokens()
    return QIcon(
        _font().icon(
            f"{SET}.{name}",
            color=shown.colour(colour),
            color_disabled=shown.colour("muted"),
            color_active=shown.colour(colour),
        )
    )


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
        widget.setPixmap(drawn.pixmap(side, side))
    else:
        widget.setIcon(drawn)
        widget.setIconSize(QSize(side, side))
