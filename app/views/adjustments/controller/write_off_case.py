"""Cases of write-offs: changed, looked at again, put on a schedule, withdrawn; what was posted comes back."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments.write_offs import asking, commands, queries
from app.services.adjustments.write_offs.asking import Draft
from app.services.adjustments.write_offs.dto import AskedCase, CaseDetail, Saved
from app.views.adjustments.controller.register_work import AtOnce, RegisterWork
from app.views.adjustments.schedule import ScheduleSheet
from app.views.adjustments.write_back import WriteBackSheet
from app.views.adjustments.write_off import WriteOffSheet
from app.views.common.evidence import read_evidence


class ChangeController(RegisterWork):
    """A draft is changed: its trace, its evidence, whatever wasn't met."""

    asks = staticmethod(asking.draft)
    previews = staticmethod(asking.effects)
    saves = staticmethod(asking.change_with)
    sheet: WriteOffSheet

    def make(self, draft: Draft) -> WriteOffSheet:
        """The sheet as it was kept."""
        self._draft = draft
        today = self.office.desk.clock.today()
        sheet = WriteOffSheet(self.page, draft.start, self.find_accounts, today, f"Write-off {draft.number}")
        sheet.show_draft(draft)
        sheet.about = (Subject.WRITE_OFF, draft.write_off_id)
        return sheet

    def save(self, command: AskedCase) -> None:
        """Change it, with what evidence was added."""
        draft = self._draft
        read_evidence(
            self,
            self.sheet.files(),
            lambda files: self.do(asking.change_with, draft.write_off_id, command, draft.version, files),
        )


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


class LookController(AtOnce):
    """The draft is tested as things stand now."""

    does = staticmethod(commands.look_again)


class GiveUpController(AtOnce):
    """The draft is withdrawn."""

    does = staticmethod(commands.withdraw)
