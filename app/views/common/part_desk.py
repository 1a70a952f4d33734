"""The parts of a card, such as the notes of an item: made when their tabs are first opened, each joined to the services."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.views.common.office import Office
from app.views.common.tabbed_card import TabbedCard
from app.views.common.tasks import Task
from app.views.common.works import Part, PartController


class PartDesk(QObject):
    """Joins one part to the services; an answer about a record that is left meanwhile is dropped.

    Args:
        part: what stands under the tab.
        asks: the query, given the record's id.

    Attributes:
        record: what is shown, as the card has it; None: nothing.

    Signals:
        counted(int): how many there are behind the tab.
    """

    counted = Signal(int)

    def __init__(self, office: Office, part: QWidget, asks: Callable[..., Any]) -> None:
        super().__init__(part)
        self.office = office
        self.record_id: int | None = None
        self.record: Any = None
        self._part = part
        self._asks = asks
        self._asked: Task | None = None

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, record_id: int, record: Any) -> None:
        """Show what belongs to this record."""
        self.record_id, self.record = record_id, record
        self._asked = self.office.ask(
            self,
            self._asks,
            record_id,
            then=lambda found: self._show(record_id, found),
            refused=lambda _error: self.clear(),
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No record is shown, or none that may be: the card says why."""
        self.record_id = self.record = None
        self.fill(None)

    def fill(self, found: Any) -> None:
        """Show what was found; None: nothing."""
        raise NotImplementedError

    def count(self, _found: Any) -> int:
        """How many there are of what was found; 0 where that is nothing to count."""
        return 0

    def _show(self, record_id: int, found: Any) -> None:
        if self.record_id == record_id:
            self.fill(found)
            self.counted.emit(self.count(found))


class PartsOfCard(QObject):
    """Makes the parts of a card and shows the record in the one that is turned to; the others catch up when they are.

    Args:
        area: whose controllers the parts are.
        parts: as data, in the order of their tabs.
        card: where they stand, after its own.
    """

    def __init__(self, office: Office, area: str, parts: Sequence[Part], card: TabbedCard) -> None:
        super().__init__(card)
        self._office = office
        self._area = area
        self._parts = {part.key: part for part in parts}
        self._card = card
        self._made: dict[str, PartController] = {}
        self._current: set[str] = set()
        self._shown: tuple[int, Any] | None = None
        card.drawer_opened.connect(self._open)

    def show(self, record_id: int, record: Any) -> None:
        """Show this record; how many of another's there were is said no longer."""
        if self._shown is None or self._shown[0] != record_id:
            self._count_nothing()
        self._shown = (record_id, record)
        self._current.clear()
        self._open(self._card.drawer)

    def clear(self) -> None:
        """No record is shown."""
        self._shown = None
        self._current.clear()
        for made in self._made.values():
            made.clear()
        self._count_nothing()

    def of(self, key: str) -> PartController:
        """The controller of a part that was opened."""
        return self._made[key]

    def _open(self, key: str) -> None:
        """Show the record in the part that is turned to; one of the card's own has no key."""
        if not key or self._shown is None or key in self._current:
            return
        if key not in self._made:
            self._make(self._parts[key])
        self._current.add(key)
        self._made[key].show(*self._shown)

    def _make(self, part: Part) -> None:
        module = importlib.import_module(f"app.views.{self._area}.controller.{part.key}")
        made: PartController = getattr(module, part.controller)(self._office)
        made.counted.connect(lambda count: self._card.count_drawer(part.key, count))
        self._made[part.key] = made
        self._card.fill_drawer(part.key, made.widget)

    def _count_nothing(self) -> None:
        for key in self._made:
            self._card.count_drawer(key, 0)
