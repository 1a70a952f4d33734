"""What the sheet does by which a notice is withdrawn or an ending reversed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.rent.dto import AccountHeader
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import EndingForm, EndingSaved
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.ending import TakeBackSheet


class TakeBackController(QObject):
    """One sheet, from the menu until the ending is taken back or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: TakeBackSheet | None = None
        assert header is not None
        office.ask(self, queries.form, header.account_id, then=self._open)

    def _open(self, form: EndingForm) -> None:
        if form.state is None or form.ended_on is None:
            self._office.messages.info(f"No notice or ending of the tenancy {form.tenancy_ref} is noted.")
            self.deleteLater()
            return
        self.sheet = sheet = TakeBackSheet(self._page, form, form.ended_on)
        sheet.about = (Subject.ENDING, form.noted.ending_id)
        self.setParent(sheet)
        preview = Previewing(self._office, sheet, queries.preview_back, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        if self.sheet is not None:
            self.sheet.set_busy(busy=True)
            command = self.sheet.command()
            self._office.do(self, commands.take_back, command, then=self._done, refused=self.sheet.show_error)

    def _done(self, saved: EndingSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)
