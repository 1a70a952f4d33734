"""What was received and not invoiced, as at a day: line by line, by code and by age, to be exported for the accruals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.receipts.dto import AccrualRow, Accruals, CodeTotal
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields_dates import DateField
from app.views.common.forms import date_field
from app.views.common.parts import Card, Figure, column, label, row
from app.views.common.tabbed_card import TabbedCard
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.purchase_orders.receiving_table import ACCRUED, CODES

_WIDE, _HIGH = 1180, 760


class AccrualsSheet(Sheet):
    """Received and not invoiced as at a day.

    Signals:
        day_wanted(date): the list as at this day.
        order_wanted(order_id): see the order of a line.
    """

    day_wanted = Signal(object)
    order_wanted = Signal(int)

    def __init__(self, parent: QWidget, today: Callable[[], date]) -> None:
        note = "As the book of budgets had it then, whatever was invoiced since. Type another day for the end of a month or year."
        super().__init__(parent, "Received and not invoiced", close="Close", note=note)
        self.on: DateField = date_field(today(), "As at", today)
        self.on.changed.connect(self._ask)
        self.total = Figure("Together")
        self.ages = label("", "muted", wrap=True)
        self.rows: ListModel[AccrualRow] = ListModel(ACCRUED)
        self.codes: ListModel[CodeTotal] = ListModel(CODES)
        empty = "Everything that was received by then was invoiced by then."
        lines = DataTable("Received and not invoiced", self.rows, stretch="description", empty=empty)
        codes = DataTable("Received and not invoiced by code", self.codes, stretch="name", empty=empty)
        lines.opened.connect(lambda each: self.order_wanted.emit(each.order_id))
        head = Card(margins=(14, 10, 14, 10))
        as_at = label("As &at")
        as_at.setBuddy(self.on)
        top = row(as_at, self.on, 24, self.total, 24, self.ages)
        top.setStretch(top.count() - 1, 1)
        head.column.addLayout(top)
        self.parts = TabbedCard("Received and not invoiced")
        self.parts.add_part("Line by line", _with_foot(lines, ("line", "lines")))
        self.parts.add_part("By code", _with_foot(codes, ("code", "codes")))
        self.body.addWidget(head)
        self.body.addWidget(self.parts, 1)
        self.begin_at(self.on)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def show_accruals(self, found: Accruals) -> None:
        """Show what the book had on the day."""
        self.rows.show_rows(found.rows)
        self.codes.show_rows(found.codes)
        self.total.show_amount(found.total, balance=False)
        count = formats.count(len(found.rows), "line")
        ages = "   ".join(f"{words}: {amount}" for words, amount in found.ages if amount)
        self.ages.setText(f"{count} as at {formats.day(found.on)}\n{ages}")

    def _ask(self) -> None:
        on = self.on.value()
        if on is not None:
            self.day_wanted.emit(on)


def _with_foot(table: DataTable, noun: tuple[str, str]) -> QWidget:
    made = QWidget()
    column(made, table, ListFoot(table, noun), spacing=0).setStretch(0, 1)
    return made
