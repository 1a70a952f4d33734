"""The figures of purchasing, joined to the services."""

from __future__ import annotations

from app.services.purchase_orders.figures import queries
from app.views.common.chart import load_library
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office
from app.views.purchase_orders.figures import FiguresSection


class FiguresController(FiguresDesk):
    """Joins the section of figures to the services; a line opens what is behind it."""

    def __init__(self, office: Office) -> None:
        self.page = page = FiguresSection(office.desk.clock.today)
        super().__init__(office, page, queries.report, "Counting purchases")
        page.by_supplier.library_wanted.connect(self._read)
        page.record_opened.connect(office.open_record)

    def _read(self) -> None:
        """The library of the chart, read off the GUI thread."""
        chart = self.page.by_supplier
        self.office.elsewhere(self, load_library, then=lambda _read: chart.draw())
