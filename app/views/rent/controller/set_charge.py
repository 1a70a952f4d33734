"""What the sheet of a charge does: tells what will be done, and does it or asks for approval."""

from __future__ import annotations

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.elements.dto import ChargeForm
from app.services.core.errors import UserError
from app.views.rent.charging import ChargeSheet
from app.views.rent.controller.account_work import AccountWork


class ChargeController(AccountWork):
    """A charge of the account is set or ended."""

    asks = staticmethod(queries.charge_form)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.set_charge)
    at_once = False
    missing = UserError("An amount is needed, or tick that it ends.", field="weekly")

    def make(self, form: ChargeForm) -> ChargeSheet:
        """The sheet."""
        sheet = ChargeSheet(self.page, form, self.note, self.office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet
