"""The banner under the tabs: what concerns the whole window, such as a database that doesn't answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from app.views.common import icons
from app.views.common.parts import button, label, restyle, row
from app.views.common.reach import State
from app.views.common.theme import scaled


class Banner(QFrame):
    """Stays until what it says is over; beside the words there may be one thing to do.

    Args:
        icon: of its warnings.
    """

    def __init__(self, icon: str = "database-alert-outline") -> None:
        super().__init__()
        self._icons = {"": "timer-sand", "warning": icon}
        self.setObjectName("message")
        self._icon = label()
        self._words = label(wrap=True)
        self.action = button("")
        self._does: Callable[[], object] | None = None
        self.action.clicked.connect(self._act)
        layout = row(self._icon, self._words, self.action, spacing=8)
        layout.setStretch(1, 1)
        layout.setContentsMargins(scaled(16), scaled(4), scaled(14), scaled(4))
        self.setLayout(layout)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What is shown; nothing when the banner is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def say(
        self, words: str, tone: str = "warning", action: str = "", does: Callable[[], object] | None = None
    ) -> None:
        """Show these words, and a button for what can be done."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._does = does
        self.action.setText(action)
        self.action.setAccessibleName(action.replace("&", ""))
        self.action.setVisible(bool(action))
        icons.dress(self._icon, self._icons[tone], tone or "brand", 18)
        restyle(self, tone=tone)
        for part in (self._icon, self._words):
            restyle(part)
        self.setVisible(True)

    def stand(self, words: str) -> None:
        """Show a warning until the officer closes it."""
        self.say(words, "warning", "&Close", self.clear)

    def clear(self) -> None:
        """It is over."""
        self.setVisible(False)

    def show_reach(self, state: State, words: str, again: Callable[[], object], reopen: Callable[[], object]) -> None:
        """Say how the database stands."""
        if state is State.WELL:
            self.clear()
        elif state is State.SLOW:
            self.say(words, "")
        elif state is State.AWAY:
            self.say(words, "warning", "Try &again", again)
        else:
            self.say(words, "warning", "Open it &again", reopen)

    def _act(self) -> None:
        if self._does:
            self._does()
