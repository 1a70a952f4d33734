"""What the bank isn't told of a mandate is changed: the payer, the accounts paid, the note."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.direct_debits.mandates import commands, queries
from app.services.direct_debits.mandates.dto import MandateDetail, SetUpForm
from app.views.direct_debits.change import ChangeSheet
from app.views.direct_debits.controller.mandate_work import MandateWork


def _form(ctx: Context, mandate_id: int) -> tuple[MandateDetail, SetUpForm]:
    """The mandate, with the people and the other accounts of its account."""
    found = queries.detail(ctx, mandate_id)
    return found, queries.set_up_form(ctx, found.row.account_id)


class ChangeController(MandateWork):
    """The payer, their address, the accounts paid and the note."""

    asks = staticmethod(_form)
    saves = staticmethod(commands.change)

    def make(self, found: tuple[MandateDetail, SetUpForm]) -> ChangeSheet:
        """The sheet."""
        return ChangeSheet(self.page, *found)
