"""Leave and cover: entered and taken away."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.diary import commands, queries
from app.services.diary.dto import AbsenceRow, Holder
from app.views.admin.leave import LeaveSection, LeaveSheet
from app.views.common.office import Office


class LeaveController(QObject):
    """Joins the section of leave to the services."""

    def __init__(self, office: Office) -> None:
        self.page = LeaveSection(may_change=Permission.KEEP_TASKS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.new_wanted.connect(self._enter)
        self.page.remove_wanted.connect(self._remove)

    def _refresh(self) -> None:
        self._office.ask(self, queries.absences, then=self.page.show_absences)

    def _enter(self) -> None:
        desk = self._office.desk

        def show(holders: tuple[Holder, ...]) -> None:
            sheet = LeaveSheet(self.page, desk.clock.today, holders, desk.officer.id)

            def save() -> None:
                if not sheet.fields.check():
                    return
                sheet.set_busy(busy=True)
                days = (sheet.first.value(), sheet.last.value())

                def done(_changes: object) -> None:
                    sheet.close()
                    self._office.messages.good(f"The leave of {sheet.officer.currentText()} is entered.")

                self._office.do(
                    self,
                    commands.add_absence,
                    sheet.officer.value(),
                    *days,
                    sheet.cover.value(),
                    then=done,
                    refused=sheet.show_error,
                )

            sheet.confirmed.connect(save)
            sheet.open()

        self._office.ask(self, queries.holders, then=show)

    def _remove(self, row: AbsenceRow) -> None:
        def done(_changes: object) -> None:
            self._office.messages.good(f"The leave of {row.officer} is taken away.")

        self._office.do(self, commands.remove_absence, row.absence_id, then=done)
