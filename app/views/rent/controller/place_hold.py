"""What the sheet of a new hold does: tells what it stops, and places it."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.holds import commands, previewing, queries
from app.services.holds.dto import HoldForm
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.holds.hold_sheets import HoldSheet


class PlaceHoldController(AccountWork):
    """A hold is placed."""

    asks = staticmethod(queries.form)
    previews = staticmethod(previewing.preview_place)
    saves = staticmethod(commands.place)
    missing = UserError("Say from which day it holds.", field="from_on")
    told = "The hold is placed."

    def make(self, form: HoldForm) -> HoldSheet:
        """The sheet."""
        sheet = HoldSheet(self.page, form, self.office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet
