"""What the sheet does by which a repayment arrangement is cancelled."""

from __future__ import annotations

from app.models.values import Subject
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import Standing
from app.views.rent.arranging import CancelArrangementSheet
from app.views.rent.controller.account_work import AccountWork


class CancelArrangementController(AccountWork):
    """An arrangement is cancelled; the sheet tells what that does by itself."""

    asks = staticmethod(lambda ctx, account_id: queries.standing(ctx, [account_id]))
    saves = staticmethod(commands.end)

    def make(self, found: dict[int, Standing]) -> CancelArrangementSheet | str:
        """The sheet, where there is one to cancel."""
        standing = found.get(self.account_id)
        if standing is None:
            return "No arrangement is in force on this account."
        sheet = CancelArrangementSheet(self.page, standing, self.note)
        sheet.about = (Subject.ARRANGEMENT, standing.arrangement_id)
        return sheet
