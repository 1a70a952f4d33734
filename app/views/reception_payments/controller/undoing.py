"""Taking a payment back: void by a second officer on its day, or come back later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.receipts import commands, queries
from app.services.reception_payments.receipts.dto.shown import ReceiptDetail
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.undo_sheets import BackSheet, VoidSheet


class VoidController(SheetWork):
    """The sheet that asks for a void."""

    asks = staticmethod(queries.detail)
    saves = staticmethod(commands.ask_void)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: ReceiptDetail) -> VoidSheet:
        """The sheet."""
        return VoidSheet(self.page, found)


class BackController(SheetWork):
    """The sheet of what came back."""

    asks = staticmethod(queries.detail)
    saves = staticmethod(commands.came_back)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: ReceiptDetail) -> BackSheet:
        """The sheet."""
        return BackSheet(self.page, found, self.office.desk.clock.today())
