"""Refunds that are paid: the columns of their list, and the sheets that send them and say what became of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import PaymentFileState, RefundMethod
from app.services.adjustments.payments.dto import NewPayment, PaidRow, PaymentForm, Profile, Returned
from app.services.adjustments.refunds.dto import METHODS
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WHY, _REFERENCE, _WIDE = 200, 40, 560
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
        made = f"{row.file} is made, not yet marked as sent" if row.file_state is PaymentFileState.MADE else ""
        return made or f"Sent on {formats.day(row.sent_on)}"
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


class Became(StrEnum):
    """What became of a refund that was paid, or of the Bacs file that it went out with."""

    FILE_SENT = "file_sent"
    FILE_CANCELLED = "file_cancelled"
    FILE_REFUSED = "file_refused"
    RETURNED = "returned"


_BECAME: Final = {
    Became.FILE_SENT: "{file} was sent to the bank",
    Became.FILE_CANCELLED: "{file} isn't sent: cancel it",
    Became.FILE_REFUSED: "The bank refused {file} whole",
    Became.RETURNED: "This refund came back, or its cheque was stopped",
}
_DOES: Final = {
    Became.FILE_SENT: "Bank details that it paid for the first time are known from now on.",
    Became.FILE_CANCELLED: "Done by somebody who didn't make the file. Its refunds go back on their accounts, to be paid again.",
    Became.FILE_REFUSED: "Done by somebody who neither made nor marked the file. Its refunds go back on their accounts, to be paid again.",
    Became.RETURNED: "It goes back on its account, and whoever asked for it gets a task.",
}
_OF_FILE: Final = {
    PaymentFileState.MADE: (Became.FILE_SENT, Became.FILE_CANCELLED),
    PaymentFileState.SENT: (Became.RETURNED, Became.FILE_REFUSED),
}


def _offered(row: PaidRow, today: date) -> list[Became]:
    """What can have become of it: a Bacs file isn't cancelled from its processing day on."""
    every = _OF_FILE.get(row.file_state, (Became.RETURNED,)) if row.file_state else (Became.RETURNED,)
    too_late = row.file_on is not None and row.file_on <= today
    return [each for each in every if each is not Became.FILE_CANCELLED or not too_late]


class BecameSheet(Sheet):
    """What became of a refund that was paid: it came back, or its Bacs file was sent, cancelled or refused."""

    def __init__(self, parent: QWidget, row: PaidRow, today: date) -> None:
        note = f"{row.amount} to {row.payee_name}, {METHODS[row.method].lower()}"
        super().__init__(parent, f"What became of refund {row.number}", primary="Record it", note=note)
        self.row = row
        self._what = ChoiceField([(_BECAME[each].format(file=row.file), each) for each in _offered(row, today)])
        self.fields = self.form()
        self.fields.add("what", "What &happened", self._what)
        self._does = self.fields.add_words(self._what)
        self.fields.add("returned_on", "&Came back on", DateField(lambda: today, required=True))
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: cheque not presented, stopped"))
        self.fields.add(
            "reference", "&Reference", LineField(_REFERENCE, placeholder="Of the submission, if there is one")
        )
        self.fields.fill({"returned_on": today})
        self.setMinimumWidth(scaled(_WIDE))
        self._what.changed.connect(self._follow)
        self._follow()

    @property
    def what(self) -> Became:
        """What is chosen."""
        return Became(self._what.value())

    def command(self) -> Returned | str | None:
        """A refund that came back; of a file the reference or the reason. None while the day is missing."""
        values = self.fields.values()
        if self.what is Became.RETURNED:
            on: date | None = values["returned_on"]
            return Returned(self.row.refund_id, on, values["why"]) if on is not None else None
        return str(values["reference"] if self.what is Became.FILE_SENT else values["why"])

    def _follow(self) -> None:
        """Only what it takes is to be typed."""
        what = self.what
        self._does.setText(_DOES[what])
        for name, shown in (
            ("returned_on", what is Became.RETURNED),
            ("why", what is not Became.FILE_SENT),
            ("reference", what is Became.FILE_SENT),
        ):
            self.fields.setRowVisible(self.fields.labels[name], shown)
