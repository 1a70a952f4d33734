"""Incidents: listed, reported, read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.reception_payments.visits.incidents import commands, queries
from app.services.reception_payments.visits.incidents.dto import KINDS, IncidentRead, IncidentRow
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.controller.reporting import ReportController
from app.views.reception_payments.log_sheets import ReadSheet
from app.views.reception_payments.visit_tables import INCIDENTS

ABOUT = "Yours; whoever may open restricted records sees everybody's. Each reading of somebody else's is written down."


class IncidentsController(QObject):
    """Joins the section Incidents to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[IncidentRow] = RegisterPage(
            "Incidents",
            INCIDENTS,
            stretch="desk",
            choices=(),
            placeholder="A word of the incident",
            noun=("incident", "incidents"),
            empty="No incident is here. Ctrl+N reports one.",
            key=lambda row: row.incident_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        page = self.page
        super().__init__(page)
        self.office = office
        self._found: Sequence[IncidentRow] = ()
        if Permission.LOG_VISITS in office.desk.officer.permissions:
            page.offer("Ctrl+N", "Report", "alert-outline", lambda: ReportController(office, page), primary=True)
            page.action("F2", "Read", "eye-outline", self._read, fits=lambda _row: True)
            page.opened.connect(self._read)
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: office.ask(self, queries.listed, then=self._show))

    def _show(self, found: Sequence[IncidentRow]) -> None:
        self._found = found
        self._list()

    def _list(self) -> None:
        rows = self.page.found_among(
            self._found, lambda row: f"{row.number} {KINDS[row.kind]} {row.desk} {row.reported_by}"
        )
        self.page.show_rows(rows, ABOUT)

    def _read(self, row: IncidentRow) -> None:
        def show(found: IncidentRead) -> None:
            ReadSheet(self.page, found).open()

        self.office.do(self, commands.read, row.incident_id, then=show)
