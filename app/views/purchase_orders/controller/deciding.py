"""An order is asked for, withdrawn, cancelled in part, or closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.purchase_orders.orders import commands
from app.services.purchase_orders.orders.dto import OrderDetail, Saved
from app.views.common.office import Office
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.order_sheets import CLOSE, WITHDRAW, WITHDRAW_AMENDMENT, CancelRestSheet, WhySheet
from app.views.purchase_orders.page import PurchaseOrdersPage


class AskController(QObject):
    """Approval is asked for, at once."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        version = page.detail.version if page.detail is not None else 0

        def tell(saved: Saved) -> None:
            if saved.warnings:
                office.messages.info(" ".join((saved.told, *saved.warnings)))
            else:
                office.messages.good(saved.told)

        office.do(self, commands.ask, ids[0], version, then=tell)


class WhyWork(OrderWork):
    """Something is done to the order that is shown, for a reason.

    Attributes:
        words: the sheet's title, its button, what it does, and an example of a reason.
    """

    words: tuple[str, str, str, str]

    def make(self, found: OrderDetail) -> WhySheet:
        """The sheet."""
        return WhySheet(self.page, found, self.words)

    def save(self, command: str) -> None:
        """Do it to the version that was shown."""
        shown = self.sheet.shown
        self.do(type(self).saves, shown.row.order_id, shown.version, command)


class WithdrawController(WhyWork):
    """What isn't approved is taken back."""

    saves = staticmethod(commands.withdraw)
    words = WITHDRAW


class CloseController(WhyWork):
    """An order is closed by hand."""

    saves = staticmethod(commands.close)
    words = CLOSE


class WithdrawAmendmentController(WhyWork):
    """An amendment that waits is taken back."""

    saves = staticmethod(commands.withdraw_amendment)
    words = WITHDRAW_AMENDMENT


class CancelRestController(OrderWork):
    """What hasn't come won't."""

    saves = staticmethod(commands.cancel_rest)

    def make(self, found: OrderDetail) -> CancelRestSheet:
        """The sheet."""
        return CancelRestSheet(self.page, found)
