"""The figures of Direct Debit, joined to the services."""

from __future__ import annotations

from datetime import date

from app.services.direct_debits.figures import queries
from app.services.direct_debits.schedules.dto import CollectionFilter
from app.views.common.chart import load_library
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office
from app.views.direct_debits.figures import FiguresSection


class FiguresController(FiguresDesk):
    """Joins the section of figures to the services; a line opens what is behind it."""

    def __init__(self, office: Office) -> None:
        self.page = page = FiguresSection(office.desk.clock.today)
        super().__init__(office, page, queries.report, "Counting Direct Debits")
        self._charts = (page.take_up, page.by_day)
        for chart in self._charts:
            chart.library_wanted.connect(self._read)
        page.day_opened.connect(self._open_day)
        page.returned_opened.connect(lambda: office.show_only("direct_debits", "reports"))
        page.record_opened.connect(office.open_record)
        page.mandates_opened.connect(lambda wanted: office.show_only("direct_debits", wanted))

    def _open_day(self, on: date) -> None:
        self.office.show_only("direct_debits", CollectionFilter(from_on=on, to_on=on))

    def _read(self) -> None:
        """The library of the charts, read off the GUI thread."""

        def draw(_read: object) -> None:
            for chart in self._charts:
                chart.draw()

        self.office.elsewhere(self, load_library, then=draw)
