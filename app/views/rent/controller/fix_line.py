"""Shift+F4: the line of the ledger that the officer is on is moved, taken back or put right, on the Adjustments tab."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.rent.dto import AccountHeader
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.rent.page import AccountsPage


class FixLineController(QObject):
    """Hands the line over to the tab that adjusts it; the officer comes back when it is entered or left."""

    def __init__(self, office: Office, page: AccountsPage, header: AccountHeader) -> None:
        super().__init__(page)
        shown = page.account.ledger.line()
        if shown is None or shown.line is None:
            office.messages.info("Choose a line of the ledger first: Ctrl+L, then Down.")
        else:
            known = {"journal": shown.line.journal, "line": shown.line.line}
            office.show_only("adjustments", BeginWork(header.account_id, "fixing", known))
        self.deleteLater()
