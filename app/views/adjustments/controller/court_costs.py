"""Court costs that an order awards: for the office, or for an account that another tab hands over."""

from __future__ import annotations

from app.services.recharges import commands
from app.services.recharges.dto import RechargeForm
from app.views.adjustments.controller.invoicing import InvoicingWork
from app.views.adjustments.court_costs import CourtCostsSheet


class CourtCostsController(InvoicingWork):
    """The sheet of court costs."""

    saves = staticmethod(commands.award_costs)

    def make(self, form: RechargeForm) -> CourtCostsSheet:
        """The sheet."""
        sheet = CourtCostsSheet(self.page, form, self.find_accounts)
        sheet.about = self.about(form) or sheet.about
        return sheet
