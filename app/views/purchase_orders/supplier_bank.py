"""The sheets of a supplier's bank details: typed with a call back, and shown in full for a moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.purchase_orders.suppliers.bank.dto import BankForm, NewSupplierBank, Revealed
from app.views.common.bank_fields import BankFields
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.parts import label
from app.views.common.theme import scaled

_WIDE, _HIGH, _SHOWN_MS = 680, 720, 60_000
_CALL: Final = "Call {0} before you save, never a number from the letter or e-mail that asks. {1}"
_NOBODY: Final = "Nobody can be called back. {0}"
_SEEN: Final = "That you looked is kept. It closes by itself in a minute."


class BankSheet(Sheet):
    """Bank details of a supplier. Nothing of it is kept as a draft.

    Attributes:
        bank: its fields of the account.
    """

    keeps_itself = True

    def __init__(self, parent: QWidget, form: BankForm) -> None:
        title = f"Bank details of {form.number} {form.name}"
        paid = f" Until a second officer approves it is paid on its {form.now}." if form.now else ""
        note = _CALL.format(form.call, form.call_words) if form.call else _NOBODY.format(form.call_words)
        super().__init__(parent, title, primary="Ask for approval", note=f"{note}{paid}")
        self.about = (Subject.SUPPLIER, form.supplier_id)
        self._form_of = form
        fields = self.fields = self.scrolling_form()
        fields.add("holder", "&Name on the account", LineField(70), "As the bank has it")
        self.bank = BankFields(fields, "&Sort code", "&Account number", names_bank=False)
        fields.add("asked_how", "&How they gave them", LineField(200, placeholder="Such as: letter of 3 Nov"))
        fields.add("called_number", "Number &called", LineField(40), "As you dialled it")
        fields.add("called_on", "Called &on", DateField(lambda: form.today, required=True))
        fields.add("called_whom", "Con&firmed by", LineField(120), "Who it was at the supplier")
        officers = [("I called", None), *((name, key) for key, name in form.officers)]
        fields.add("called_by", "Called &by", ChoiceField(officers), "Whoever called doesn't approve it")
        fields.add("reason", "&Reason", LineField(400), "For whoever approves")
        fields.add("shared", "", TickField("Another supplier is paid on this account, and that is righ&t"))
        fields.fill({"holder": form.name, "called_on": form.today})
        fields.setRowVisible(fields.labels["shared"], False)
        self.begin_at(fields.field("sort_code"))
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def command(self) -> NewSupplierBank | None:
        """What is asked for; None while a field can't be taken, which it says itself."""
        if not self.fields.check():
            return None
        return NewSupplierBank(self._form_of.supplier_id, **self.fields.values())

    def ask_shared(self) -> None:
        """Another supplier has the same account: offer to say that it is so."""
        self.fields.setRowVisible(self.fields.labels["shared"], True)


class RevealSheet(Sheet):
    """Bank details unmasked."""

    def __init__(self, parent: QWidget, name: str, found: Revealed) -> None:
        super().__init__(parent, f"Bank details of {name}", close="Close", note=_SEEN)
        self.body.addWidget(label(found.holder, "strong", wrap=True))
        self.numbers = label(f"{found.sort_code}    {found.account_number}", "figure", selectable=True)
        self.numbers.setAccessibleName("Sort code and account number")
        self.body.addWidget(self.numbers)
        self.resize(scaled(420), self.height())
        closing = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        closing.timeout.connect(self.close)
        closing.start()
