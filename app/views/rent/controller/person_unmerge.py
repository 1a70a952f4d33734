"""The sheet by which a merge of two records is undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.people.merging import commands, queries
from app.services.people.merging.dto import MergeRow
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.people.merging import UnmergeSheet


class UnmergeController(AccountWork):
    """A merge of two records is undone."""

    asks = staticmethod(queries.merges)
    previews = staticmethod(queries.preview_undo)
    saves = staticmethod(commands.undo_merge)

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(office, page, header)
        self._reference = header.reference if header is not None else ""

    def make(self, merges: Sequence[MergeRow]) -> UnmergeSheet | str:
        """The sheet, where there is something to undo."""
        if not merges:
            return "No record was merged into those of the people on this account."
        sheet = UnmergeSheet(self.page, merges, self._reference)
        sheet.about = (Subject.PERSON, merges[0].kept_id)
        return sheet
