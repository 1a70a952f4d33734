"""Every instalment worked out again: rehearsed as a list of what would change, then done for all or some."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.direct_debits.schedules import commands, recalculating
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.direct_debits.recalculation import RecalculateSheet

_STOPPED = UserError("Stopped. Nothing was changed.", "Recalculate again, for all or for some.")


class RecalculateController(SheetWork):
    """The list of differences, and what is done with it."""

    sheet: RecalculateSheet

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int] = ()) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, _found: None) -> RecalculateSheet:
        """The sheet."""
        return RecalculateSheet(self.page)

    def opened(self) -> None:
        """It is rehearsed at once, and again for another year."""
        self.sheet.asked.connect(self._rehearse)
        self._rehearse()

    def save(self, command: tuple[int, ...]) -> None:
        """Write the new versions, all of them or none."""
        task = self.office.do(
            self,
            commands.recalculate_all,
            command,
            next_year=self.sheet.next_year,
            then=self.done,
            refused=self.refuse,
            label="Recalculating Direct Debits",
            cancellable=True,
        )
        task.cancelled.connect(lambda: self.refuse(_STOPPED))

    def _rehearse(self) -> None:
        sheet = self.sheet
        sheet.show_nothing("Working out every instalment …")
        self._asked = self.office.ask(
            self,
            recalculating.rehearse,
            sheet.scope(),
            then=sheet.show_rehearsal,
            refused=self.refuse,
            label="Working out instalments",
            instead_of=self._asked,
        )
