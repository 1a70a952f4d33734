"""The sheet that texts somebody where to pay."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.receipts.dto.asked import SendLink
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard

_NUMBER = 30


class LinkSheet(Sheet):
    """A text message with the page to pay on and the reference of an account; nothing of what is owed.

    Args:
        account_id, reference: the account.
        mobile: the number that we have of whoever calls.
        pay_cards: as of `CardGuard`.
    """

    def __init__(
        self, parent: QWidget, account_id: int, reference: str, mobile: str, pay_cards: tuple[str, int] = ("", 0)
    ) -> None:
        note = f"They pay by themselves, with the reference {reference}. The message doesn't say what is owed."
        super().__init__(parent, "Send a link to pay", primary="Send", note=note)
        self._account_id = account_id
        self.key = uuid4().hex
        self.fields = self.form()
        self.fields.add("recipient", "&Mobile number", LineField(_NUMBER))
        self.fields.fill({"recipient": mobile})
        self.setMinimumWidth(scaled(520))
        self._guard = CardGuard(self, self.messages.warn, pay_cards)

    def command(self) -> SendLink:
        """What is asked for."""
        return SendLink(self.key, self._account_id, self.fields.values()["recipient"])
