"""Other bank details of a mandate, checked as they are typed."""

from __future__ import annotations

from app.services.direct_debits.mandates import commands
from app.services.direct_debits.mandates.dto import MandateDetail
from app.views.direct_debits.amend import AmendSheet
from app.views.direct_debits.controller.mandate_work import BankCheck, MandateWork


class AmendController(MandateWork):
    """Other bank details."""

    saves = staticmethod(commands.amend)

    def make(self, found: MandateDetail) -> AmendSheet:
        """The sheet."""
        sheet = AmendSheet(self.page, found)
        BankCheck(self.office, sheet.bank)
        return sheet
