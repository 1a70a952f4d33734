"""The sheet of other bank details of a mandate, as the payer tells them."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import AmendMandate, MandateDetail
from app.views.common.bank_fields import BankFields
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField, TickField
from app.views.common.theme import scaled

_WIDE, _HIGH = 640, 620
_NAME, _REASON = 70, 200
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
        bank: its fields of the account.
    """

    keeps_itself = True

    def __init__(self, parent: QWidget, found: MandateDetail) -> None:
        held = bool(found.banks) and found.banks[0].held
        title = f"Other bank details for mandate {found.row.reference}"
        super().__init__(parent, title, primary="Keep them", note=_SENT if held else _UNSENT)
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        fields = self.fields = self.scrolling_form()
        fields.add("holder", "&Name on the account", LineField(_NAME), "As the bank has it")
        self.bank = BankFields(fields, "&Sort code", "&Account number")
        fields.add("reason", "How we &know", LineField(_REASON), "Such as: told by telephone, identity checked")
        fields.add("confirm", "", TickField("&Write the confirmation again"))
        fields.fill({"holder": found.banks[0].holder if found.banks else found.row.payer, "confirm": True})
        self.begin_at(fields.field("sort_code"))
        self.resize(scaled(_WIDE), scaled(_HIGH))

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
