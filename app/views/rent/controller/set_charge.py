"""What the sheet of a charge does: tells what will be done, and does it or asks for approval."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.elements.dto import ChargeForm, ChargeSet
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.charging import ChargeSheet


class ChargeController(QObject):
    """One sheet, from the menu until the charge is set or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: ChargeSheet | None = None
        assert header is not None
        self._note = f"Account {header.reference}, {header.name}"
        office.ask(self, queries.charge_form, header.account_id, then=self._open)

    def _open(self, form: ChargeForm) -> None:
        self.sheet = sheet = ChargeSheet(self._page, form, self._note, self._office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        self.setParent(sheet)
        Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()

    def _save(self) -> None:
        sheet = self.sheet
        command = sheet.command() if sheet else None
        if sheet is None:
            return
        if command is None:
            sheet.show_error(UserError("An amount is needed, or tick that it ends.", field="weekly"))
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.set_charge, command, then=self._done, refused=sheet.show_error)

    def _done(self, done: ChargeSet) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(done.told)
