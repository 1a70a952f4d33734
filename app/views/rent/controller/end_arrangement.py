"""What the sheet does by which a repayment arrangement is cancelled."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import ArrangementSaved, Standing
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.arranging import CancelArrangementSheet


class CancelArrangementController(QObject):
    """One sheet, from the menu until the arrangement is cancelled or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: CancelArrangementSheet | None = None
        assert header is not None
        self._account_id = header.account_id
        self._note = f"Account {header.reference}, {header.name}"
        office.ask(self, queries.standing, [header.account_id], then=self._open)

    def _open(self, found: dict[int, Standing]) -> None:
        standing = found.get(self._account_id)
        if standing is None:
            self._office.messages.info("No arrangement is in force on this account.")
            self.deleteLater()
            return
        self.sheet = sheet = CancelArrangementSheet(self._page, standing, self._note)
        sheet.about = (Subject.ARRANGEMENT, standing.arrangement_id)
        self.setParent(sheet)
        sheet.confirmed.connect(self._save)
        sheet.open()

    def _save(self) -> None:
        if self.sheet is not None:
            self.sheet.set_busy(busy=True)
            command = self.sheet.command()
            self._office.do(self, commands.end, command, then=self._done, refused=self.sheet.show_error)

    def _done(self, saved: ArrangementSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)
