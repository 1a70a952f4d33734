"""The rent year as a sheet of weeks, with the weeks that rent groups have free."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.calendars.dto import GroupYear, WeekRow, YearSheet
from app.services.core.permissions import Permission
from app.views.admin.calendar_table import GROUPS, WEEKS
from app.views.admin.read_only import Headed, read_only_note
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.fields import ChoiceField
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, label, pill, row, rule
from app.views.common.parts import column as stacked
from app.views.common.theme import scaled


class CalendarPage(Page):
    """A year and its weeks.

    Signals:
        year_wanted(date): show the rent year of this day.
        free_wanted(rent_group_ids, monday, free): make a week rent-free, or charge it after all.
        start_wanted(YearSheet): begin the year on another Monday.
    """

    year_wanted = Signal(object)
    free_wanted = Signal(object, object, bool)
    start_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Rent calendar", areas=frozenset({"admin", "charges"}), help_topic="admin")
        self._may_change = may_change
        self.sheet: YearSheet | None = None
        self.weeks: ListModel[WeekRow] = ListModel(WEEKS, in_turn=True)
        self.groups: ListModel[GroupYear] = ListModel(GROUPS)
        self.table = DataTable("Weeks of the rent year", self.weeks, stretch="off")
        self._groups_table = DataTable(
            "Rent groups", self.groups, stretch="name", empty="Rent groups come with the landlord's spreadsheet."
        )
        self.year, self.group = ChoiceField(), ChoiceField([("Every rent group", 0)])
        self.free = self.add_key("Ctrl+Return", "Make rent-free", self._toggle, more=("Ctrl+Enter",))
        self.start = self.add_key("F2", "Begin on another Monday", self._begin)
        self._name, self._facts = label("", "heading"), label("", "muted", wrap=True)
        self._stated = pill("Begins on a Monday of your own")
        self._week, self._said = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self._arrange()
        self.year.changed.connect(lambda: self.year_wanted.emit(self.year.value()))
        self.group.changed.connect(lambda: self._show_week(self.table.row()))
        self.table.chosen.connect(self._show_week)
        self.setFocusProxy(self.table)

    def show_sheet(self, sheet: YearSheet) -> None:
        """Show a year, and stay on the week that was chosen."""
        before = self.table.row()
        self.sheet = sheet
        self.year.blockSignals(True)
        self.year.offer([(name, first) for first, name in sheet.others])
        self.year.set_value(sheet.first_week_on)
        self.year.blockSignals(False)
        self.group.offer([("Every rent group", 0), *((group.name, group.rent_group_id) for group in sheet.groups)])
        self.weeks.show_rows(sheet.rows)
        self.groups.show_rows(sheet.groups)
        self._name.setText(f"Rent year {sheet.name}")
        last = sheet.rows[-1].days[-1]
        self._facts.setText(
            f"{sheet.weeks} Mondays, {formats.day(sheet.first_week_on)} to {formats.day(last)}; "
            f"{formats.count(sheet.charged_weeks, 'week')} charged."
        )
        self._stated.setVisible(sheet.stated)
        mondays = [each.monday for each in sheet.rows]
        wanted = before.monday if isinstance(before, WeekRow) and before.monday in mondays else _next(sheet)
        self.table.go_to(mondays.index(wanted))
        self.table.scrollTo(self.table.currentIndex(), DataTable.ScrollHint.PositionAtCenter)

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        words = (label("&Year"), label("Rent &group"))
        for shown, field, name in zip(words, (self.year, self.group), ("Rent year", "Rent group"), strict=True):
            shown.setBuddy(field)
            field.setAccessibleName(name)
            field.setMinimumWidth(scaled(140))
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        chosen = FlowLayout(across=12)
        for shown, field in zip(words, (self.year, self.group), strict=True):
            pair = QWidget()
            pair.setObjectName("canvas")
            pair.setLayout(row(shown, field))
            chosen.addWidget(pair)
        head = stacked(None, label("Rent calendar", "heading"), chosen, spacing=8)
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        detail = SideCard(380, spacing=10)
        free = action_button(self.free, role="primary", icon="calendar-remove-outline")
        detail.column.addWidget(Headed(self._week, free))
        detail.column.addWidget(self._said)
        detail.column.addWidget(read_only_note(Permission.EDIT_CALENDARS, may_change=self._may_change))
        detail.column.addWidget(rule())
        detail.column.addLayout(stacked(None, self._name, self._facts, spacing=2))
        detail.column.addLayout(row(self._stated, None))
        self._groups_table.setMinimumHeight(scaled(150))
        detail.column.addWidget(self._groups_table, 1)
        detail.column.addLayout(row(action_button(self.start, icon="calendar-start-outline"), None))
        layout = row(card, detail, spacing=12)
        layout.setStretch(0, 7)
        layout.setStretch(1, 3)
        self.setLayout(layout)

    def _chosen_groups(self) -> list[GroupYear]:
        wanted = self.group.value()
        return [group for group in self.groups.rows if not wanted or group.rent_group_id == wanted]

    def _show_week(self, chosen: object) -> None:
        found = chosen if isinstance(chosen, WeekRow) else None
        groups = self._chosen_groups()
        all_free = bool(groups) and found is not None and all(found.monday in each.free_weeks for each in groups)
        self.free.setText("Charge it after all" if all_free else "Make rent-free")
        self.free.setEnabled(self._may_change and found is not None and not found.charged and bool(groups))
        self.start.setVisible(self._may_change and self.sheet is not None and not self.sheet.charged_weeks)
        self.start.setEnabled(self.sheet is not None and not self.sheet.charged_weeks)
        if found is None:
            return
        self._week.setText(f"Week {found.number}")
        self._said.setText(_said(found))

    def _toggle(self) -> None:
        found, groups = self.table.row(), self._chosen_groups()
        if isinstance(found, WeekRow) and groups:
            free = not all(found.monday in each.free_weeks for each in groups)
            self.free_wanted.emit([each.rent_group_id for each in groups], found.monday, free)

    def _begin(self) -> None:
        if self.sheet is not None:
            self.start_wanted.emit(self.sheet)


def _said(found: WeekRow) -> str:
    days = f"{formats.weekday(found.monday)} to {formats.weekday(found.days[-1])}."
    free = f"Rent-free for {', '.join(found.free_for)}." if found.free_for else "Charged to every rent group."
    if found.charged:
        return f"{days} {free} It has been charged, so it stays as it is."
    return f"{days} {free}"


def _next(sheet: YearSheet) -> date:
    """The first week that hasn't been charged."""
    return next((each.monday for each in sheet.rows if not each.charged), sheet.rows[-1].monday)
