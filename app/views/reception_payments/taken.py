"""A payment that was taken: its number, the change, and its paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.receipts.dto.asked import EmailReceipt, Taken
from app.services.reception_payments.receipts.dto.shown import ReceiptDetail
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.parts import Figure, action_button, row
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard

_ADDRESS = 254


class TakenSheet(Sheet):
    """What was taken. Ctrl+Enter begins the next one, Ctrl+P prints, Ctrl+M sends it by e-mail.

    Signals:
        print_wanted, email_wanted(address): its paper.
    """

    print_wanted = Signal()
    email_wanted = Signal(str)

    def __init__(self, parent: QWidget, taken: Taken) -> None:
        super().__init__(parent, f"Receipt {taken.number}", primary="Next payment", close="Close", note=taken.told)
        paid, change = Figure("Taken"), Figure("Change to give")
        paid.show_amount(taken.amount, balance=False)
        change.show_amount(taken.change, balance=False)
        change.setVisible(bool(taken.change))
        self.body.addLayout(row(paid, 24, change, None))
        self.fields = self.form()
        self.address = LineField(_ADDRESS)
        self.fields.add("address", "&E-mail", self.address, "Where the receipt goes, if they want it by e-mail")
        self.fields.fill({"address": taken.email})
        for key, words, icon, then in (
            ("Ctrl+P", "Print", "printer-outline", self.print_wanted.emit),
            ("Ctrl+M", "E-mail it", "email-outline", lambda: self.email_wanted.emit(self.address.value())),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _on=False, then=then: then())
            self.addAction(action)
            self.left_buttons.addWidget(action_button(action, icon=icon))
        self.setMinimumWidth(scaled(680))
        if self.primary is not None:
            self.begin_at(self.primary)
        self._guard = CardGuard(self, self.messages.warn)


class EmailSheet(Sheet):
    """A receipt that goes by e-mail."""

    def __init__(self, parent: QWidget, found: ReceiptDetail) -> None:
        super().__init__(parent, f"Receipt {found.row.number} by e-mail", primary="Send")
        self._receipt_id = found.row.receipt_id
        self.fields = self.form()
        self.fields.add("recipient", "&E-mail", LineField(_ADDRESS))
        self.fields.fill({"recipient": found.email})
        self.setMinimumWidth(scaled(520))
        self._guard = CardGuard(self, self.messages.warn)

    def command(self) -> EmailReceipt:
        """What is asked for."""
        return EmailReceipt(self._receipt_id, self.fields.values()["recipient"])
