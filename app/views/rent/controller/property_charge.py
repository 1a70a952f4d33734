"""What the sheet of a property's charges does."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.elements.dto import ChargeForm
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.charging import PropertyChargeSheet


class PropertyChargeController(QObject):
    """One sheet, from the menu until it is saved or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: PropertyChargeSheet | None = None
        assert header is not None
        office.ask(self, queries.charge_form, header.account_id, then=self._open)

    def _open(self, form: ChargeForm) -> None:
        self.sheet = sheet = PropertyChargeSheet(self._page, form, self._office.desk.clock.today)
        sheet.about = (Subject.PROPERTY, form.property_id)
        self.setParent(sheet)
        Previewing(self._office, sheet, queries.preview_property, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        command = sheet.command()
        if command is None:
            sheet.show_error(UserError("An amount is needed, or tick that it ends.", field="weekly"))
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.set_property_charge, command, then=self._saved, refused=sheet.show_error)

    def _saved(self, _changes: Changes) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good("Saved: it is proposed when the property is next let.")
