"""Money of the receipt that is shown back to the card that paid it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.cards.dto.refunds import RefundForm
from app.services.reception_payments.cards.refunds import commands, queries
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.card_sheets import CardRefundSheet


class CardBackController(SheetWork):
    """The sheet that asks for it; a second officer approves."""

    asks = staticmethod(queries.form)
    saves = staticmethod(commands.ask)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: RefundForm) -> CardRefundSheet | str:
        """The sheet; or why nothing can go back."""
        return found.stops or CardRefundSheet(self.page, found)
