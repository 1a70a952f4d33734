"""The rent calendar: shown by year, its rent-free weeks and its first Monday changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from app.services.admin.calendars import commands, queries
from app.services.admin.calendars.dto import YearSheet
from app.services.core.permissions import Permission
from app.views.admin.calendar import CalendarPage
from app.views.admin.calendar_sheets import YearStartSheet
from app.views.common.office import Office


class CalendarController(QObject):
    """Joins the section of the rent calendar to the services."""

    def __init__(self, office: Office) -> None:
        self.page = CalendarPage(may_change=Permission.EDIT_CALENDARS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._on: date | None = None
        self.page.refresh_wanted.connect(lambda _changes: self._show(self._on))
        self.page.year_wanted.connect(self._show)
        self.page.free_wanted.connect(self._free)
        self.page.start_wanted.connect(self._start)

    def _show(self, on: date | None) -> None:
        self._on = on
        self._office.ask(self, queries.year_sheet, on, then=self.page.show_sheet)

    def _free(self, rent_group_ids: list[int], monday: date, free: bool) -> None:
        said = "is rent-free now" if free else "is charged after all"

        def done(_changes: object) -> None:
            self._office.messages.good(f"The week from {monday.day} {monday:%b %Y} {said}.")

        self._office.do(self, commands.set_free_week, rent_group_ids, monday, free=free, then=done)

    def _start(self, year: YearSheet) -> None:
        sheet = YearStartSheet(self.page, year, self._office.desk.clock.today)

        def begin(first: date, weeks: int) -> None:
            def done(_changes: object) -> None:
                sheet.close()
                self._on = date(first.year, 7, 1)
                self._show(self._on)
                self._office.messages.good(
                    "The rent year is changed; weeks are numbered so when Rentbook is opened next."
                )

            self._office.do(
                self,
                commands.state_year,
                date(year.first_week_on.year, 7, 1),
                first,
                weeks,
                then=done,
                refused=sheet.show_error,
            )

        sheet.start_given.connect(begin)
        sheet.open()
