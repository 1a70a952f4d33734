"""The message bar under the tabs: what happened, what is wrong and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from app.services.core.errors import UserError
from app.views.common import icons
from app.views.common.parts import label, restyle, row
from app.views.common.theme import scaled

_ICONS = {
    "good": "check-circle-outline",
    "warning": "alert-outline",
    "bad": "alert-circle-outline",
    "": "information-outline",
}
_GOOD_NEWS_MS = 12_000


class MessageBar(QFrame):
    """One message at a time. Good news goes by itself; anything else stays until it is closed or another comes."""

    def __init__(self, parent: QWidget | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("inline", "true" if inline else "false")
        self._icon = label()
        self._text = label(wrap=True, selectable=True)
        self._close = QToolButton()
        self._close.setAccessibleName("Close the message")
        self._close.clicked.connect(self.clear)
        layout = row(self._icon, self._text, self._close, spacing=8)
        layout.setStretch(1, 1)
        layout.setContentsMargins(scaled(16), scaled(3), scaled(10), scaled(3))
        self.setLayout(layout)
        self._timer = QTimer(self, singleShot=True, interval=_GOOD_NEWS_MS)
        self._timer.timeout.connect(self.clear)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What is shown; nothing when the bar is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def good(self, text: str) -> None:
        """Something was done."""
        self._say("good", text)
        self._timer.start()

    def info(self, text: str) -> None:
        """Something to know."""
        self._say("", text)

    def warn(self, text: str) -> None:
        """Something to look at before going on."""
        self._say("warning", text)

    def bad(self, error: UserError | str) -> None:
        """Something is wrong: the sentence, and what to do."""
        self._say("bad", str(error))

    def clear(self) -> None:
        """Close the bar."""
        self._timer.stop()
        self.setVisible(False)

    def _say(self, tone: str, text: str) -> None:
        self._timer.stop()
        self._text.setText(text)
        self.setAccessibleName(text)
        icons.dress(self._icon, _ICONS[tone], tone or "brand", 18)
        icons.dress(self._close, "close", tone or "muted", 16)
        restyle(self, tone=tone)
        for part in (self._icon, self._text):
            restyle(part)
        self.setVisible(True)
