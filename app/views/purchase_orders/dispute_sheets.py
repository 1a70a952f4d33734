"""The sheets of a dispute: it is opened, the supplier is told, it is settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import DisputeReason, MatchFault, Subject
from app.services.purchase_orders.invoices.dto import DisputeRow, InvoiceDetail, NewDispute, Settlement
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.parts import Card, label, scrolled
from app.views.common.theme import scaled
from app.views.purchase_orders.invoice_table import REASONS

_WIDE: Final = 640
_PREVIEW: Final = 300
_WORDS, _HOW = 400, 200
_BY_FAULT: Final = {
    MatchFault.NOT_RECEIVED: DisputeReason.NOT_RECEIVED,
    MatchFault.QUANTITY: DisputeReason.QUANTITY,
    MatchFault.PRICE: DisputeReason.PRICE,
    MatchFault.VAT: DisputeReason.VAT,
    MatchFault.NOT_ORDERED: DisputeReason.QUANTITY,
    MatchFault.OTHER_SUPPLIER: DisputeReason.NOT_OURS,
    MatchFault.DUPLICATE: DisputeReason.DUPLICATE,
    MatchFault.TOTAL: DisputeReason.OTHER,
}
_ENDS: Final = (
    "Paid as it is",
    "The supplier sends a credit note",
    "The supplier takes the invoice back",
    "What was lacking has come",
)
_OTHER: Final = "Something else"
_ALLOWED: Final = re.compile(r" \([^()]* is allowed\)")


class DisputeSheet(Sheet):
    """An invoice is disputed; what the match found is filled in."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, today: Callable[[], date]) -> None:
        note = (
            "The time to pay stands still only from the day on which the supplier is told, and only if that is soon after "
            "the fault was found. Save, then tell them (F9)."
        )
        super().__init__(parent, f"Dispute {found.row.number}", primary="Open the dispute", note=note)
        self._invoice_id = found.row.invoice_id
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        self.fields.add("reason", "&Reason", ChoiceField([(words, each) for each, words in REASONS.items()]))
        self.fields.add("words", "&What is disputed", AreaField(_WORDS, height=90), "The supplier reads this")
        self.fields.add("found_on", "&Found on", DateField(today, required=True))
        self.fields.add(
            "notified_on", "&Told already on", DateField(today), "Left empty: the supplier is yet to be told"
        )
        self.fields.add(
            "notified_how", "&How", LineField(_HOW, placeholder="Such as: by telephone, to the accounts desk")
        )
        faults = [each for each in found.match.differences if each.open]
        first = _BY_FAULT.get(faults[0].fault, DisputeReason.OTHER) if faults else DisputeReason.OTHER
        self.fields.fill(
            {"reason": first, "words": " ".join(_to_supplier(each.words) for each in faults), "found_on": today()}
        )
        self.begin_at(self.fields.field("reason"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewDispute | None:
        """What is asked for; None while a day can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return NewDispute(
            self._invoice_id,
            values["reason"],
            values["words"],
            values["found_on"],
            values["notified_on"],
            values["notified_how"],
        )


class TellBy(StrEnum):
    """How a supplier is told of a dispute."""

    EMAIL = "email"
    LETTER = "letter"
    CALL = "call"


class TellSheet(Sheet):
    """The supplier is told of a dispute: by e-mail or letter, seen before it goes, or it was said on the telephone."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, dispute: DisputeRow, today: Callable[[], date]) -> None:
        counts = (
            f" {dispute.holds_why}"
            if dispute.under_way
            else " A letter or e-mail counts from the day on which it goes."
        )
        note = f"{REASONS[dispute.reason]}: {dispute.words}{counts}"
        super().__init__(parent, f"Tell {found.row.supplier}", primary="Tell them", note=note)
        self.dispute = dispute
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        ways = [("By e-mail", TellBy.EMAIL), ("By letter", TellBy.LETTER), ("It was said already", TellBy.CALL)]
        self.fields.add("by", "&How", ChoiceField(ways))
        self._rows = (self.fields.rowCount(), self.fields.rowCount() + 1)
        self.fields.add("on", "&Told on", DateField(today, required=True))
        self.fields.add(
            "how", "&Whom, and how", LineField(_HOW, placeholder="Such as: by telephone, to the accounts desk")
        )
        self.fields.fill({"by": TellBy.CALL if dispute.under_way else TellBy.EMAIL, "on": today()})
        self.preview = label("", wrap=True, selectable=True)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._read = Card(margins=(14, 10, 4, 10))
        self._read.column.addWidget(label("What they read", "strong"))
        shown = scrolled(self.preview)
        shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown.setAccessibleName("What they read")
        self._read.column.addWidget(shown, 1)
        self._read.setMinimumHeight(scaled(_PREVIEW))
        self.body.addWidget(self._read, 1)
        self.fields.changed.connect(self._follow)
        self._follow()
        self.begin_at(self.fields.field("by"))
        self.resize(scaled(_WIDE), self.height())

    @property
    def by(self) -> TellBy:
        """How."""
        chosen: TellBy = self.fields.values()["by"]
        return chosen

    def show_preview(self, text: str) -> None:
        """What an e-mail or letter would say."""
        self.preview.setText(text)

    def said(self) -> tuple[int, date, str] | None:
        """Of what was said already: the dispute, the day, and whom; None while that can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return self.dispute.dispute_id, values["on"], values["how"]

    def _follow(self) -> None:
        call = self.by is TellBy.CALL
        for at in self._rows:
            self.fields.setRowVisible(at, call)
        self._read.setVisible(not call)


class SettleSheet(Sheet):
    """A dispute has ended."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, dispute: DisputeRow, today: Callable[[], date]) -> None:
        said = f"{REASONS[dispute.reason]}, found {formats.day(dispute.found_on)}: {dispute.words}"
        note = f"{said} The days for which it held the time to pay are added to the last day."
        super().__init__(parent, f"Settle the dispute of {found.row.number}", primary="Settle it", note=note)
        self._dispute_id = dispute.dispute_id
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        self.fields.add("closed_on", "&Settled on", DateField(today, required=True))
        self.fields.add("end", "&How it ended", ChoiceField([(words, words) for words in (*_ENDS, _OTHER)]))
        self.fields.add("words", "&What was agreed", LineField(_WORDS, placeholder="With whom, and what"))
        self.fields.fill({"closed_on": today()})
        self.begin_at(self.fields.field("end"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> Settlement | None:
        """What is asked for; None while the day can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        end = "" if values["end"] == _OTHER else values["end"]
        outcome = ". ".join(part for part in (end, values["words"]) if part)
        return Settlement(self._dispute_id, values["closed_on"], outcome)


def _to_supplier(words: str) -> str:
    """A difference as the supplier may read it: without what the council would have let pass."""
    return _ALLOWED.sub("", words)
