"""What the sheet does by which a notice is withdrawn or an ending reversed."""

from __future__ import annotations

from app.models.values import Subject
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import EndingForm
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.ending import TakeBackSheet


class TakeBackController(AccountWork):
    """An ending, or a notice, is taken back."""

    asks = staticmethod(queries.form)
    previews = staticmethod(queries.preview_back)
    saves = staticmethod(commands.take_back)

    def make(self, form: EndingForm) -> TakeBackSheet | str:
        """The sheet, where there is something to take back."""
        if form.state is None or form.ended_on is None:
            return f"No notice or ending of the tenancy {form.tenancy_ref} is noted."
        sheet = TakeBackSheet(self.page, form, form.ended_on)
        sheet.about = (Subject.ENDING, form.noted.ending_id)
        return sheet
