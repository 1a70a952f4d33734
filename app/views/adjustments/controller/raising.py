"""Raising an invoice that a second officer approved, where a third one does, and withdrawing one that isn't raised yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.recharges import commands
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.office import Office


class RaiseController(QObject):
    """The invoice that is shown is raised; the services refuse whoever took an earlier step of it."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.post, ids[0], then=lambda saved: office.messages.good(saved.told))


class WithdrawInvoiceController(QObject):
    """The invoice that is shown is withdrawn before it is raised."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.withdraw, ids[0], then=lambda saved: office.messages.good(saved.told))
