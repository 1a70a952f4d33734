"""The figures of the post, joined to the services."""

from __future__ import annotations

from app.models.values import Subject
from app.services.post_log.register.dto import RegisterFilter, RegisterRow
from app.services.post_log.reports import queries
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office
from app.views.post_log.reports import ReportsPage


class ReportsController(FiguresDesk):
    """Joins the section of reports to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ReportsPage(office.desk.clock.today)
        super().__init__(office, self.page, queries.report, "Counting the post")
        self.page.item_opened.connect(self._open)
        self.page.category_opened.connect(self._open_category)

    def _open(self, row: RegisterRow) -> None:
        self.office.open_record(Subject.POST_ITEM, row.row_id)

    def _open_category(self, key: str) -> None:
        from_on, to_on = self.page.days
        self.office.show_only("post_log", RegisterFilter(categories=frozenset({key}), from_on=from_on, to_on=to_on))
