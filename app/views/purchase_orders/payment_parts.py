"""Payments with what each pays under it, and a file as it would be: for a run and for a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.payments.dto import PaymentRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, row
from app.views.common.theme import scaled
from app.views.purchase_orders.payment_tables import FILE, LINES, FileLine, payments


class PaymentsPart(QWidget):
    """What each supplier gets, and under it what the chosen payment pays.

    Signals:
        invoice_opened(int): Enter on a line.
        payment_chosen(PaymentRow): another payment is chosen, or none.
    """

    invoice_opened = Signal(int)
    payment_chosen = Signal(object)

    def __init__(self, *, made: bool) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._model: ListModel[PaymentRow] = ListModel(payments(made=made))
        self._lines = ListModel(LINES)
        self.table = DataTable("What suppliers get", self._model, stretch="remarks", empty="Nobody is paid.")
        lines = DataTable("What the payment pays", self._lines, stretch="words", empty="Choose a supplier.")
        self._said = label("", wrap=True, tone="warning")
        self._said.setAccessibleName("What is to be looked at of the chosen payment")
        words = row(self._said)
        words.setContentsMargins(scaled(12), 0, scaled(12), 0)
        shares = column(self, self.table, words, lines, spacing=4)
        shares.setStretch(0, 3)
        shares.setStretch(2, 2)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: lines.setFocus())
        lines.opened.connect(lambda each: self.invoice_opened.emit(each.invoice_id))

    @property
    def chosen(self) -> PaymentRow | None:
        """The payment that the officer is on."""
        return self.table.row() if self._model.rows else None

    def show_payments(self, rows: Sequence[PaymentRow]) -> None:
        """Show them, and go to the one that was chosen."""
        before = self.chosen
        self._model.show_rows(tuple(rows))
        there = (at for at, each in enumerate(rows) if before is not None and each.supplier_id == before.supplier_id)
        if rows:
            self.table.go_to(next(there, 0))
        self._choose(self.table.row() if rows else None)

    def _choose(self, found: PaymentRow | None) -> None:
        self._lines.show_rows(found.lines if found is not None else ())
        said = " ".join(found.remarks) if found is not None else ""
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.payment_chosen.emit(found)


class FilePart(DataTable):
    """The lines of a file, in letters of one width."""

    def __init__(self, name: str) -> None:
        self._model = ListModel(FILE, in_turn=True)
        super().__init__(name, self._model, stretch="text", empty="There is no file.")
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))

    def show_file(self, lines: Sequence[str], why_not: str = "") -> None:
        """Show the lines; or why none can be made."""
        self.say_when_empty(why_not or "There is no file.")
        self._model.show_rows(tuple(FileLine(at, text) for at, text in enumerate(lines, 1)))
