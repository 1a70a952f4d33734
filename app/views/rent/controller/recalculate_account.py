"""Ctrl+F4: a charge of the account that is open was wrong for some time; it is put right on the Adjustments tab."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.rent.dto import AccountHeader
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.rent.page import AccountsPage


class RecalculateController(QObject):
    """Hands the account over to the tab that works its weeks out."""

    def __init__(self, office: Office, page: AccountsPage, header: AccountHeader) -> None:
        super().__init__(page)
        office.show_only("adjustments", BeginWork(header.account_id, "recalculating"))
        self.deleteLater()
