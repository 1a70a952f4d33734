"""Office closures: shown by year, added and taken away."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from app.services.admin.calendars import commands, queries
from app.services.admin.calendars.dto import DayOff
from app.services.core.permissions import Permission
from app.views.admin.calendar_sheets import ClosureSheet
from app.views.admin.closures import ClosuresPage
from app.views.common.office import Office


class ClosuresController(QObject):
    """Joins the section of office closures to the services."""

    def __init__(self, office: Office) -> None:
        self._year = office.desk.clock.today().year
        may_change = Permission.EDIT_CALENDARS in office.desk.officer.permissions
        self.page = ClosuresPage(self._year, may_change=may_change)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._show(self._year))
        self.page.year_wanted.connect(self._show)
        self.page.add_wanted.connect(self._add)
        self.page.remove_wanted.connect(self._remove)

    def _show(self, year: int) -> None:
        self._year = year
        self._office.ask(self, queries.working_year, year, then=self.page.show_year)

    def _add(self) -> None:
        sheet = ClosureSheet(self.page, self._office.desk.clock.today)

        def add(first: date, last: date, name: str) -> None:
            def done(_changes: object) -> None:
                sheet.close()
                self._office.messages.good("The closure is added; deadlines are counted with it from now on.")

            self._office.do(self, commands.add_closure, first, last, name, then=done, refused=sheet.show_error)

        sheet.closure_given.connect(add)
        sheet.open()

    def _remove(self, chosen: DayOff) -> None:
        def done(_changes: object) -> None:
            self._office.messages.good(f"The office is open on {chosen.day.day} {chosen.day:%b %Y} after all.")

        self._office.do(self, commands.remove_closure, chosen.day, then=done)
