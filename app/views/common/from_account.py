"""A work that another tab may have begun for an account: whoever leaves it, or is done, is back at that account."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.errors import UserError
from app.views.common.begin_work import BeginWork
from app.views.common.sheet_work import SheetWork


class FromAccount(SheetWork):
    """The way back of such a work.

    Attributes:
        wanted: what the other tab handed over; None where the work was begun on its own tab.
    """

    wanted: BeginWork | None = None

    def opened(self) -> None:
        """Whoever leaves goes back to the account that they came from."""
        super().opened()
        if self.wanted is not None:
            self.sheet.rejected.connect(self.go_back)

    def shut(self, why: UserError | str) -> None:
        """Whoever came from an account for nothing is back there."""
        self.go_back()
        super().shut(why)

    def go_back(self) -> None:
        """Show the account that the officer came from."""
        if self.wanted is not None:
            self.office.open_record(Subject.ACCOUNT, self.wanted.account_id)
