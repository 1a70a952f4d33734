"""F4: a new adjustment of the account that is open, entered on the Adjustments tab, as the other works with its money."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject

from app.services.rent.dto import AccountHeader
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.rent.page import AccountsPage


class AdjustController(QObject):
    """Hands the account over to a work of another tab; the officer comes back when it is done or left.

    Attributes:
        area: the tab that it is done on.
        work: the key of that work.
    """

    area: ClassVar[str] = "adjustments"
    work: ClassVar[str] = "entering"

    def __init__(self, office: Office, page: AccountsPage, header: AccountHeader) -> None:
        super().__init__(page)
        office.show_only(self.area, BeginWork(header.account_id, self.work))
        self.deleteLater()
