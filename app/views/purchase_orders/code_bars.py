"""What codes have left, a small bar for each: how much of it this takes, and what is left after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import Money
from app.views.common.boxes import VBox, emptied
from app.views.common.parts import Elided, column, label, row
from app.views.common.theme import scaled, tokens

_HIGH: Final = 6


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code: what an order takes of it, and what is left of it once that is taken; less than nothing is over."""

    code: str
    name: str
    takes: Money
    left: Money

    @property
    def words(self) -> str:
        """What is left, in words."""
        if self.left.pence < 0:
            return f"{-self.left} over its budget"
        return f"{self.left} left"


class CodeBars(QWidget):
    """Codes under each other."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = VBox(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(scaled(8))
        self.shown: tuple[CodeUse, ...] = ()

    def show_codes(self, codes: Sequence[CodeUse]) -> None:
        """Show these."""
        self.shown = tuple(codes)
        emptied(self._lines)
        for each in codes:
            self._lines.addWidget(_line(each))
        self.setVisible(bool(codes))
        self.setAccessibleName("; ".join(f"{each.code} {each.takes}, {each.words}" for each in codes) or "No codes")


class _Bar(QWidget):
    """The share of what was left that this takes; the whole of it, in the bad colour, where it goes over."""

    def __init__(self, shown: CodeUse) -> None:
        super().__init__()
        room = shown.takes.pence + max(0, shown.left.pence)
        self._over = shown.left.pence < 0
        self._share = 1.0 if self._over else min(1.0, shown.takes.pence / room) if room > 0 else 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A thin line."""
        return QSize(scaled(120), scaled(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The trough, and the share in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, round_ = tokens(), self.height() / 2
        painter.setPen(shown.colour("line"))
        painter.setBrush(shown.colour("page"))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, round_, round_)
        painter.setBrush(shown.colour("bad" if self._over else "brand"))
        whole.setWidth(max(whole.height(), whole.width() * self._share) if self._share else 0)
        if self._share:
            painter.drawRoundedRect(whole, round_, round_)


def _line(shown: CodeUse) -> QWidget:
    made = QWidget()
    name = Elided()
    name.say(f"{shown.code}  {shown.name}")
    over = shown.left.pence < 0
    left = label(shown.words, "strong" if over else "muted", tone="bad" if over else "")
    head = row(name, label(str(shown.takes)), spacing=8)
    head.setStretch(0, 1)
    under = row(_Bar(shown), left, spacing=8)
    under.setStretch(0, 1)
    made.setLayout(column(None, head, under, spacing=2))
    return made
