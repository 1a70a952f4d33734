"""The figures of the reception, joined to the services."""

from __future__ import annotations

from app.services.reception_payments.figures import queries
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office
from app.views.reception_payments.figures import FiguresSection


class FiguresController(FiguresDesk):
    """Joins the section of figures to the services; a line opens what is behind it."""

    def __init__(self, office: Office) -> None:
        self.page = page = FiguresSection(office.desk.clock.today)
        super().__init__(office, page, queries.report, "Counting receipts")
        page.record_opened.connect(office.open_record)
