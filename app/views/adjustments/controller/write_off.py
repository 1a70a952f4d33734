"""Debts put forward to be written off."""

from __future__ import annotations

from typing import Any

from app.models.values import Subject
from app.services.adjustments.write_offs import asking
from app.services.adjustments.write_offs.asking import CaseStart
from app.services.adjustments.write_offs.dto import AskedCase, Saved
from app.services.documents.dto import NewFile
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.evidence import read_evidence
from app.views.adjustments.write_off import WriteOffSheet


class WriteOffController(RegisterWork):
    """A debt is put forward, with everything that is known of it."""

    asks = staticmethod(asking.start)
    previews = staticmethod(asking.effects)
    saves = staticmethod(asking.build_with)
    sheet: WriteOffSheet

    def asked(self) -> tuple[Any, ...]:
        """The account that another tab hands over."""
        return (self.wanted.account_id,) if self.wanted is not None else ()

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

        def build(files: tuple[NewFile, ...]) -> None:
            self.do(asking.build_with, command, files)

        read_evidence(self.office, self, self.sheet.files(), then=build, refused=self.refuse)

    def tell(self, saved: Saved) -> None:
        """Show the case in the register."""
        self.office.open_record(Subject.WRITE_OFF, saved.record_id)
        self.office.messages.good(saved.told)
