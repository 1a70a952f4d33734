"""The sheet of other bank details of a mandate, as the payer tells them."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import AmendMandate, MandateDetail
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField, TickField
from app.views.common.theme import scaled
from app.views.direct_debits.bank_fields import AccountNumberField, SortCodeField, Verdict

_WIDE, _HIGH = 640, 620
_NAME, _BANK, _REASON = 70, 80, 200
_SENT: Final = (
    "The old bank is sent a cancellation (0C) and the new one an instruction (0N) by the next lodgement run, whose second "
    "officer sees the change marked. Nothing is collected until the new instruction stands."
)
_UNSENT: Final = (
    "The bank hasn't the instruction yet, so none is cancelled: the new details go with the next lodgement run, whose second "
    "officer sees the change marked."
)


class AmendSheet(Sheet):
    """Other bank details. Nothing of it is kept as a draft.

    Attributes:
        verdict: what the modulus check says.

    Signals:
        bank_typed: the sort code or the account number is another.
    """

    keeps_itself = True
    bank_typed = Signal()

    def __init__(self, parent: QWidget, found: MandateDetail) -> None:
        held = bool(found.banks) and found.banks[0].held
        title = f"Other bank details for mandate {found.row.reference}"
        super().__init__(parent, title, primary="Keep them", note=_SENT if held else _UNSENT)
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        self._offered_bank = ("", "")
        self._bank, self._branch = LineField(_BANK), LineField(_BANK)
        fields = self.fields = self.scrolling_form()
        fields.add("holder", "&Name on the account", LineField(_NAME), "As the bank has it")
        fields.add("sort_code", "&Sort code", SortCodeField())
        fields.add("account_number", "&Account number", AccountNumberField())
        self.verdict = Verdict(fields.add_words(fields.field("account_number")))
        fields.add("bank_name", "&Bank", self._bank, "Where known")
        fields.add("branch", "Branc&h", self._branch)
        fields.add("reason", "How we &know", LineField(_REASON), "Such as: told by telephone, identity checked")
        fields.add("confirm", "", TickField("&Write the confirmation again"))
        fields.fill({"holder": found.banks[0].holder if found.banks else found.row.payer, "confirm": True})
        for name in ("sort_code", "account_number"):
            field: Any = fields.field(name)
            field.changed.connect(self.bank_typed)
        self.begin_at(fields.field("sort_code"))
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def offer_bank(self, bank_name: str, branch: str) -> None:
        """Fill in what was typed for the same sort code before, where nothing else was typed."""
        if (self._bank.value(), self._branch.value()) in {("", ""), self._offered_bank}:
            self._offered_bank = (bank_name, branch)
            self._bank.set_value(bank_name)
            self._branch.set_value(branch)

    def bank(self) -> tuple[str, str] | None:
        """The sort code and the account number, once both are whole."""
        values = self.fields.values()
        typed = values["sort_code"], values["account_number"]
        return typed if all(typed) else None

    def sort_code(self) -> str:
        """The sort code, once it is whole."""
        return self.fields.values()["sort_code"] or ""

    def command(self) -> AmendMandate | None:
        """What is to be kept; None while a field can't be taken, which it says itself."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return AmendMandate(
            self._found.row.mandate_id,
            self._found.version,
            values["holder"],
            values["sort_code"],
            values["account_number"],
            values["reason"],
            values["bank_name"],
            values["branch"],
            values["confirm"],
        )
