"""The figures of the post, joined to the services."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.post_log.register.dto import RegisterFilter, RegisterRow
from app.services.post_log.reports import queries
from app.views.common.chart import load_library
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.post_log.reports import ReportsPage


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
        page.item_opened.connect(self._open)
        page.category_opened.connect(self._open_category)
        page.chart.chart.library_wanted.connect(self._load)

    def _ask(self) -> None:
        self._asked = self._office.ask(
            self,
            queries.report,
            *self.page.span,
            then=self.page.show_report,
            label="Counting the post",
            instead_of=self._asked,
        )

    def _open(self, row: RegisterRow) -> None:
        self._office.open_record(Subject.POST_ITEM, row.row_id)

    def _open_category(self, key: str) -> None:
        self._office.show_only("post_log", RegisterFilter(categories=frozenset({key}), days=self.page.days))

    def _load(self) -> None:
        """The library that draws the chart, read off the GUI thread."""
        self._office.elsewhere(self, load_library, then=lambda _read: self.page.chart.chart.draw())
