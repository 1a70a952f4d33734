"""Reporting what happened at a desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.reception_payments.visits import screen
from app.services.reception_payments.visits.dto import AREAS, Choices
from app.services.reception_payments.visits.incidents import commands
from app.services.reception_payments.visits.incidents.dto import NewIncident
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.log_sheets import IncidentSheet


class ReportController(SheetWork):
    """The sheet; `about` is the id and the words of the visit that is chosen."""

    asks = staticmethod(screen.choices)
    told = "It is reported. The team leader has a task to look at it."

    def __init__(self, office: Office, page: QWidget, about: tuple[int, str] | None = None) -> None:
        super().__init__(office, page)
        self._about = about
        self.begin()

    def make(self, found: Choices) -> IncidentSheet:
        """The sheet."""
        return IncidentSheet(self.page, found, self.office.desk.clock.now, self._about)

    def save(self, new: NewIncident) -> None:
        """Record it."""
        self.do(_reported, new)


def _reported(ctx: Context, new: NewIncident) -> Changes:
    commands.report(ctx, new)
    return Changes(AREAS)
