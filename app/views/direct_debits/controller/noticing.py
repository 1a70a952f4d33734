"""Advance notice in bulk, of one mandate, and on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.direct_debits.notices import commands, jobs, queries
from app.services.direct_debits.notices.dto import (
    AREAS,
    CollectionNotice,
    GiveNotice,
    NoticesGiven,
    ScheduleShown,
    Standing,
)
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.direct_debits.notices import NoticeSheet, TellSheet

_STOPPED = UserError("Stopped. The notices that were made stand.", "Give notice again to go on with the rest.")
_NEEDS = frozenset({Standing.UNTOLD, Standing.CHANGED, Standing.LOST, Standing.SHORT})


class GiveNoticeController(SheetWork):
    """Letters and e-mails; none chosen means all that need notice."""

    sheet: NoticeSheet

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.ids = tuple(ids)
        self.begin()

    def make(self, _found: None) -> NoticeSheet:
        """The sheet."""
        return NoticeSheet(self.page, self.ids)

    def opened(self) -> None:
        """What it would do is told at once, and again where something else is ticked."""
        self.sheet.asked.connect(self._rehearse)
        self._rehearse()

    def save(self, command: GiveNotice) -> None:
        """Make them, some hundred at a time."""
        task = self.office.job(
            self,
            jobs.give_all,
            command,
            then=self.done,
            label="Notices",
            refused=self.refuse,
            changes=AREAS,
        )
        task.cancelled.connect(lambda: self.refuse(_STOPPED))

    def _rehearse(self) -> None:
        self.ask(queries.rehearse, self.sheet.command(), then=self.sheet.show_rehearsal)


class TellController(SheetWork):
    """What was said on the telephone."""

    asks = staticmethod(queries.schedule_of)
    saves = staticmethod(commands.tell_by_phone)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self._mandate_id = ids[0]
        self.begin(ids[0])

    def make(self, found: ScheduleShown) -> TellSheet | str:
        """The sheet, where there is something to be told."""
        rows = found.of.collections
        untold = tuple(each for each in rows if _needs(found.notices.get(each.collection_id)))
        if not untold:
            return "The payer has been told of everything that is to come."
        return TellSheet(self.page, self._mandate_id, found.of.reference, untold)

    def tell(self, saved: NoticesGiven) -> None:
        """Say of how many."""
        self.office.messages.good(f"Kept: told of {formats.count(saved.collections, 'collection')} on the telephone.")


def _needs(found: CollectionNotice | None) -> bool:
    return found is not None and found.standing in _NEEDS
