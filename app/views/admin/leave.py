"""Leave and cover: who is away when, and who sees to their tasks meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.diary.dto import AbsenceRow, Holder
from app.services.workbench.rules.typed_dates import Toward
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField
from app.views.common.fields_dates import DateField
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, label, row
from app.views.common.theme import scaled

ABSENCES: tuple[Column[AbsenceRow], ...] = (
    Column("officer", "Officer", lambda row: row.officer, 180),
    Column("from", "First day", lambda row: row.from_on, 120),
    Column("to", "Last day", lambda row: row.to_on, 120),
    Column("cover", "Covered by", lambda row: row.cover, 180, shown=lambda row: row.cover or "Nobody"),
)


class LeaveSection(Page):
    """The leave of officers that hasn't ended.

    Signals:
        new_wanted, remove_wanted(AbsenceRow)
    """

    new_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Leave and cover", areas=frozenset({"admin"}), help_topic="home")
        self._may_change = may_change
        self.model: ListModel[AbsenceRow] = ListModel(ABSENCES)
        empty = (
            "Nobody is away. Ctrl+N enters days of leave; the tasks of whoever is away are then in their cover's list."
        )
        self.table = DataTable("Leave", self.model, stretch="officer", empty=empty)
        new = self.add_key("Ctrl+N", "Enter leave", self.new_wanted.emit)
        self._remove = self.add_key("Del", "Take away", self._give)
        card = Card(margins=(0, 12, 0, 6))
        head = row(
            label("Leave and cover", "heading"),
            None,
            action_button(self._remove, icon="trash-can-outline"),
            action_button(new, role="primary", icon="plus"),
        )
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        column(self, card)
        self.table.chosen.connect(lambda chosen: self._remove.setEnabled(may_change and chosen is not None))
        new.setEnabled(may_change)
        self._remove.setEnabled(False)
        self.setFocusProxy(self.table)

    def show_absences(self, absences: tuple[AbsenceRow, ...]) -> None:
        """Show these."""
        self.model.show_rows(absences)
        self._remove.setEnabled(False)
        if absences:
            self.table.go_to(0)

    def _give(self) -> None:
        chosen = self.table.row()
        if isinstance(chosen, AbsenceRow):
            self.remove_wanted.emit(chosen)


class LeaveSheet(Sheet):
    """Days of leave."""

    def __init__(self, parent: QWidget, today: Callable[[], date], holders: Sequence[Holder], me: int) -> None:
        super().__init__(
            parent,
            "Enter leave",
            primary="Enter the leave",
            note="While they are away their tasks are also in the list of whoever covers for them.",
        )
        people: list[tuple[str, object]] = [(h.name, h.officer_id) for h in holders if h.officer_id is not None]
        self.officer, self.cover = ChoiceField(people), ChoiceField([("Nobody", None), *people])
        self.officer.set_value(me)
        self.first = DateField(today, Toward.COMING, required=True)
        self.last = DateField(today, Toward.COMING, required=True)
        for each in (self.first, self.last):
            each.set_value(today())
        form = self.form()
        form.add("officer", "&Officer", self.officer)
        form.add("from_on", "&First day", self.first)
        form.add("to_on", "&Last day", self.last)
        form.add("cover", "&Covered by", self.cover)
        self.fields = form
        self.setMinimumWidth(scaled(460))
