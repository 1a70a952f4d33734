"""A page of figures, joined to the services: asked for again by another span and when something changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.views.common.chart import load_library
from app.views.common.figures_page import FiguresPage
from app.views.common.office import Office
from app.views.common.tasks import Task


class FiguresDesk(QObject):
    """Joins one page of figures to its query; where it is refused or stopped, the dates of what is shown are put back.

    Args:
        report: the query, given the first and the last day.
        label: what the status bar says meanwhile.
    """

    def __init__(self, office: Office, page: FiguresPage, report: Callable[..., Any], label: str) -> None:
        super().__init__(page)
        self.office = office
        self._page = page
        self._report = report
        self._label = label
        self._asked: Task | None = None
        page.refresh_wanted.connect(lambda _changes: self._again())
        page.span_wanted.connect(self._ask)
        page.chart.chart.library_wanted.connect(self._load)

    def _again(self) -> None:
        self._page.follow()
        self._ask()

    def _ask(self) -> None:
        self._asked = self.office.ask(
            self,
            self._report,
            *self._page.span,
            then=self._page.show_report,
            label=self._label,
            instead_of=self._asked,
        )
        self._asked.failed.connect(lambda _error: self._page.put_back())
        self._asked.cancelled.connect(self._page.put_back)

    def _load(self) -> None:
        """The library that draws the chart, read off the GUI thread."""
        self.office.elsewhere(self, load_library, then=lambda _read: self._page.chart.chart.draw())
