"""The sheet of bank details that a refund is paid to."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import NameCheck
from app.services.adjustments.refunds.dto import NewBank, RefundDetail
from app.services.bacs.dto import NewBankDetails
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.theme import scaled

_CHECKS: list[tuple[str, object]] = [
    ("Not checked yet", NameCheck.NONE),
    ("Confirmation of Payee: the name matches", NameCheck.MATCH),
    ("Confirmation of Payee: a close match", NameCheck.CLOSE_MATCH),
    ("Confirmation of Payee: no match", NameCheck.NO_MATCH),
    ("A bank statement was seen", NameCheck.STATEMENT),
]
_WIDE = 640
_NOTE = (
    "The first details of a payee count at once. Any later ones wait for a second officer: a call that asks for "
    "another account is how refunds are stolen."
)


class BankSheet(Sheet):
    """Bank details for a refund in the gate. Nothing of it is kept as a draft."""

    keeps_itself = True

    def __init__(self, parent: QWidget, found: RefundDetail, today: date) -> None:
        super().__init__(parent, f"Bank details for refund {found.number}", primary="Keep them", note=_NOTE)
        self._refund_id = found.refund_id
        self._today = today
        fields = self.fields = self.form()
        fields.add("payee_name", "&Name on the account", LineField(70), "As the bank has it")
        fields.add("sort_code", "&Sort code", LineField(10), "Six digits")
        fields.add("account_number", "&Account number", LineField(10), "Eight digits")
        fields.add("roll_number", "&Roll number", LineField(18), "Of a building society that has them")
        fields.add("name_check", "Name &checked", ChoiceField(_CHECKS))
        fields.add("checked_on", "Checked &on", DateField(lambda: today))
        fields.add("check_note", "&What was seen", LineField(200), "Of a close match, the name that the bank gave")
        fields.add("reason", "Wh&y they change", LineField(200), "Needed where other details are known already")
        fields.fill({"payee_name": found.payee_name})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewBank:
        """What is to be kept."""
        values = self.fields.values()
        check: NameCheck = values["name_check"]
        details = NewBankDetails(
            payee_name=values["payee_name"],
            sort_code=values["sort_code"],
            account_number=values["account_number"],
            from_on=self._today,
            roll_number=values["roll_number"],
            name_check=check,
            checked_on=(values["checked_on"] or self._today) if check is not NameCheck.NONE else None,
            check_note=values["check_note"],
        )
        return NewBank(self._refund_id, details, values["reason"])
