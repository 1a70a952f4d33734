"""Debts put forward to be written off."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments.write_offs import asking
from app.services.adjustments.write_offs.asking import CaseStart
from app.services.adjustments.write_offs.dto import AskedCase, Saved
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.write_off import WriteOffSheet
from app.views.common.evidence import read_evidence


class WriteOffController(RegisterWork):
    """A debt is put forward, with everything that is known of it."""

    asks = staticmethod(asking.start)
    previews = staticmethod(asking.effects)
    saves = staticmethod(asking.build_with)
    sheet: WriteOffSheet

    def make(self, start: CaseStart) -> WriteOffSheet | str:
        """The sheet, where there is a reason to choose."""
        if not start.reasons:
            return "No reason of write-offs is in use."
        sheet = WriteOffSheet(self.page, start, self.find_accounts, self.office.desk.clock.today())
        if start.account_id is not None:
            sheet.about = (Subject.ACCOUNT, start.account_id)
        return sheet

    def save(self, command: AskedCase) -> None:
        """Keep it with its evidence."""
        read_evidence(self, self.sheet.files(), lambda files: self.do(asking.build_with, command, files))

    def record_of(self, saved: Saved) -> tuple[Subject, int]:
        """The case."""
        return Subject.WRITE_OFF, saved.record_id
