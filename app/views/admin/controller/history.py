"""Who changed a record of the Admin page."""

from __future__ import annotations

from app.models.values import Subject
from app.services.admin.audit.queries import history
from app.views.common.history import HistorySheet, Show
from app.views.common.office import Office
from app.views.common.page import Page


def open_history(office: Office, page: Page, name: str, subject: Subject, subject_id: int) -> None:
    """Open the sheet of who changed a record."""

    def ask(show: Show) -> None:
        office.ask(page, history, subject, subject_id, then=show)

    HistorySheet(page, name, ask).open()
