"""What every page is: a widget with keys, a help topic, and the sense to catch up when it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.services.core.changes import Changes
from app.views.common.actions import keyed_action


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the page and what it does, for the sheet of keys."""

    keys: str
    does: str


class Page(QWidget):
    """One tab. A page shows and asks; its controller calls the services.

    Args:
        title: what the tab says.
        areas: the areas whose changes concern it; a hidden page only notes that it is stale, as it is before it was
            ever shown.
        help_topic: the file under resources/help that F1 opens.

    Signals:
        refresh_wanted(Changes): what it shows may have changed and it can be seen.
        help_wanted(topic): open another help page.
    """

    refresh_wanted = Signal(object)

    def __init__(self, title: str, *, areas: frozenset[str] = frozenset(), help_topic: str = "welcome") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.areas = areas
        self.help_topic = help_topic
        self.keys: list[Key] = []
        self._stale: Changes | None = Changes(areas) if areas else None
        self._begins: QWidget | None = None

    def setFocusProxy(self, w: QWidget | None) -> None:  # noqa: N802  Qt's name
        """Where the page begins. Qt isn't told: it hides from Tab what stands before a proxy."""
        self._begins = w

    def focusProxy(self) -> QWidget | None:  # noqa: N802  Qt's name
        """Where the page begins."""
        return self._begins

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Begin there."""
        super().focusInEvent(event)
        if self._begins is not None:
            self._begins.setFocus(event.reason())

    def add_key(
        self, keys: str, does: str, slot: Callable[[], object], *, tip: str = "", more: tuple[str, ...] = ()
    ) -> QAction:
        """An action of the page that its key starts while the page is shown."""
        action = keyed_action(self, does, slot, keys, *more)
        action.setToolTip(tip or does)
        self.keys.append(Key(keys, does))
        return action

    def tell_key(self, keys: str, does: str) -> None:
        """Name a key that a widget of the page sees to by itself."""
        self.keys.append(Key(keys, does))

    def take_changes(self, changes: Changes) -> None:
        """Something changed: catch up now if shown, else when shown next."""
        if not (changes.areas & self.areas):
            return
        if self.isVisible():
            self.refresh_wanted.emit(changes)
        else:
            both = self._stale
            self._stale = changes if both is None else Changes(both.areas | changes.areas)

    @property
    def stale(self) -> bool:
        """Whether what it shows is out of date."""
        return self._stale is not None

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up."""
        super().showEvent(event)
        if self._stale is not None:
            changes, self._stale = self._stale, None
            self.refresh_wanted.emit(changes)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing to keep."""
        super().hideEvent(event)
