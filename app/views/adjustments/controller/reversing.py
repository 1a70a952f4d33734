"""Taking back what was posted, and withdrawing what wasn't yet."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments import commands
from app.services.core.errors import UserError
from app.views.adjustments.back import BackSheet
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.page import AdjustmentsPage


class _BackWork(RegisterWork):
    """A sheet that asks why."""

    page: AdjustmentsPage
    missing = UserError("Say why.", field="reason")
    title: str
    does: str

    def make(self, _found: None) -> BackSheet:
        """The sheet."""
        assert self.page.detail is not None
        row = self.page.detail.row
        sheet = BackSheet(self.page, f"{self.title} adjustment {row.number}", f"{self.title} it", self.does)
        sheet.about = (Subject.ADJUSTMENT, self.ids[0])
        return sheet

    def save(self, reason: str) -> None:
        """Do it."""
        self.do(type(self).saves, self.ids[0], reason)


class ReverseController(_BackWork):
    """The opposite is posted today; both stay on the accounts."""

    saves = staticmethod(commands.reverse)
    title = "Reverse"
    does = (
        "The opposite of every line is posted today; both stay on the accounts. It is put to a second officer where the "
        "adjustment itself would be."
    )


class WithdrawController(_BackWork):
    """What isn't posted yet is given up; it stays in the list."""

    saves = staticmethod(commands.withdraw)
    title = "Withdraw"
    does = "It isn't posted any more, and whoever was to approve it isn't asked. It stays in the list with your reason."
