"""What the sheet of a new hold does: tells what it stops, and places it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.holds import commands, previewing, queries
from app.services.holds.dto import HoldForm
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.holds.hold_sheets import HoldSheet


class PlaceHoldController(QObject):
    """One sheet, from the menu until the hold is placed or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: HoldSheet | None = None
        assert header is not None
        office.ask(self, queries.form, header.account_id, then=self._open)

    def _open(self, form: HoldForm) -> None:
        self.sheet = sheet = HoldSheet(self._page, form, self._office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        preview = Previewing(self._office, sheet, previewing.preview_place, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        command = sheet.command()
        if command is None:
            sheet.show_error(UserError("Say from which day it holds.", field="from_on"))
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.place, command, then=self._done, refused=sheet.show_error)

    def _done(self, _changes: object) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good("The hold is placed.")
