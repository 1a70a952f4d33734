"""The sheet of a credit note: an invoice taken back, wholly or in part."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceBy
from app.services.recharges.dto import CreditForm, NewCredit
from app.views.adjustments.invoiced import BY
from app.views.common import formats
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_money import MoneyField

_REASON = 400


class CreditNoteSheet(EvidencedSheet):
    """A credit note over an invoice."""

    def __init__(self, parent: QWidget, form: CreditForm) -> None:
        note = (
            f"Invoice {form.invoice_number} of {formats.day(form.raised_on)}, {form.description}: {form.left.gross} "
            f"of {form.net + form.vat} is left. Account {form.reference} stands at {form.balance.dr_cr()}."
        )
        super().__init__(parent, "Credit note", save="Raise it", note=note, width=940)
        self.key = f"credit:{uuid4().hex}"
        self._shown = form
        fields = self.fields
        before_vat = f"{form.left.net} before VAT is left; empty credits all of it"
        fields.add("net", "&Amount", MoneyField(), before_vat)
        fields.add("reason", "&Reason", AreaField(_REASON, height=72), "The tenant reads it: name nobody")
        fields.add("send_by", "&Credit note goes", ChoiceField(BY))
        self.add_evidence()

    def command(self) -> NewCredit:
        """What is asked for, without its files."""
        values = self.fields.values()
        by = InvoiceBy(values["send_by"])
        return NewCredit(self.key, self._shown.recharge_id, values["reason"], values["net"], by)
