"""How Rentbook looks: colours as data, the font, the text size, light and dark.

Everything is drawn from `resources/styles/tokens.json` and one style sheet. The theme in force is kept on the
application object, so that a widget that paints for itself asks `tokens()`; there is no colour anywhere else.
The palette and the font are the application's; the sheet is put on each window by `dress`, and whatever has a window above
it follows that one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from string import Template

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory, QWidget

from app.services.core.resources import font_file, resource

FONT = "Open Sans"
POINTS = 10.0
TEXT_SIZES = (100, 110, 125, 150, 175, 200)
_FONTS = ("OpenSans-Regular", "OpenSans-SemiBold", "OpenSans-Bold")
_LENGTH = re.compile(r"\b(\d+(?:\.\d+)?)(sp|pt)\b")


class Scheme(StrEnum):
    """Light or dark, or whichever of the two the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, by what they are for, as `#RRGGBB`."""

    page: str
    surface: str
    raised: str
    line: str
    control_line: str
    strong: str
    text: str
    muted: str
    brand: str
    brand_hover: str
    on_brand: str
    brand_soft: str
    focus: str
    bad: str
    bad_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    selected: str
    alternate: str

    def colour(self, name: str) -> QColor:
        """The colour of a token, by its name."""
        return QColor(str(getattr(self, name)))


@cache
def load_tokens(scheme: Scheme) -> Tokens:
    """The tokens of the light or the dark scheme."""
    found = json.loads(resource("styles", "tokens.json").read_text("utf-8"))[scheme.value]
    return Tokens(**{field.name: found[field.name] for field in fields(Tokens)})


def tokens() -> Tokens:
    """The tokens in force: light until a `Theme` dresses the application."""
    theme = _theme()
    return theme.tokens if theme else load_tokens(Scheme.LIGHT)


def scaled(length: float) -> int:
    """A length drawn for text of 10 pt, at the text size in force."""
    theme = _theme()
    return round(length * (theme.text_size if theme else 100) / 100)


def dress(window: QWidget) -> None:
    """Put the style sheet on a window, or whatever else stands alone, for as long as it lives.

    Were it the application's, Qt would style everything in a box again with each box around it; so a page is styled once,
    when it is put into its window.
    """
    theme = _theme()
    if theme is not None:
        _Dress(window, theme)


@contextmanager
def style_of(widget: QWidget) -> Iterator[QStyle]:
    """What draws a widget, for a moment.

    Qt throws it away with the last window that it draws. What PySide remembers of it by its address is forgotten at once,
    or it would be taken for whatever is put there next (as with places in boxes: `boxes`).
    """
    found = widget.style()
    try:
        yield found
    finally:
        if found is not QApplication.style():
            shiboken6.invalidate(found)


def _theme() -> Theme | None:
    app = QApplication.instance()
    found = app.property("rentbook_theme") if app else None
    return found if isinstance(found, Theme) else None


class Theme(QObject):
    """Dresses the application, again whenever the officer or the system changes its mind.

    Attributes:
        sheet: the style sheet in force.

    Signals:
        recut(sheet): the style sheet is another; every window takes it before `changed`.
        changed: everything has been dressed anew; what paints for itself should paint again.
    """

    changed = Signal()
    recut = Signal(str)

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = scheme
        self.text_size = text_size
        self.tokens = load_tokens(self.scheme)
        self.sheet = ""
        app.setStyle(QStyleFactory.create("Fusion"))
        for name in _FONTS:
            QFontDatabase.addApplicationFont(str(font_file(name)))
        app.setProperty("rentbook_theme", self)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._dress()

    @property
    def wanted(self) -> Scheme:
        """What the officer chose."""
        return self._wanted

    @property
    def scheme(self) -> Scheme:
        """Light or dark: what is shown."""
        if self._wanted is not Scheme.SYSTEM:
            return self._wanted
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def choose(self, scheme: Scheme | None = None, text_size: int | None = None) -> None:
        """Take another scheme or text size (in per cent, 100 to 200) and dress everything at once."""
        self._wanted = scheme or self._wanted
        self.text_size = min(200, max(100, text_size or self.text_size))
        self._dress()

    def _follow_system(self) -> None:
        if self._wanted is Scheme.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        self.tokens = load_tokens(self.scheme)
        font = QFont(FONT)
        font.setPointSizeF(POINTS * self.text_size / 100)
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        self.sheet = style_sheet(self.scheme, self.text_size)
        self.recut.emit(self.sheet)
        self.changed.emit()


class _Dress(QObject):
    """The style sheet on a window, whichever is in force."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        window.setStyleSheet(theme.sheet)
        theme.recut.connect(self.change)

    def change(self, sheet: str) -> None:
        """Style the window and all that is in it by another sheet."""
        window = self.parent()
        assert isinstance(window, QWidget)
        window.ensurePolished()  # of what was never shown Qt would keep what it has read of the sheet before
        window.setStyleSheet(sheet)


def style_sheet(scheme: Scheme, text_size: int = 100) -> str:
    """The style sheet of a scheme with every length and letter grown by the text size (in per cent)."""
    shown = load_tokens(scheme)
    values = {field.name: str(getattr(shown, field.name)) for field in fields(Tokens)}
    for image in ("arrow", "tick"):
        values[image] = resource("icons", f"{image}-{scheme.value}.svg").as_posix()
    sheet = Template(resource("styles", "rentbook.qss").read_text("utf-8")).substitute(values)

    def grow(match: re.Match[str]) -> str:
        length = float(match[1]) * text_size / 100
        return f"{round(length)}px" if match[2] == "sp" else f"{length:g}pt"

    return _LENGTH.sub(grow, sheet)


def _palette(shown: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, name in (
        (role.Window, "page"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "alternate"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad"),
        (role.Highlight, "selected"),
        (role.HighlightedText, "strong"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Link, "focus"),
        (role.LinkVisited, "focus"),
        (role.Accent, "focus"),
        (role.Light, "raised"),
        (role.Midlight, "raised"),
        (role.Mid, "line"),
        (role.Dark, "line"),
        (role.Shadow, "line"),
    ):
        palette.setColor(where, shown.colour(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, shown.colour("muted"))
    return palette
