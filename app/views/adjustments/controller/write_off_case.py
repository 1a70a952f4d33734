"""Cases of write-offs: looked at again, put on a schedule, withdrawn; what was posted comes back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import CaseDetail, Saved
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.page import AdjustmentsPage
from app.views.adjustments.schedule import ScheduleSheet
from app.views.adjustments.write_back import WriteBackSheet
from app.views.common.office import Office


class ScheduleController(RegisterWork):
    """The chosen drafts are put on a schedule."""

    saves = staticmethod(commands.make_schedule)

    def make(self, _found: None) -> ScheduleSheet:
        """The sheet."""
        return ScheduleSheet(self.page, self.ids, self.office.desk.clock.today())

    def tell(self, saved: Saved) -> None:
        """Go to the list of schedules."""
        self.office.show_only("adjustments", "schedules")
        self.office.messages.good(saved.told)


class WriteBackController(RegisterWork):
    """A whole written-off debt is asked to come back."""

    asks = staticmethod(queries.detail)
    saves = staticmethod(commands.write_back)

    def make(self, found: CaseDetail) -> WriteBackSheet | str:
        """The sheet, where the debt may come back."""
        if not found.may_come_back:
            return f"Write-off {found.row.number} can't come back: the law has ended the debt, or all of it came back."
        sheet = WriteBackSheet(self.page, found)
        sheet.about = (Subject.WRITE_OFF, found.row.write_off_id)
        return sheet


class LookController(QObject):
    """The draft is tested as things stand now."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.look_again, ids[0], then=lambda saved: office.messages.good(saved.told))


class GiveUpController(QObject):
    """The draft is withdrawn."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.withdraw, ids[0], then=lambda saved: office.messages.good(saved.told))
