"""The small pieces of which pages are made: words, pills, figures, buttons, cards. Their look is in the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.models.values import Money
from app.views.common import icons
from app.views.common.boxes import HBox, VBox
from app.views.common.short_names import fitting
from app.views.common.theme import scaled, style_of

_LEAST_SIDE = 260
_ALONE = 240
_NO_END = 16_777_215


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties that the style sheet looks at, and draw the widget by them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    with style_of(widget) as style:
        style.unpolish(widget)
    with style_of(widget) as style:  # anew: what hears that its letters changed may have been restyled meanwhile
        style.polish(widget)


def label(text: str = "", role: str = "", *, wrap: bool = False, tone: str = "", selectable: bool = False) -> QLabel:
    """Words on a page. Roles: title, heading, figure, strong, muted; tones: good, warning, bad."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Elided(QLabel):
    """Words that end in dots where the room ends; the whole is in the tip and for screen readers."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._whole = ""
        self._shorter: Sequence[str] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str, shorter: Sequence[str] = ()) -> None:
        """Show these words, or the longest of the shorter ones that has room."""
        self._whole, self._shorter = text, shorter
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Cut the words anew."""
        self._fit()

    def _fit(self) -> None:
        room = max(0, self.width())
        words = fitting(self._whole, self._shorter, self.fontMetrics(), room)
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def pill(text: str, tone: str = "") -> QLabel:
    """A state in a rounded box; it keeps to its own size."""
    made = label(text, "pill", tone=tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    return made


class Figure(QWidget):
    """A large amount under its name. What is owed is in the bad colour and says DR."""

    def __init__(self, name: str, *, align_right: bool = False) -> None:
        super().__init__()
        side = Qt.AlignmentFlag.AlignRight if align_right else Qt.AlignmentFlag.AlignLeft
        self._name = label(name, "muted")
        self._amount = label("", "figure")
        for shown in (self._name, self._amount):
            shown.setAlignment(side)
        column(self, self._name, self._amount, spacing=0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_amount(self, amount: Money, *, balance: bool = True) -> None:
        """Show a balance with DR or CR, or (`balance=False`) a plain amount."""
        self._amount.setText(amount.dr_cr() if balance else str(amount))
        restyle(self._amount, tone="bad" if balance and amount.pence > 0 else "")
        self.setAccessibleName(f"{self._name.text()} {self._amount.text()}")

    def show_text(self, text: str) -> None:
        """Show words where there is no amount."""
        self._amount.setText(text)
        self.setAccessibleName(f"{self._name.text()} {text}")

    def rename(self, name: str) -> None:
        """Change what stands above the amount."""
        self._name.setText(name)


def button(text: str, *, role: str = "", icon: str = "", key: str = "", tip: str = "") -> QPushButton:
    """A push button with its key written on it. Roles: primary, link."""
    made = QPushButton(f"{text}  {key}" if key else text)
    made.setProperty("role", role)
    made.setAccessibleName(text.replace("&", ""))
    made.setToolTip(tip)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor if role == "link" else Qt.CursorShape.ArrowCursor)
    if icon:
        icons.dress(made, icon, "on_brand" if role == "primary" else "brand")
    return made


def action_button(action: QAction, *, role: str = "", icon: str = "") -> QPushButton:
    """A button for an action of the page: same words, also when they change, same key, enabled together."""
    words, key = action.text(), action.shortcut().toString().replace("Return", "Enter")
    made = button(words, role=role, icon=icon, key=key, tip=action.toolTip())
    made.clicked.connect(action.trigger)

    def follow() -> None:
        nonlocal words
        if action.text() != words:
            words = action.text()
            made.setText(f"{words}  {key}" if key else words)
            made.setAccessibleName(words.replace("&", ""))
        made.setEnabled(action.isEnabled())
        if made.parent() is not None or not action.isVisible():  # shown without a parent it would be a window
            made.setVisible(action.isVisible())

    action.changed.connect(follow)
    follow()
    return made


def filter_button(text: str, pressed: Callable[[bool], None] | None = None, *, checked: bool = False) -> QPushButton:
    """A filter that is on or off."""
    made = QPushButton(text)
    made.setCheckable(True)
    made.setChecked(checked)
    made.setProperty("role", "filter")
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if pressed:
        made.toggled.connect(pressed)
    return made


class Card(QFrame):
    """A surface on the page, with its own column of content."""

    def __init__(self, *, margins: tuple[int, int, int, int] = (14, 12, 14, 14), spacing: int = 8) -> None:
        super().__init__()
        self.setObjectName("card")
        self.column = VBox(self)
        self.column.setContentsMargins(*(scaled(side) for side in margins))
        self.column.setSpacing(scaled(spacing))


class SideCard(Card):
    """A card beside something larger, at most so wide; what doesn't fit its height is scrolled."""

    def __init__(self, width: int, *, spacing: int = 8) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self._width = width
        self._alone = False
        inside = QWidget()
        inside.setObjectName("canvas")
        outer = self.column
        self.column = VBox(inside)
        self.column.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.column.setSpacing(scaled(spacing))
        self._inside = inside
        outer.addWidget(scrolled(inside))
        self.setMaximumWidth(scaled(width))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as what is in it: it scrolls downwards only."""
        bar = QApplication.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(max(_LEAST_SIDE, self._inside.minimumSizeHint().width() + bar), 0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def stand(self, *, alone: bool) -> None:
        """Stand over the rest, as wide as it is, or beside it."""
        self._alone = alone
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed if alone else policy.Ignored)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(_NO_END if self._alone else scaled(self._width))
        self.setMinimumHeight(scaled(_ALONE) if self._alone else 0)
        self.setMaximumHeight(scaled(_ALONE) if self._alone else _NO_END)


class _Scrolled(QScrollArea):
    """Asks what is in it for its size before it stands in a window, and again when it is styled there."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Qt would keep the sizes of boxes in boxes as they were without the style, until they are next laid out."""
        super().changeEvent(event)
        inside = self.widget()
        if event.type() == QEvent.Type.StyleChange and inside is not None and (layout := inside.layout()) is not None:
            layout.activate()


def made_viewport() -> QWidget:
    """What a table's rows stand on, made here: to tell what a widget of Qt's own is, all its classes are read (11 ms)."""
    made = QWidget()
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls downwards where it is higher than its room."""
    made = _Scrolled()
    made.setWidget(inside)
    made.setWidgetResizable(True)
    made.setFrameStyle(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


Item = QWidget | QLayout | int | None
"""A widget, a layout, a space in pixels, or None for the stretch."""


def row(*items: Item, spacing: int = 8, into: QBoxLayout | None = None) -> QHBoxLayout:
    """A row of widgets, layouts, spaces (pixels) and stretches (None)."""
    made = HBox()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(scaled(spacing))
    _fill(made, items)
    if into:
        into.addLayout(made)
    return made


def column(owner: QWidget | None, *items: Item, spacing: int = 8, margin: int = 0) -> QVBoxLayout:
    """A column of widgets, layouts, spaces and stretches, as the layout of `owner` if one is given."""
    made = VBox(owner) if owner else VBox()
    made.setContentsMargins(*([scaled(margin)] * 4))
    made.setSpacing(scaled(spacing))
    _fill(made, items)
    return made


def _fill(layout: QBoxLayout, items: tuple[Item, ...]) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(scaled(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
