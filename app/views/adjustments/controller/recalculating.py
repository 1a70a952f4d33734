"""A charge that was wrong for some time: its weeks are worked out as it is typed, and put right."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import Subject
from app.services.adjustments.dto import Saved
from app.services.adjustments.recalculating import commands, queries
from app.services.adjustments.recalculating.dto import Recalculation, RecalculationForm
from app.services.core.errors import UserError
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.recalculation import RecalculationSheet
from app.views.common.evidence import read_evidence
from app.views.common.fields_pickers import Picked
from app.views.common.pause import Pause

_PAUSE_MS = 250


class RecalculationController(RegisterWork):
    """A backdated change of a charge, for the account that another tab hands over or one that is chosen."""

    sheet: RecalculationSheet
    saves = staticmethod(commands.submit)
    missing = UserError("Type what it should have been, and from which day.", field="rates")

    def make(self, _found: None) -> RecalculationSheet:
        """The sheet."""
        sheet = RecalculationSheet(self.page, self.find_accounts, self.office.desk.clock.today)
        if self.wanted is not None:
            sheet.about = (Subject.ACCOUNT, self.wanted.account_id)
        return sheet

    def opened(self) -> None:
        """The weeks are worked out a moment after the last key."""
        super().opened()
        self._pause = Pause(self, self._work_out, _PAUSE_MS)
        self.sheet.typed_changed.connect(self._pause.start)
        self.sheet.account_wanted.connect(self._ask_account)
        if self.wanted is not None:
            self._ask_account(self.wanted.account_id)

    def save(self, command: Recalculation) -> None:
        """Submit it with its evidence."""
        read_evidence(self, self.sheet.files(), lambda files: self.do(commands.submit, replace(command, files=files)))

    def record_of(self, saved: Saved) -> tuple[Subject, int]:
        """The adjustment."""
        return Subject.ADJUSTMENT, saved.adjustment_id

    def _ask_account(self, account_id: int) -> None:
        self.office.ask(self, queries.form, account_id, then=self._show_form, refused=self.refuse)

    def _show_form(self, form: RecalculationForm) -> None:
        """Its charges; where another tab handed the account over, the field shows it."""
        if self.wanted is not None and self.sheet.fields.values()["account_id"] is None:
            reference, _, name = form.account.partition(", ")
            self.sheet.show_account(Picked(form.account_id, name, reference))
        self.sheet.show_form(form)

    def _work_out(self) -> None:
        command = self.sheet.command()
        if command is None:
            self.sheet.show_nothing(self.sheet.wanting)
        else:
            sheet = self.sheet
            self._asked = self.office.ask(
                self,
                queries.work_out,
                command,
                then=sheet.show_proposal,
                refused=lambda error: sheet.show_nothing(str(error), wrong=True),
                instead_of=self._asked,
            )
