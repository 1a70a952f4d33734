"""The sheets that take a payment back: void on its day, or come back later."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import TakenBy
from app.services.reception_payments.receipts.dto.asked import AskVoid, CameBack
from app.services.reception_payments.receipts.dto.shown import ReceiptDetail
from app.services.reception_payments.receipts.rules import METHODS
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard

_WHY, _WIDE = 200, 560


def _about(found: ReceiptDetail) -> str:
    row = found.row
    return f"{row.amount}, {METHODS[row.taken_by].lower()}, {formats.day(row.taken_on)}, taken by {row.officer}."


class VoidSheet(Sheet):
    """A receipt of today that a second officer is asked to void."""

    def __init__(self, parent: QWidget, found: ReceiptDetail) -> None:
        note = f"{_about(found)} It stands until a second officer approves, today."
        super().__init__(parent, f"Void receipt {found.row.number}", primary="Ask", note=note)
        self._receipt_id = found.row.receipt_id
        self.fields = self.form()
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: keyed for the wrong tenant"))
        self.setMinimumWidth(scaled(_WIDE))
        self._guard = CardGuard(self, self.messages.warn)

    def command(self) -> AskVoid:
        """What is asked for."""
        return AskVoid(self._receipt_id, self.fields.values()["why"])


class BackSheet(Sheet):
    """A cheque that came back, or a card payment that was charged back."""

    def __init__(self, parent: QWidget, found: ReceiptDetail, today: date) -> None:
        card = found.row.taken_by in {TakenBy.CARD, TakenBy.TERMINAL}
        what = "Card payment charged back" if card else "Cheque returned"
        lost = f" {found.lost} of it was challenged and lost: that comes off, and no more." if found.lost else ""
        note = f"{_about(found)}{lost} Its accounts are debited on the day that it came back."
        super().__init__(parent, f"{what}: receipt {found.row.number}", primary="Post it", note=note)
        self._receipt_id = found.row.receipt_id
        self.fields = self.form()
        self.fields.add("on", "&Came back on", DateField(lambda: today, required=True))
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="As the bank says, such as: refer to drawer"))
        self.fields.fill({"on": today})
        self.setMinimumWidth(scaled(_WIDE))
        self._guard = CardGuard(self, self.messages.warn)

    def command(self) -> CameBack | None:
        """What is asked for; None where the day can't be read."""
        values = self.fields.values()
        if not self.fields.check():
            return None
        return CameBack(self._receipt_id, values["on"], values["why"])
