"""The entry screens: for the office, for an account, for a line of the ledger; previewed, entered with the evidence."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments import previewing, queries
from app.services.adjustments.dto import EntryForm, NewAdjustment, Saved
from app.services.adjustments.entering import WithFiles, enter_with
from app.services.core.errors import UserError
from app.views.adjustments.asked import AskedSheet
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.entry import EntrySheet
from app.views.common.evidence import read_evidence


class AskingWork(RegisterWork):
    """A sheet that asks for an adjustment."""

    sheet: AskedSheet
    previews = staticmethod(previewing.effects)
    saves = staticmethod(enter_with)

    def save(self, command: NewAdjustment) -> None:
        """Enter it with its evidence."""
        read_evidence(self, self.sheet.files(), lambda files: self.do(enter_with, WithFiles(command, files)))

    def record_of(self, saved: Saved) -> tuple[Subject, int]:
        """The adjustment."""
        return Subject.ADJUSTMENT, saved.adjustment_id


class EntryController(AskingWork):
    """A new adjustment: Ctrl+Enter on the tab, F4 on the Accounts page."""

    asks = staticmethod(queries.entry_form)
    missing = UserError("Choose the account that takes the other side.", field="other_account_id")

    def make(self, form: EntryForm) -> EntrySheet | str:
        """The sheet, where there is a kind of adjustment to enter."""
        if not form.kinds:
            return "No kind of adjustment is in use for this account."
        sheet = EntrySheet(self.page, form, self.find_accounts)
        if form.account is not None:
            sheet.about = (Subject.ACCOUNT, form.account.account_id)
        return sheet
