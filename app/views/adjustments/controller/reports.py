"""The figures of what was adjusted, joined to the services."""

from __future__ import annotations

from app.services.adjustments.register.dto import RegisterFilter
from app.services.adjustments.reports import queries
from app.services.adjustments.reports.dto import Figures
from app.views.adjustments.reports import TITLES, ReportsPage
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office


class ReportsController(FiguresDesk):
    """Joins the section of reports to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ReportsPage(office.desk.clock.today())
        super().__init__(office, self.page, queries.report, "Counting adjustments")
        self.page.figures_opened.connect(self._open)

    def _open(self, at: int, figures: Figures) -> None:
        """List the register behind a line of the figures, where there is a filter for it."""
        wanted = RegisterFilter(whats=frozenset({figures.what}) if figures.what is not None else frozenset())
        if TITLES[at] == "Officer":
            wanted = RegisterFilter(officer_id=figures.officer_id)
        elif figures.key:
            keys = frozenset({figures.key})
            wanted = RegisterFilter(kinds=keys) if TITLES[at] == "Kind" else RegisterFilter(reasons=keys)
        self.office.show_only("adjustments", wanted)
