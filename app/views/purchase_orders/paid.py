"""F8: is it paid? A number or a supplier is typed, and the answer stands there in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceState
from app.services.purchase_orders.orders.dto import PaidAnswer
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.parts import label, restyle
from app.views.common.pause import Pause
from app.views.common.theme import scaled

_ASKED, _PAUSE_MS, _WIDE, _HIGH = 80, 150, 1_060, 460
_HINT: Final = "Type the number of an order or an invoice, or a supplier. Enter on an answer opens it."
_TONES: Final = {InvoiceState.PAID: "good", InvoiceState.CANCELLED: "muted"}


def _tone(row: PaidAnswer) -> str:
    return _TONES.get(row.state, "") if row.state else "warning"


ANSWERS: tuple[Column[PaidAnswer], ...] = (
    Column("words", "Is it paid?", lambda row: row.words, 380, tone=_tone, floor=200),
    Column("supplier", "Supplier", lambda row: row.supplier, 150, floor=110),
    Column("number", "Invoice", lambda row: row.supplier_number or row.number, 110, floor=80),
    Column("order", "Order", lambda row: row.order, 84, firm=True),
    Column("gross", "Amount", lambda row: row.gross, 90, right=True, holds=Holds.POUNDS),
    Column("run", "Run", lambda row: row.run, 80, least=1),
)


class PaidSheet(Sheet):
    """Is it paid?

    Signals:
        wanted(text): answer with `show_answers`.
        opened(PaidAnswer): Enter on an answer.
    """

    wanted = Signal(str)
    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Is it paid?", close="Close", note=_HINT)
        self.text = LineField(_ASKED, placeholder="PO00012, INV-551 or a supplier")
        self.text.setAccessibleName("Number or supplier")
        self.answer = label("", "heading", wrap=True)
        self.rows: ListModel[PaidAnswer] = ListModel(ANSWERS, in_turn=True)
        self.table = DataTable("Answers", self.rows, stretch="words", empty="Nothing is asked yet.")
        for each in (self.text, self.answer, self.table):
            self.body.addWidget(each)
        self._pause = Pause(self, self._ask, _PAUSE_MS)
        self.text.changed.connect(self._pause.start)
        self.text.returnPressed.connect(self._go)
        self.table.opened.connect(self.opened)
        self.begin_at(self.text)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def show_answers(self, found: Sequence[PaidAnswer], asked: str) -> None:
        """Show the answers to what was asked: the first in large."""
        if asked != self.text.value():
            return
        self.rows.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
            more = f"  And {formats.count(len(found) - 1, 'other invoice')}." if len(found) > 1 else ""
            self.answer.setText(f"{found[0].words}{more}")
        else:
            self.answer.setText(f"Nothing is known of '{asked}': no order, invoice or supplier has it.")
        restyle(self.answer, tone=_tone(found[0]).replace("muted", "") if found else "warning")

    def _ask(self) -> None:
        asked = self.text.value()
        if asked:
            self.wanted.emit(asked)
        else:
            self.rows.show_rows(())
            self.answer.setText("")

    def _go(self) -> None:
        """Enter in the field: into the answers."""
        if self.rows.rows:
            self.table.setFocus()
