"""Office closures, and the days off of every calendar that deadlines are counted in."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.admin.calendars.dto import DayOff, WorkingYear
from app.services.core.permissions import Permission
from app.views.admin.calendar_table import DAYS_OFF
from app.views.admin.read_only import Headed, read_only_note
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.fields import ChoiceField
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, label, row
from app.views.common.parts import column as stacked
from app.views.common.theme import scaled

_CALENDARS = {
    "office": ("Office", "Letters, calls, tasks: England's bank holidays and the office's own closures don't count."),
    "statutory": ("Statutory", "Clocks set by law or an ombudsman: the office's own closures do count."),
    "bacs": ("Bacs", "The days on which Bacs processes Direct Debits and payments."),
    "foi": ("Freedom of information", "A bank holiday anywhere in the United Kingdom doesn't count (s.10(6))."),
}
_AHEAD = 2


class ClosuresPage(Page):
    """The days off of a year.

    Signals:
        year_wanted(int): show this calendar year.
        add_wanted: shut the office on some days.
        remove_wanted(DayOff): open it on a day after all.
    """

    year_wanted = Signal(int)
    add_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, this_year: int, *, may_change: bool) -> None:
        super().__init__("Office closures", areas=frozenset({"admin"}), help_topic="admin")
        self._may_change = may_change
        self.days: ListModel[DayOff] = ListModel(DAYS_OFF)
        self.table = DataTable("Days off", self.days, stretch="name", empty="No day off in this year.")
        self.year = ChoiceField([(str(each), each) for each in range(this_year - 1, this_year + _AHEAD + 1)])
        self.year.set_value(this_year)
        self.add = self.add_key("Ctrl+Return", "Add a closure", self.add_wanted.emit, more=("Ctrl+Enter",))
        self.remove = self.add_key("Del", "Take the closure away", self._take_away)
        self._counts = {name: label("", "strong") for name in _CALENDARS}
        self._arrange()
        self.year.changed.connect(lambda: self.year_wanted.emit(self.year.value()))
        self.table.chosen.connect(self._show)
        self.setFocusProxy(self.table)
        self._show(None)

    def show_year(self, found: WorkingYear) -> None:
        """Show a year's days off."""
        place = max(0, self.table.currentIndex().row())
        self.days.show_rows(found.days)
        for name, count in found.working:
            self._counts[name].setText(f"{count} working days")
        if found.days:
            self.table.go_to(min(place, len(found.days) - 1))
        else:
            self._show(None)

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        words = label("&Year")
        words.setBuddy(self.year)
        self.year.setAccessibleName("Year")
        head = row(label("Office closures", "heading"), None, words, self.year)
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        detail = SideCard(380, spacing=10)
        add = action_button(self.add, role="primary", icon="plus")
        detail.column.addWidget(Headed(label("Calendars", "heading"), add))
        detail.column.addWidget(read_only_note(Permission.EDIT_CALENDARS, may_change=self._may_change))
        for name, (title, about) in _CALENDARS.items():
            lines = (row(label(title, "strong"), None, self._counts[name]), label(about, "muted", wrap=True))
            detail.column.addLayout(stacked(None, *lines, spacing=2))
        detail.column.addLayout(row(action_button(self.remove, icon="delete-outline"), None))
        detail.column.addStretch(1)
        layout = row(card, detail, spacing=12)
        layout.setStretch(0, 7)
        layout.setStretch(1, 3)
        self.setLayout(layout)

    def _show(self, chosen: object) -> None:
        self.add.setEnabled(self._may_change)
        own = isinstance(chosen, DayOff) and chosen.local
        self.remove.setVisible(self._may_change and own)
        self.remove.setEnabled(self._may_change and own)

    def _take_away(self) -> None:
        chosen = self.table.row()
        if isinstance(chosen, DayOff):
            self.remove_wanted.emit(chosen)
