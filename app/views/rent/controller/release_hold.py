"""What the sheet of standing holds does: changes one, or releases it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.holds import commands, previewing, queries
from app.services.holds.dto import ChangeHold, HoldForm, ReleaseHold
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.holds.hold_sheets import StandingSheet

_RELEASED = "The hold is released; what it stopped goes on from today, unless another hold stops it."


class ReleaseHoldController(AccountWork):
    """A hold is changed or released, from the menu or the register.

    Args:
        of: the account and the hold, where the register says which.
    """

    asks = staticmethod(queries.form)
    previews = staticmethod(previewing.preview_standing)

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None = None, *, of: tuple[int, int] | None = None
    ) -> None:
        super().__init__(office, page, header, of[0] if of else 0)
        self._hold_id = of[1] if of else None

    def make(self, form: HoldForm) -> StandingSheet | str:
        """The sheet, where anything is on hold."""
        if not form.standing:
            return "Nothing is stopped on this account: there is no hold to change or release."
        sheet = StandingSheet(self.page, form, self.office.desk.clock.today, self._hold_id)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet

    def save(self, command: ChangeHold | ReleaseHold) -> None:
        """Release it, or change it."""
        released = isinstance(command, ReleaseHold)
        self.told = _RELEASED if released else "The hold is changed."
        self.do(commands.release if released else commands.change, command)

    def refuse(self, error: UserError) -> None:
        """What is wrong with a release is about why it is released."""
        releases = isinstance(self.sheet.command(), ReleaseHold) and error.field == "reason"
        super().refuse(UserError(error.message, error.hint, "released") if releases else error)
