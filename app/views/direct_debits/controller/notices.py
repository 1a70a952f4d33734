"""The notices that the payer of the mandate was given."""

from __future__ import annotations

from app.services.direct_debits.notices import queries
from app.services.direct_debits.notices.dto import NoticeRow
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.direct_debits.schedule import NoticesPart


class NoticesController(PartDesk):
    """The notices."""

    def __init__(self, office: Office) -> None:
        self._shown = NoticesPart()
        super().__init__(office, self._shown, queries.of_mandate)

    def fill(self, found: tuple[NoticeRow, ...] | None) -> None:
        """Show them."""
        self._shown.rows.show_rows(found or ())

    def count(self, found: tuple[NoticeRow, ...]) -> int:
        """How many stand."""
        return sum(each.standing for each in found)
