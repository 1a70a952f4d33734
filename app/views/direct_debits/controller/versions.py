"""The versions of the schedule of the mandate."""

from __future__ import annotations

from app.services.direct_debits.schedules import queries
from app.services.direct_debits.schedules.dto import Version
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.direct_debits.schedule import VersionsPart


class VersionsController(PartDesk):
    """The versions."""

    def __init__(self, office: Office) -> None:
        self._shown = VersionsPart()
        super().__init__(office, self._shown, queries.versions)

    def fill(self, found: tuple[Version, ...] | None) -> None:
        """Show them."""
        self._shown.rows.show_rows(found or ())

    def count(self, found: tuple[Version, ...]) -> int:
        """How many there are."""
        return len(found)
