"""What the sheet of a repayment arrangement does: asks once what it needs, then works without the database until it is saved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import ArrangementForm, ArrangementSaved
from app.services.benefits.queries import weekly_to_us
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.arranging import ArrangementSheet


class ArrangementController(QObject):
    """One sheet, from the menu until the arrangement is made or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: ArrangementSheet | None = None
        assert header is not None
        office.ask(self, _form, header.account_id, then=self._open)

    def _open(self, form: ArrangementForm) -> None:
        self.sheet = sheet = ArrangementSheet(self._page, form, self._office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        self.setParent(sheet)
        sheet.confirmed.connect(self._save)
        sheet.open()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            command = sheet.command()
        except UserError as error:
            sheet.show_error(error)
            return
        if command is not None:
            sheet.set_busy(busy=True)
            self._office.do(self, commands.make, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: ArrangementSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)


def _form(ctx: Context, account_id: int) -> ArrangementForm:
    """What the sheet needs, with what benefit pays us of the charge."""
    return replace(queries.form(ctx, account_id), benefit=weekly_to_us(ctx, account_id))
