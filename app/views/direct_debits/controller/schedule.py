"""The schedule of the mandate that is shown: the sum and its collections."""

from __future__ import annotations

from app.services.direct_debits.notices import queries
from app.services.direct_debits.notices.dto import ScheduleShown
from app.services.direct_debits.schedules.dto import CollectionRow
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.direct_debits.controller.collecting import change_one
from app.views.direct_debits.schedule import SchedulePart


class ScheduleController(PartDesk):
    """The sum and the collections; Enter on one to come changes it."""

    def __init__(self, office: Office) -> None:
        self._shown = SchedulePart()
        super().__init__(office, self._shown, queries.schedule_of)
        self._shown.opened.connect(self._change)

    def fill(self, found: ScheduleShown | None) -> None:
        """Show it."""
        self._shown.show_schedule(found)

    def _change(self, row: CollectionRow) -> None:
        if self.record_id is not None:
            change_one(self.office, self._shown, self.record_id, row.collection_id)
