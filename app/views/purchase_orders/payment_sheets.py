"""The sheets of what is done with a payment run: sent, paid, cancelled, refused; and with a payment that came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import PaidBy, Subject
from app.services.purchase_orders.payments.dto import CameBack, PaymentRow, RunRow
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.run_sheets import WIDE, RunSentSheet, RunWhySheet
from app.views.common.theme import scaled
from app.views.purchase_orders.payment_card import Step

_WHY: Final = 400
_WORDS: Final = {
    Step.CANCEL: (
        "Cancel {number}",
        "Cancel the run",
        "Its file is not to be sent: delete every copy that was saved. Its invoices are to be paid in another run.",
        "Such as: the wrong day was chosen",
    ),
    Step.REFUSE: (
        "{number} was refused",
        "Record it",
        "The whole file was refused: nobody in it was paid. Its invoices are to be paid in another run.",
        "What the report or the letter says",
    ),
}


class SentSheet(RunSentSheet):
    """A run's file was sent, under this reference."""

    def __init__(self, parent: QWidget, row: RunRow) -> None:
        where = "Bacs has" if row.by is PaidBy.BACS else "the finance system has"
        note = f"{what(row)}. Once, when {where} taken the file: one that is sent again pays again."
        about = (Subject.SUPPLIER_RUN, row.run_id)
        super().__init__(parent, row.number, note, "As it is shown once the file is taken", about)


class PaidSheet(Sheet):
    """The suppliers of a run have the money."""

    def __init__(self, parent: QWidget, row: RunRow, today: Callable[[], date]) -> None:
        how = "On its day a run is paid by itself; by hand where the money moved later."
        if row.by is PaidBy.FINANCE:
            how = "The finance system's replies say when each invoice was paid; by hand where it sends none."
        note = f"{what(row)}. {how}"
        super().__init__(parent, f"{row.number} is paid", primary="Mark as paid", note=note)
        self.about = (Subject.SUPPLIER_RUN, row.run_id)
        self.fields = self.form()
        self.fields.add("paid_on", "&Paid on", DateField(today, required=True))
        if row.by is PaidBy.BACS:
            self.fields.fill({"paid_on": row.pay_on})
        self.setMinimumWidth(scaled(WIDE))

    def command(self) -> date | None:
        """The day."""
        found = self.fields.values()["paid_on"]
        return found if isinstance(found, date) else None


class WhySheet(RunWhySheet):
    """A run is cancelled before it was sent, or was refused after."""

    def __init__(self, parent: QWidget, row: RunRow, step: Step) -> None:
        title, does, note, such_as = _WORDS[step]
        words = title.format(number=row.number), does, such_as
        super().__init__(parent, words, f"{what(row)}. {note}", (Subject.SUPPLIER_RUN, row.run_id))


class BackSheet(Sheet):
    """The bank sent one payment back."""

    def __init__(self, parent: QWidget, run: RunRow, payment: PaymentRow, today: Callable[[], date]) -> None:
        note = (
            f"{payment.supplier}, {payment.amount}, {payment.reference}. What it paid is to be paid again, and a task says to"
            " look at the bank details."
        )
        super().__init__(parent, f"A payment of {run.number} came back", primary="It came back", note=note)
        self.about = (Subject.SUPPLIER, payment.supplier_id)
        self._payment_id = payment.payment_id or 0
        self.fields = self.form()
        self.fields.add("returned_on", "Came back &on", DateField(today, required=True))
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: account closed"))
        self.fields.fill({"returned_on": today()})
        self.setMinimumWidth(scaled(WIDE))

    def command(self) -> CameBack | None:
        """What came back."""
        values = self.fields.values()
        if values["returned_on"] is None:
            return None
        return CameBack(self._payment_id, values["returned_on"], values["why"])


def what(row: RunRow) -> str:
    """What a run pays, in words."""
    return f"{formats.count(row.count, 'supplier')}, {row.total}, on {formats.weekday(row.pay_on)}"
