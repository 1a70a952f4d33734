"""The parts of a run and of a new one: payments with what each pays, what is left out, the file, and what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.payments.dto import LeftOutRow, PaymentRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, restyle, row
from app.views.common.theme import scaled
from app.views.purchase_orders.payment_tables import FILE, LEFT_OUT, LINES, OWED, FileLine, Owed, payments

_ADDS: Final = "Enter adds the chosen line to the run, or takes it out."


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


class LeftOutPart(QWidget):
    """What is left out, and of the chosen line what is wrong and what to do, in full.

    Signals:
        invoice_opened(int): Enter on a line about an invoice.
    """

    invoice_opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model: ListModel[LeftOutRow] = ListModel(LEFT_OUT)
        self._table = DataTable(name, self._model, stretch="todo", empty="Nothing is left out.")
        self._said = label("", wrap=True)
        self._said.setAccessibleName("What is wrong with the chosen line, and what to do")
        over(self, self._table, self._said)
        self._table.chosen.connect(lambda each: self._said.setText(f"{each.words} {each.todo}" if each else ""))
        self._table.opened.connect(self._open)

    def show_rows(self, rows: Sequence[LeftOutRow]) -> None:
        """Show them, and begin at the first."""
        self._said.setText("")
        self._model.show_rows(tuple(rows))
        if rows:
            self._table.go_to(0)

    def _open(self, each: LeftOutRow) -> None:
        if each.invoice_id is not None:
            self.invoice_opened.emit(each.invoice_id)


class OwedPart(QWidget):
    """What is owed for paying late, each of which may be added to a new run.

    Signals:
        swapped(Owed): add it, or take it out.
    """

    swapped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model: ListModel[Owed] = ListModel(OWED)
        self._table = DataTable("Owed for paying late", self._model, stretch="explained", empty="Nothing is owed.")
        self.said = label(_ADDS, "muted", wrap=True)
        over(self, self._table, self.said)
        self._table.opened.connect(self.swapped)
        self._table.chosen.connect(self._say)

    def show_rows(self, rows: Sequence[Owed]) -> None:
        """Show them, staying where the officer is."""
        at = max(self._table.currentIndex().row(), 0)
        self._model.show_rows(tuple(rows))
        if rows:
            self._table.go_to(min(at, len(rows) - 1))

    def _say(self, chosen: Owed | None) -> None:
        """What can be done with the chosen line, or what is to be entered first."""
        unknown = chosen is not None and chosen.row.interest is None
        self.said.setText(chosen.row.explained if chosen is not None and unknown else _ADDS)
        restyle(self.said, tone="warning" if unknown else "")


def over(owner: QWidget, table: DataTable, under: QWidget) -> None:
    """A table with words under it."""
    owner.setObjectName("canvas")
    words = row(under)
    words.setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(2))
    column(owner, table, words, spacing=4).setStretch(0, 1)
