"""What the sheet of an ending does: tells what will be done, and does it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import EndingState, Subject
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import EndingForm, EndingSaved
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.ending import EndingSheet


class EndingController(QObject):
    """One sheet, from the menu until the ending is saved or the officer leaves."""

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None, known: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._known = known or {}
        self.sheet: EndingSheet | None = None
        assert header is not None
        office.ask(self, queries.form, header.account_id, then=self._open)

    def _open(self, form: EndingForm) -> None:
        gone = form.ended_on is not None and form.ended_on < self._office.desk.clock.today()
        if form.state is EndingState.ENDED or (form.state is None and gone):
            self._office.messages.info(
                f"The tenancy {form.tenancy_ref} has ended already. Reverse the ending, or correct its last day."
            )
            self.deleteLater()
            return
        self.sheet = sheet = EndingSheet(self._page, form, self._office.desk.clock.today)
        sheet.about = (Subject.TENANCY, form.noted.tenancy_id)
        if sheet.is_new:
            sheet.begin_with(self._known)
        self.setParent(sheet)
        preview = Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        sheet = self.sheet
        command = sheet.command() if sheet else None
        if sheet is None:
            return
        if command is None:
            sheet.show_error(UserError("Say when the notice came, or which day is the last.", field="notice_on"))
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.save, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: EndingSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)
