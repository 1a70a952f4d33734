"""The receipts of an account on its card: what was paid at a desk or by telephone, and whether it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.models.values import Money, MoneyReceiptState
from app.services.reception_payments.receipts.dto.shown import STATES, ReceiptRow
from app.services.reception_payments.receipts.rules import METHODS
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled

_STANDS: Final = frozenset({MoneyReceiptState.TAKEN, MoneyReceiptState.VOID_ASKED})
_NONE: Final = "Nothing was paid at a desk or by telephone. F5 takes a payment."


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A receipt, and what of it this account got."""

    receipt: ReceiptRow
    amount: Money


_COLUMNS: tuple[Column[PaidRow], ...] = (
    Column("number", "Receipt", lambda row: row.receipt.number, 92, firm=True),
    Column("taken_on", "Paid", lambda row: row.receipt.taken_on, 92, holds=Holds.DATE),
    Column("amount", "Amount", lambda row: row.amount, 92, right=True, holds=Holds.POUNDS),
    Column("method", "Paid by", lambda row: METHODS[row.receipt.taken_by], 130, floor=90),
    Column(
        "state",
        "State",
        lambda row: STATES[row.receipt.state],
        110,
        tone=lambda row: "" if row.receipt.state is MoneyReceiptState.TAKEN else "warning",
    ),
    Column("desk", "Desk", lambda row: row.receipt.desk, 120, least=2),
    Column("officer", "Taken by", lambda row: row.receipt.officer, 120, least=3),
)


class ReceiptsPart(QWidget):
    """The receipts.

    Signals:
        opened(receipt_id): Enter or a click: show it on the tab Reception.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: ListModel[PaidRow] = ListModel(_COLUMNS, in_turn=True)
        self.table = DataTable("Receipts of the account", self.rows, stretch="method", empty=_NONE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.said = label(_NONE, "muted", wrap=True)
        self.open = button("&Open", icon="receipt-text-outline", key="Enter", tip="Show it on the tab Reception")
        head = row(self.said, self.open)
        head.setStretch(0, 1)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        column(self, head, self.table, spacing=4).setStretch(1, 1)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.table.opened.connect(self._open)
        self.show_receipts(())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Its key leads to the table; a focus proxy would hide the button over it from Tab."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def show_receipts(self, found: Sequence[PaidRow]) -> None:
        """Show these; nothing where no account is open."""
        self.rows.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.open.setEnabled(bool(found))
        stands = [each.amount.pence for each in found if each.receipt.state in _STANDS]
        self.said.setText(f"{formats.count(len(stands), 'payment')}, {Money(sum(stands))}." if found else _NONE)

    def _open(self, found: PaidRow | None) -> None:
        if found is not None:
            self.opened.emit(found.receipt.receipt_id)
