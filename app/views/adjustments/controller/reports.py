"""The figures of what was adjusted, joined to the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.services.adjustments.register.dto import RegisterFilter, View, What
from app.services.adjustments.reports import queries
from app.services.adjustments.reports.dto import Figures
from app.services.core.calendars import months_after
from app.views.adjustments.reports import TITLES, ReportsPage
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office


class ReportsController(FiguresDesk):
    """Joins the section of reports to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ReportsPage(office.desk.clock.today)
        super().__init__(office, self.page, queries.report, "Counting adjustments")
        self.page.figures_opened.connect(self._open)
        self.page.month_opened.connect(self._open_month)

    def _open(self, at: int, figures: Figures) -> None:
        """List the register behind a line of the figures: of the same days, by what there is a filter for."""
        wanted = self._of_month(figures.month_on) if figures.month_on else self._of_days(*self.page.days)
        if figures.officer_id is not None:
            wanted = replace(wanted, officer_id=figures.officer_id)
        elif figures.key:
            keys = frozenset({figures.key})
            wanted = replace(wanted, kinds=keys) if TITLES[at] == "Kind" else replace(wanted, reasons=keys)
        elif figures.what is not None:
            wanted = replace(wanted, whats=frozenset({figures.what}))
        self.office.show_only("adjustments", wanted)

    def _open_month(self, month_on: date) -> None:
        """List the refunds and write-offs behind a bar."""
        paid = frozenset({What.REFUND, What.WRITE_OFF})
        self.office.show_only("adjustments", replace(self._of_month(month_on), whats=paid))

    def _of_month(self, month_on: date) -> RegisterFilter:
        first, last = self.page.days
        return self._of_days(max(month_on, first), min(months_after(month_on, 1) - timedelta(days=1), last))

    @staticmethod
    def _of_days(from_on: date, to_on: date) -> RegisterFilter:
        """What was posted on these days, and stands: what the figures count."""
        return RegisterFilter(view=View.REPORTED, from_on=from_on, to_on=to_on)
