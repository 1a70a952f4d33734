"""The columns of a table as they stand: their widths, their order, which are hidden, and what the officer changed."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QMenu

from app.services.workbench.listing import Holds
from app.views.common.leaving import heading
from app.views.common.page import Page
from app.views.common.remembered import memory
from app.views.common.table_widths import shared, wished
from app.views.common.theme import scaled

if TYPE_CHECKING:
    from app.views.common.columns import Column
    from app.views.common.data_table import DataTable

_LEAST = 64
"""A column of words is never cut to less than this, in pixels at 100 per cent."""
_SHARE = 0.7
"""Nor, while another column can be left out, to less than this part of its width."""
_LOOKED_AT = 40
_TITLE_SIDES = 24
_WORD_SIDES = 20
_KNOWN = 100
"""Of a list no longer than this, and wholly in memory, every row is looked at."""
_MOST = 2
"""Words that need more than so many times the width of their column are cut."""


@dataclass(slots=True)
class _Changed:
    """What the officer changed: widths at 100 per cent, the order of all columns, the hidden and the shown spare ones."""

    widths: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)


class TableColumns(QObject):
    """Looks after the columns of one table.

    Columns fit the width: those that need less than they would have give it up, and words that need more have it; what
    doesn't fit then is left out (columns that have `least`), then words are cut, amounts and dates never; only then
    does the table scroll sideways.
    """

    def __init__(self, table: DataTable, stretch: str) -> None:
        super().__init__(table)
        self._table = table
        self._columns = table.columns.columns
        self._stretch = next((at for at, column in enumerate(self._columns) if column.key == stretch), -1)
        self._changed = _Changed()
        self._empty: set[int] = set()
        self._no_room: set[int] = set()
        self._firm: set[int] = set()
        self._loaded = False
        self._unseen = False
        self._marked = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        self._moving = False
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(scaled(36))
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(True)
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._moved)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.menu().popup(head.mapToGlobal(at)))
        table.columns.modelReset.connect(self._soon.start)
        table.columns.dataChanged.connect(self._seen)

    def load(self) -> None:
        """Take what the officer changed, once, when the table is first seen."""
        if self._loaded:
            return
        self._loaded = True
        kept: Any = None
        with suppress(ValueError):
            kept = json.loads(memory().read(self._key()) or "null")
        if isinstance(kept, dict):
            known = {column.key for column in self._columns}
            with suppress(TypeError, ValueError, AttributeError):
                self._changed = _Changed(
                    {key: int(width) for key, width in kept.get("widths", {}).items() if key in known},
                    [key for key in kept.get("order", []) if key in known],
                    set(kept.get("hidden", [])) & known,
                    set(kept.get("shown", [])) & known,
                )
        self._put_in_order()
        self.fit()

    def show_only_filled(self, most: int) -> None:
        """Leave out the columns that hold nothing in any of the first rows."""
        rows = list(self._table.columns.held()[:most])
        self._empty = {
            at for at, column in enumerate(self._columns) if rows and all(column.value(row) is None for row in rows)
        }
        self.fit()

    def exported(self) -> list[int]:
        """The columns as an export has them: in their order, also those that have no room on the screen."""
        head = self._table.horizontalHeader()
        order = sorted(range(len(self._columns)), key=head.visualIndex)
        return [at for at in order if not self._away(at)]

    def first(self) -> int:
        """The first column that can be seen."""
        head = self._table.horizontalHeader()
        places = (head.logicalIndex(place) for place in range(head.count()))
        return next((at for at in places if not self._table.isColumnHidden(at)), 0)

    def fit(self) -> None:
        """Share the width out."""
        self._soon.stop()
        room = self._table.viewport().width()
        there = [at for at in range(len(self._columns)) if not self._away(at)]
        self._firm = {at for at in there if self._is_firm(at)}
        wishes = {at: self._wish(at) for at in there}
        needs = {at: self._need(at, wishes[at]) for at in there}
        wishes |= {at: max(wishes[at], needs[at]) for at in self._firm}
        wishes = wished(room, wishes, needs, self._stretch)
        floors = {at: self._floor(at, wishes[at]) for at in there}
        self._no_room = set()
        for at in sorted((at for at in there if self._columns[at].least), key=lambda at: -self._columns[at].least):
            if sum(floors[each] for each in there if each not in self._no_room) <= room:
                break
            self._no_room.add(at)
        left = [at for at in there if at not in self._no_room]
        cut = sum(floors[at] for at in left) > room
        least = {at: min(floors[at], scaled(_LEAST)) if cut and at not in self._firm else floors[at] for at in left}
        widths = shared(room, {at: wishes[at] for at in left}, least, self._stretch)
        self._moving = True
        for at in range(len(self._columns)):
            self._table.setColumnHidden(at, at not in widths)
            if at in widths:
                self._table.setColumnWidth(at, widths[at])
        self._moving = False
        current = self._table.currentIndex()
        if current.isValid() and self._table.isColumnHidden(current.column()):  # no key moves from a hidden cell
            here = current.siblingAtColumn(self.first())
            self._table.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _seen(self) -> None:
        """The first rows of a table that was fitted before any had come."""
        if self._unseen and self._table.columns.held():
            self._soon.start()

    def menu(self) -> QMenu:
        """Which columns are shown."""
        made = QMenu("&Columns", self._table)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(made)
        return made

    def fill(self, menu: QMenu) -> None:
        """Put the columns into a menu, each to be shown or hidden."""
        shown = self.exported()
        for at, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(at in shown)
            action.setEnabled(at not in shown or len(shown) > 1)
            action.toggled.connect(lambda on, key=column.key, spare=column.spare: self._show(key, spare=spare, on=on))
        menu.addSeparator()
        menu.addAction("As they &were", self.forget)

    def fill_orders(self, menu: QMenu) -> None:
        """Put the columns that sort into a menu; the same one again sorts the other way."""
        for at in self.exported():
            if self._table.columns.can_order(self._columns[at]):
                menu.addAction(self._columns[at].title, partial(self._table.sort_by, at))

    def mark(self, key: str) -> None:
        """The rows are sorted by this column: its title needs room for the arrow."""
        if key != self._marked:
            self._marked = key
            self.fit()

    def forget(self) -> None:
        """Back to the columns as they come."""
        self._changed = _Changed()
        self._put_in_order()
        self._keep()
        self.fit()

    def _show(self, key: str, *, spare: bool, on: bool) -> None:
        changed = self._changed.shown if spare else self._changed.hidden
        (changed.add if on is spare else changed.discard)(key)
        self._keep()
        self.fit()

    def _away(self, at: int) -> bool:
        column = self._columns[at]
        hidden = column.key not in self._changed.shown if column.spare else column.key in self._changed.hidden
        return hidden or at in self._empty

    def _wish(self, at: int) -> int:
        column = self._columns[at]
        wish = scaled(self._changed.widths.get(column.key, column.width))
        return max(wish, self._title(column)) if column.key == self._marked else wish

    def _title(self, column: Column[Any]) -> int:
        mark = "  ↓" if column.key == self._marked else ""
        letters = self._table.horizontalHeader().fontMetrics()
        return letters.horizontalAdvance(f"{column.title}{mark}") + scaled(_TITLE_SIDES)

    def _need(self, at: int, wish: int) -> int:
        """What the title and the words in memory need; of amounts, numbers and dates the whole where rows may come."""
        column, held = self._columns[at], self._table.columns.held()
        count = self._table.columns.rowCount()
        self._unseen = not held and count > 0
        known = count <= len(held) <= _KNOWN
        if self._unseen or column.key in self._changed.widths or (at in self._firm and not known):
            return wish
        letters = self._table.fontMetrics()
        rows = held if known else held[:_LOOKED_AT]
        widest = max((letters.horizontalAdvance(column.text(row)) for row in rows), default=0)
        least = self._table.horizontalHeader().minimumSectionSize()
        need = max(self._title(column), widest + scaled(_WORD_SIDES), least)
        return need if known and at in self._firm else min(need, _MOST * wish)

    def _floor(self, at: int, wish: int) -> int:
        """The width that it is to have while others can be left out: of amounts, numbers and dates the whole."""
        column = self._columns[at]
        return wish if at in self._firm else min(wish, scaled(column.floor or max(_LEAST, column.width * _SHARE)))

    def _is_firm(self, at: int) -> bool:
        """Whether it holds amounts, numbers or dates, which are never cut."""
        column = self._columns[at]
        if column.firm or column.right:
            return True
        return heading(column, list(self._table.columns.held()[:_LOOKED_AT])).holds is not Holds.TEXT

    def _put_in_order(self) -> None:
        head = self._table.horizontalHeader()
        keys = [column.key for column in self._columns]
        order = self._changed.order if sorted(self._changed.order) == sorted(keys) else keys
        self._moving = True
        for place, key in enumerate(order):
            head.moveSection(head.visualIndex(keys.index(key)), place)
        self._moving = False

    def _resized(self, at: int, _before: int, width: int) -> None:
        if not self._moving and width and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._changed.widths[self._columns[at].key] = round(width / scaled(100) * 100)
            self._keep()
            self._soon.start()

    def _moved(self, _at: int, _before: int, _now: int) -> None:
        if not self._moving:
            head = self._table.horizontalHeader()
            self._changed.order = [self._columns[head.logicalIndex(place)].key for place in range(head.count())]
            self._keep()

    def _keep(self) -> None:
        if self._loaded:
            changed = self._changed
            kept = {
                "widths": changed.widths,
                "order": changed.order,
                "hidden": sorted(changed.hidden),
                "shown": sorted(changed.shown),
            }
            memory().write(self._key(), json.dumps(kept))

    def _key(self) -> str:
        """Where the officer's columns are remembered: tables of two pages may have one name."""
        above = self._table.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        page = above.accessibleName() if above else ""
        return f"tables/{page}/{self._table.objectName()}".replace(" ", "_")
