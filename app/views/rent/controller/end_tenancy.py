"""What the sheet of an ending does: tells what will be done, and does it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.models.values import EndingState, Subject
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import EndingForm
from app.views.common.office import Office
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.ending import EndingSheet


class EndingController(AccountWork):
    """A tenancy is ended, or its ending is noted.

    Args:
        known: what is known of a new ending already, by field.
    """

    asks = staticmethod(queries.form)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.save)
    missing = UserError("Say when the notice came, or which day is the last.", field="notice_on")

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None, known: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(office, page, header)
        self._known = known or {}

    def make(self, form: EndingForm) -> EndingSheet | str:
        """The sheet; a tenancy ends once."""
        gone = form.ended_on is not None and form.ended_on < self.office.desk.clock.today()
        if form.state is EndingState.ENDED or (form.state is None and gone):
            return f"The tenancy {form.tenancy_ref} has ended already. Reverse the ending, or correct its last day."
        sheet = EndingSheet(self.page, form, self.office.desk.clock.today)
        sheet.about = (Subject.TENANCY, form.noted.tenancy_id)
        if sheet.is_new:
            sheet.begin_with(self._known)
        return sheet
