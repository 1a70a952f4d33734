"""The entry screens: for the office, for an account, for a line of the ledger; previewed, entered with the evidence."""

from __future__ import annotations

from typing import Any

from app.models.values import Subject
from app.services.adjustments import previewing, queries
from app.services.adjustments.dto import EntryForm, NewAdjustment, Saved
from app.services.adjustments.entering import WithFiles, enter_with
from app.services.core.errors import UserError
from app.services.documents.dto import NewFile
from app.views.adjustments.asked import AskedSheet
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.entry import EntrySheet
from app.views.adjustments.evidence import read_evidence


class AskingWork(RegisterWork):
    """A sheet that asks for an adjustment; an officer who came from an account is back there when it is over."""

    sheet: AskedSheet
    previews = staticmethod(previewing.effects)
    saves = staticmethod(enter_with)

    def save(self, command: NewAdjustment) -> None:
        """Enter it with its evidence."""

        def enter(files: tuple[NewFile, ...]) -> None:
            self.do(enter_with, WithFiles(command, files))

        read_evidence(self.office, self, self.sheet.files(), then=enter, refused=self.refuse)

    def opened(self) -> None:
        """Whoever leaves goes back to the account that they came from."""
        if self.wanted is not None:
            self.sheet.rejected.connect(self._go_back)

    def tell(self, saved: Saved) -> None:
        """Say what was done, and show it: in the register, or on the account that the officer came from."""
        if self.wanted is not None:
            self._go_back()
        else:
            self.office.open_record(Subject.ADJUSTMENT, saved.adjustment_id)
        self.office.messages.good(saved.told)

    def _go_back(self) -> None:
        if self.wanted is not None:
            self.office.open_record(Subject.ACCOUNT, self.wanted.account_id)


class EntryController(AskingWork):
    """A new adjustment: Ctrl+Enter on the tab, F4 on the Accounts page."""

    asks = staticmethod(queries.entry_form)
    missing = UserError("Choose the account that takes the other side.", field="other_account_id")

    def asked(self) -> tuple[Any, ...]:
        """The account that another tab hands over."""
        return (self.wanted.account_id,) if self.wanted is not None else ()

    def make(self, form: EntryForm) -> EntrySheet | str:
        """The sheet, where there is a kind of adjustment to enter."""
        if not form.kinds:
            return "No kind of adjustment is in use for this account."
        sheet = EntrySheet(self.page, form, self.find_accounts)
        if form.account is not None:
            sheet.about = (Subject.ACCOUNT, form.account.account_id)
        return sheet
