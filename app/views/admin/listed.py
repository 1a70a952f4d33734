"""What most sections are: a list, what is known of the one that is chosen beside it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from app.services.core.permissions import Permission
from app.views.admin.read_only import read_only_note
from app.views.common.boxes import VBox, emptied
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, label, pill, row
from app.views.common.parts import column as stacked
from app.views.common.theme import scaled

R = TypeVar("R")
_LETTERS = 48
SECOND = "A second officer approves it on the page Approvals; until then nothing changes."


class ListSection(Page, Generic[R]):
    """A section with a list and a card beside it.

    Args:
        noun: what one row is, for the card when none is chosen: "officer".
        key: what tells one row from another.
        permission: what changing anything needs; `None` where everybody may.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[R]],
        *,
        noun: str,
        key: Callable[[R], object],
        stretch: str,
        empty: str,
        areas: frozenset[str],
        permission: Permission | None,
        may_change: bool,
    ) -> None:
        super().__init__(title, areas=areas, help_topic="officers")
        self.may_change = may_change
        self._noun, self._key, self._permission = noun, key, permission
        self._pending: object = None
        self.model: ListModel[R] = ListModel(columns)
        self.table = DataTable(title, self.model, stretch=stretch, empty=empty)
        self.head = row(label(title, "heading"), None)
        self.above = VBox()
        self.above.setSpacing(scaled(8))
        self.title = label("", "heading", wrap=True)
        self.subtitle = label("", "muted", wrap=True)
        self.pills = FlowLayout()
        self.facts = VBox()
        self.facts.setSpacing(scaled(8))
        self.actions_row = FlowLayout()
        self.below = VBox()
        self._arrange()
        self.table.chosen.connect(self._choose)
        self.setFocusProxy(self.table)
        self._choose(None)

    def first_action(self, keys: str, words: str, icon: str, slot: Callable[[], object], *more: str) -> QAction:
        """The primary action of the section, at the top right of the list."""
        made = self.add_key(keys, words, slot, more=more)
        self.head.addWidget(action_button(made, role="primary", icon=icon))
        made.setEnabled(self.may_change)
        return made

    def row_action(self, keys: str, words: str, icon: str, slot: Callable[[R], object]) -> QAction:
        """Something to be done with the row that is chosen."""

        def act() -> None:
            if (chosen := self.table.row()) is not None:
                slot(chosen)

        made = self.add_key(keys, words, act)
        self.actions_row.addWidget(action_button(made, icon=icon))
        return made

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show the list, and stay on the row that was chosen."""
        before = self.table.row()
        kept = self._key(before) if before is not None else None
        self.model.show_rows(tuple(rows))
        if rows:
            self.table.go_to(next((at for at, each in enumerate(self.model.rows) if self._key(each) == kept), 0))
        self._choose(self.table.row() if rows else None)

    def chosen(self) -> R | None:
        """The row that is chosen."""
        found: R | None = self.table.row()
        return found

    def show_row(self, chosen: R | None) -> None:
        """Fill the card; sections say what they know of a row."""

    def tell(self, title: str, text: str) -> None:
        """A fact of the card."""
        if text:
            words = label(text, wrap=True, selectable=True)
            self.facts.addLayout(stacked(None, label(title, "muted"), words, spacing=0))

    def mark(self, words: str, tone: str = "") -> None:
        """A pill of the card."""
        self.pills.addWidget(pill(words, tone))

    def _choose(self, chosen: R | None) -> None:
        for layout in (self.pills, self.facts):
            emptied(layout)
        self.title.setText("" if chosen is not None else f"No {self._noun} is chosen")
        self.subtitle.setText("")
        self.show_row(chosen)
        self.subtitle.setVisible(bool(self.subtitle.text()))
        self._detail.updateGeometry()

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        top = stacked(None, self.head, self.above, spacing=8)
        top.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(top)
        card.column.addWidget(self.table, 1)
        detail = self._detail = SideCard(400, spacing=10)
        detail.column.addWidget(self.title)
        detail.column.addWidget(self.subtitle)
        if self._permission is not None:
            detail.column.addWidget(read_only_note(self._permission, may_change=self.may_change))
        for layout in (self.pills, self.facts, self.actions_row, self.below):
            detail.column.addLayout(layout)
        detail.column.addStretch(1)
        layout_ = row(card, detail, spacing=12)
        layout_.setStretch(0, 7)
        layout_.setStretch(1, 4)
        self.setLayout(layout_)


class ReasonSheet(Sheet):
    """Asks why, before something is asked for or done.

    Signals:
        given(reason)
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, title: str, primary: str, note: str = SECOND, *, needed: bool = True) -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.reason = AreaField(400, height=72)
        self.form().add("reason", "&Reason", self.reason, "" if needed else "May be left empty")
        self.confirmed.connect(self._give)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _give(self) -> None:
        self.set_busy(busy=True)
        self.given.emit(str(self.reason.value()).strip())


class FormSheet(Sheet):
    """A form; what was typed is handed over when nothing in it is amiss.

    Signals:
        filled(dict): the values by field.
    """

    filled = Signal(dict)

    def __init__(self, parent: QWidget, title: str, primary: str, note: str = "") -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.fields = self.form()
        self.confirmed.connect(self._give)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def add(self, name: str, title: str, field: QWidget, hint: str = "", value: Any = None) -> None:
        """Add a field, with a value in it."""
        self.fields.add(name, title, field, hint)
        if value is not None:
            self.fields.fill({name: value})

    def _give(self) -> None:
        if self.fields.check():
            self.set_busy(busy=True)
            self.filled.emit(self.fields.values())


def note_label(text: str, tone: str = "") -> QLabel:
    """A sentence over a list."""
    return label(text, "" if tone else "muted", wrap=True, tone=tone)
