"""A rechargeable repair: for the office, or for an account that another tab hands over."""

from __future__ import annotations

from app.services.recharges import commands
from app.services.recharges.dto import RechargeForm
from app.views.adjustments.controller.invoicing import InvoicingWork
from app.views.adjustments.recharge import RechargeSheet


class RechargeController(InvoicingWork):
    """The sheet of a recharge."""

    saves = staticmethod(commands.recharge)

    def make(self, form: RechargeForm) -> RechargeSheet | str:
        """The sheet, where there is a price list."""
        if not form.prices:
            return "No line of the price list is in use: put one in use under Price list."
        sheet = RechargeSheet(self.page, form, self.find_accounts)
        sheet.about = self.about(form) or sheet.about
        return sheet
