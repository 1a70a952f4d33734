"""What the sheet of standing holds does: changes one, or releases it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.holds import commands, previewing, queries
from app.services.holds.dto import HoldForm, ReleaseHold
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.holds.hold_sheets import StandingSheet


class ReleaseHoldController(QObject):
    """One sheet, from the menu or the register until it is saved or the officer leaves."""

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None = None, *, of: tuple[int, int] | None = None
    ) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: StandingSheet | None = None
        self._hold_id = of[1] if of else None
        account_id = of[0] if of else header.account_id if header else 0
        office.ask(self, queries.form, account_id, then=self._open)

    def _open(self, form: HoldForm) -> None:
        if not form.standing:
            self._office.messages.info("Nothing is stopped on this account: there is no hold to change or release.")
            self.deleteLater()
            return
        self.sheet = sheet = StandingSheet(self._page, form, self._office.desk.clock.today, self._hold_id)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        preview = Previewing(self._office, sheet, previewing.preview_standing, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        command = sheet.command()
        sheet.set_busy(busy=True)
        if isinstance(command, ReleaseHold):
            self._office.do(self, commands.release, command, then=self._released, refused=self._refused)
        else:
            self._office.do(self, commands.change, command, then=self._changed, refused=sheet.show_error)

    def _refused(self, error: UserError) -> None:
        """What is wrong with a release is about why it is released."""
        if self.sheet is not None:
            field = "released" if error.field == "reason" else error.field
            self.sheet.show_error(UserError(error.message, error.hint, field))

    def _released(self, _changes: object) -> None:
        self._close("The hold is released; what it stopped goes on from today, unless another hold stops it.")

    def _changed(self, _changes: object) -> None:
        self._close("The hold is changed.")

    def _close(self, told: str) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(told)
