"""What was tried to give a credit back: listed, noted, answered, from the credit list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.adjustments.credits import commands, queries
from app.services.adjustments.credits.dto import AccountAttempts, AttemptRow, NewAttempt
from app.views.adjustments.attempts import AnswerSheet, AttemptSheet, AttemptsSheet
from app.views.adjustments.controller.credit_letter import CreditLetterController
from app.views.common.dialogs import Sheet
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet


class AttemptsController(SheetWork):
    """The attempts of one account, until the officer leaves them."""

    sheet: AttemptsSheet
    asks = staticmethod(queries.attempts)

    def __init__(self, office: Office, page: QWidget, account_id: int) -> None:
        super().__init__(office, page)
        self._account_id = account_id
        self.begin(account_id)

    def make(self, found: AccountAttempts) -> AttemptsSheet:
        """The sheet."""
        sheet = AttemptsSheet(self.page, found)
        sheet.about = (Subject.ACCOUNT, self._account_id)
        sheet.answering.connect(self._answer)
        sheet.writing.connect(self._write)
        return sheet

    def command(self) -> None:
        """Another attempt is noted in a sheet of its own, and this one stays."""
        sheet = AttemptSheet(self.sheet, self._account_id, self.office.desk.clock.today())

        def noted() -> NewAttempt | None:
            return sheet.command()

        self._follow(sheet)
        open_sheet(self.office, sheet, commands.note, noted, "")

    def _answer(self, row: AttemptRow) -> None:
        sheet = AnswerSheet(self.sheet, row)
        self._follow(sheet)
        open_sheet(self.office, sheet, commands.answer, sheet.command, "")

    def _write(self) -> None:
        letter = CreditLetterController(self.office, self.sheet, self._account_id)
        letter.destroyed.connect(self._look_again)

    def _follow(self, sheet: Sheet) -> None:
        """Once another sheet is over the attempts are listed anew."""
        sheet.destroyed.connect(self._look_again)

    def _look_again(self) -> None:
        if not self.sheet.over:
            self.ask(queries.attempts, self._account_id, then=self.sheet.show_attempts)
