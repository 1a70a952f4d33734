"""The sheet by which a merge of two records is undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.people.merging import commands, queries
from app.services.people.merging.dto import Merged, MergeRow
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.people.merging import UnmergeSheet


class UnmergeController(QObject):
    """One undoing, from the menu until it is done or left."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        assert header is not None
        self._office = office
        self._page = page
        self._reference = header.reference
        self.sheet: UnmergeSheet | None = None
        office.ask(self, queries.merges, header.account_id, then=self._open)

    def _open(self, merges: Sequence[MergeRow]) -> None:
        if not merges:
            self._office.messages.info("No record was merged into those of the people on this account.")
            self.deleteLater()
            return
        self.sheet = sheet = UnmergeSheet(self._page, merges, self._reference)
        sheet.about = (Subject.PERSON, merges[0].kept_id)
        self.setParent(sheet)
        preview = Previewing(self._office, sheet, queries.preview_undo, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.undo_merge, sheet.command(), then=self._done, refused=sheet.show_error)

    def _done(self, done: Merged) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(done.told)
