"""The figures of what was adjusted, joined to the services."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.adjustments.register.dto import RegisterFilter
from app.services.adjustments.reports import queries
from app.services.adjustments.reports.dto import Figures
from app.views.adjustments.reports import TITLES, ReportsPage
from app.views.common.chart import load_library
from app.views.common.office import Office
from app.views.common.tasks import Task


class ReportsController(QObject):
    """Joins the section of reports to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ReportsPage(office.desk.clock.today())
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self._ask())
        page.span_wanted.connect(self._ask)
        page.figures_opened.connect(self._open)
        page.chart.chart.library_wanted.connect(self._load)

    def _ask(self) -> None:
        self._asked = self._office.ask(
            self,
            queries.report,
            *self.page.span,
            then=self.page.show_report,
            label="Counting adjustments",
            instead_of=self._asked,
        )

    def _open(self, at: int, figures: Figures) -> None:
        """List the register behind a line of the figures, where there is a filter for it."""
        wanted = RegisterFilter(whats=frozenset({figures.what}) if figures.what is not None else frozenset())
        if TITLES[at] == "Officer":
            wanted = RegisterFilter(officer_id=figures.officer_id)
        elif figures.key:
            keys = frozenset({figures.key})
            wanted = RegisterFilter(kinds=keys) if TITLES[at] == "Kind" else RegisterFilter(reasons=keys)
        self._office.show_only("adjustments", wanted)

    def _load(self) -> None:
        """The library that draws the chart, read off the GUI thread."""
        self._office.elsewhere(self, load_library, then=lambda _read: self.page.chart.chart.draw())
