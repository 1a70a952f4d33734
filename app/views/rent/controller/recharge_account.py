"""A recharge or court costs of the account that is open, entered on the Adjustments tab."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject

from app.services.rent.dto import AccountHeader
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.rent.page import AccountsPage


class RechargeController(QObject):
    """Hands the account over to the tab that invoices it; the officer comes back when it is raised or left."""

    work: ClassVar[str] = "recharging"

    def __init__(self, office: Office, page: AccountsPage, header: AccountHeader) -> None:
        super().__init__(page)
        office.show_only("adjustments", BeginWork(header.account_id, self.work))
        self.deleteLater()
