"""A line of the ledger that is moved, taken back or put right: Shift+F4 on the Accounts page."""

from __future__ import annotations

from typing import Any

from app.models.values import LineFix, Subject
from app.services.adjustments import queries
from app.services.adjustments.dto import FixForm
from app.services.core.errors import UserError
from app.views.adjustments.controller.entering import AskingWork
from app.views.adjustments.fix import FixSheet


class FixController(AskingWork):
    """The sheet over the line that the Accounts page hands over."""

    asks = staticmethod(queries.fix_form)

    def asked(self) -> tuple[Any, ...]:
        """The line of the ledger."""
        assert self.wanted is not None
        return self.wanted.known["journal"], self.wanted.known["line"]

    def make(self, form: FixForm) -> FixSheet | str:
        """The sheet; or why nothing can be done about the line by itself."""
        if not form.offers:
            if form.adjustment_id is not None:
                self.wanted = None
                self.office.open_record(Subject.ADJUSTMENT, form.adjustment_id)
            return form.shut or "Nothing can be done about this line by itself."
        sheet = FixSheet(self.page, form, self.find_accounts)
        sheet.about = (Subject.ACCOUNT, form.account.account_id)
        return sheet

    @property
    def missing(self) -> UserError:  # type: ignore[override]
        """What is lacking, by what is done."""
        if LineFix(self.sheet.fields.values()["fix"]) is LineFix.MOVE:
            return UserError("Choose the right account.", field="other_account_id")
        return UserError("Give the right amount.", field="amount")
