"""A rechargeable repair: for the office, or for an account that another tab hands over, with what is known of the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.services.core.errors import UserError
from app.services.recharges import commands
from app.services.recharges.dto import NewRecharge, Raised, RechargeForm
from app.views.adjustments.controller.invoicing import InvoicingWork
from app.views.adjustments.recharge import RechargeSheet


class RechargeController(InvoicingWork):
    """The sheet of a recharge."""

    saves = staticmethod(commands.recharge)
    missing = UserError("Choose the account, the work and the day it was done.", "Nothing is raised yet.", "item")

    def make(self, form: RechargeForm) -> RechargeSheet | str:
        """The sheet, where there is a price list."""
        if not form.prices:
            return "No line of the price list is in use: put one in use under Price list."
        sheet = RechargeSheet(self.page, form, self.find_accounts)
        sheet.about = self.about(form) or sheet.about
        sheet.begin_with(self._known)
        return sheet

    def command(self) -> NewRecharge | None:
        """What is typed, with the documents that were handed over."""
        asked: NewRecharge | None = self.sheet.command()
        return replace(asked, evidence=self._known.get("evidence", ())) if asked is not None else None

    def tell(self, saved: Raised) -> None:
        """Say what was done, also to the tab that handed the work over."""
        super().tell(saved)
        raised: Callable[[int], object] | None = self._known.get("raised")
        if raised is not None:
            raised(saved.recharge_id)

    @property
    def _known(self) -> Mapping[str, Any]:
        return self.wanted.known if self.wanted is not None else {}
