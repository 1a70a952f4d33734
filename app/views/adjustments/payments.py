"""Refunds that are paid: the columns of their list, and the sheets that send them and put one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import RefundMethod
from app.services.adjustments.payments.dto import NewPayment, PaidRow, PaymentForm, Profile, Returned
from app.services.adjustments.refunds.dto import METHODS
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WHY, _WIDE = 200, 520
_PROFILES: list[tuple[str, object]] = [("Excel workbook", Profile.XLSX), ("CSV", Profile.CSV)]
_NOTES = {
    RefundMethod.FINANCE: "Each refund is posted now. Hand finance the file, and the PDF with its digest.",
    RefundMethod.CHEQUE: "Each refund is posted now. Hand on the list of cheques, and the PDF with its digest.",
    RefundMethod.BACS: "Each refund is posted now. Send the Bacs file by its last day, and file the PDF with its digest.",
}


def _became(row: PaidRow) -> str:
    if row.returned_on is not None:
        return f"Came back on {formats.day(row.returned_on)}: {row.returned_why}"
    if row.sent_on is not None:
        return f"Sent on {formats.day(row.sent_on)}"
    if row.method is RefundMethod.CARD and not row.why_not:
        return "Pay it at the payment provider, then say so in its gate"
    return row.why_not


def _tone(row: PaidRow) -> str:
    return "bad" if row.why_not or row.returned_on is not None else ""


PAID: Sequence[Column[PaidRow]] = (
    Column("number", "No.", lambda row: row.number, 56, firm=True),
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    Column(
        "payee",
        "Paid to",
        lambda row: row.payee_name,
        170,
        floor=130,
        shorter=lambda row: shorter_names(row.payee_name),
    ),
    money_column("amount", "Amount", lambda row: row.amount, 100, total=True),
    Column("method", "How", lambda row: METHODS[row.method], 150, floor=90),
    Column("bank", "Bank account", lambda row: row.bank, 140, floor=130, least=2),
    Column("made_by", "Asked by", lambda row: row.made_by, 150, floor=140, least=3),
    Column("approved_by", "Approved by", lambda row: row.approved_by, 150, floor=140, least=1),
    Column("payment", "Payment", lambda row: row.payment_id, 76, right=True),
    Column("became", "Outcome", _became, 220, tone=_tone, floor=110),
)


class SendSheet(Sheet):
    """Approved refunds of one way of paying are sent: all that can be, or the chosen one alone."""

    def __init__(self, parent: QWidget, row: PaidRow, form: PaymentForm) -> None:
        note = f"{_NOTES.get(row.method, '')} {form.signing}".strip()
        super().__init__(parent, f"Send refunds: {METHODS[row.method].lower()}", primary="Send", note=note)
        count, total = form.ready[row.method]
        self._row = row
        self._key = f"refunds:{uuid4().hex}"
        self._bacs = row.method is RefundMethod.BACS
        first = form.bacs_on if self._bacs and form.bacs_on is not None else form.today
        alone = (f"Refund {row.number} alone, {row.amount}", (row.refund_id,))
        every = (f"All {count:,} that can be paid, {total}", ())
        self.fields = self.form()
        self.fields.add("refunds", "&Which", ChoiceField([every, alone] if count > 1 else [alone]))
        words = "The processing day; the money moves a working day later" if self._bacs else ""
        self.fields.add("pay_on", "To be &paid on", DateField(lambda: form.today, required=True), words)
        if not self._bacs:
            self.fields.add("profile", "&File", ChoiceField(_PROFILES))
        self.fields.fill({"pay_on": first})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewPayment | None:
        """What is asked for; None while the day is missing."""
        values = self.fields.values()
        on: date | None = values["pay_on"]
        profile = Profile.XLSX if self._bacs else values["profile"]
        return NewPayment(self._key, self._row.method, on, profile, values["refunds"]) if on is not None else None


class ReturnedSheet(Sheet):
    """A refund came back from the bank, or its cheque was stopped."""

    def __init__(self, parent: QWidget, row: PaidRow, today: date) -> None:
        note = f"{row.amount} goes back onto the account, and whoever asked for the refund gets a task."
        super().__init__(parent, f"Refund {row.number} came back", primary="Put it back", note=note)
        self._row = row
        self.fields = self.form()
        self.fields.add("returned_on", "&Came back on", DateField(lambda: today, required=True))
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: cheque not presented, stopped"))
        self.fields.fill({"returned_on": today})

    def command(self) -> Returned | None:
        """What is told; None while the day is missing."""
        values = self.fields.values()
        on: date | None = values["returned_on"]
        return Returned(self._row.refund_id, on, values["why"]) if on is not None else None
