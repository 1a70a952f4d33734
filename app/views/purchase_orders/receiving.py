"""The section Receiving: what is awaited of the open orders, and what came of the order that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import ReceiptKind
from app.services.purchase_orders.receipts.dto import ReceiptForm, ReceiptRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.listed_card import listed_card, title_row
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.theme import scaled
from app.views.purchase_orders.receiving_table import RECEIPTS, SPEC, quantity_words

_CHOOSE: Final = "Choose a line to receive its order. Type an order's number above to list it alone."
_LEAST_HEIGHT: Final = 560
_RECEIPTS_FIRST: Final = 1_000
"""The receipts take the height that is left; without them the card stays as high as its words."""


class ReceivingPage(Page):
    """The section Receiving.

    Args:
        receives: the officer may record what came.

    Signals:
        line_chosen(line_id or None), line_opened(line_id): a line of what is awaited; Enter receives part of its order.
        all_wanted, part_wanted, return_wanted(ReceiptForm): what came of the order that is shown.
        correct_wanted(ReceiptForm, ReceiptRow): the chosen receipt is wrong.
        accruals_wanted: what was received and isn't invoiced.
        order_wanted(order_id), note_wanted(ReceiptRow): see the order, or the delivery note of a receipt.
    """

    all_wanted = Signal(object)
    part_wanted = Signal(object)
    return_wanted = Signal(object)
    correct_wanted = Signal(object, object)
    accruals_wanted = Signal()
    order_wanted = Signal(int)
    note_wanted = Signal(object)

    def __init__(self, *, receives: bool) -> None:
        super().__init__("Receiving", areas=frozenset({"purchase_orders"}), help_topic="purchase_orders")
        self.form: ReceiptForm | None = None
        self._receives = receives
        self.list = PagedTable(SPEC)
        self.title = label(_CHOOSE, "title", wrap=True)
        self.facts = label("", wrap=True, selectable=True)
        self.warning = label("", wrap=True, tone="warning")
        self.receipts: ListModel[ReceiptRow] = ListModel(RECEIPTS)
        self.table = DataTable("Receipts", self.receipts, stretch="lines", empty="Nothing came of this order yet.")
        accruals = self.add_key(
            "Ctrl+G", "Not invoiced", self.accruals_wanted.emit, tip="What was received and not invoiced, as at a day"
        )
        self.every = self.add_key("Ctrl+Return", "Receive all that is left", self._all, more=("Ctrl+Enter",))
        self.part = self.add_key("Ctrl+Shift+R", "Receive part", self._part, tip="Quantities, delivery note (Enter)")
        self.back = self.add_key("F7", "Send back", self._return)
        self.correct = self.add_key("F2", "Put the receipt right", self._correct)
        self.note = self.add_key("Ctrl+D", "Delivery note", self._note)
        self.order = self.add_key("Ctrl+O", "Order", self._order)
        self._arrange(action_button(accruals, icon="calendar-clock"))
        self.add_key("Ctrl+F", "Find what came", self._find)
        self.setFocusProxy(self.list.bar.text)
        self.list.opened.connect(lambda _id: self._part())
        self.table.chosen.connect(lambda _row: self._allow())
        self.show_nothing()

    def show_order(self, form: ReceiptForm, receipts: Sequence[ReceiptRow]) -> None:
        """Show the order of the chosen line with what came of it."""
        self.form = form
        self.title.setText(f"{form.number}  {form.title}")
        left = [each for each in form.lines if each.left]
        came = sum(1 for each in form.lines if each.received)
        words = [f"{form.supplier}: {formats.count(came, 'line')} of {len(form.lines):,} came"]
        words += [f"Left: {quantity_words(each.left, each.unit)} {each.description}" for each in left]
        self.facts.setText("\n".join(words if left else [*words, "Nothing is left to come."]))
        said = " ".join(each for each in (form.refused, form.blocked) if each)
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.receipts.show_rows(tuple(receipts))
        for each in (self.facts, self.parts):
            each.setVisible(True)
        self._allow()

    def show_nothing(self) -> None:
        """No line is chosen."""
        self.form = None
        self.title.setText(_CHOOSE)
        self.receipts.show_rows(())
        for each in (self.facts, self.warning, self.parts):
            each.setVisible(False)
        self._allow()

    def go_to(self, receipt_id: int) -> None:
        """Choose a receipt of the order that is shown."""
        at = next((at for at, each in enumerate(self.receipts.rows) if each.receipt_id == receipt_id), None)
        if at is not None:
            self.table.go_to(at)

    def _arrange(self, accruals: QPushButton) -> None:
        left = Card(margins=(0, 12, 0, 6))
        left.column.addLayout(title_row(label("Awaited", "title"), [accruals]))
        left.column.addWidget(self.list, 1)
        card = Card()
        buttons = FlowLayout(right=True)
        for action, icon, role in (
            (self.every, "truck-check-outline", "primary"),
            (self.part, "package-variant", ""),
            (self.back, "keyboard-return", ""),
            (self.order, "file-document-outline", ""),
        ):
            buttons.addWidget(action_button(action, icon=icon, role=role))
        card.column.addLayout(buttons)
        for each in (self.title, self.facts, self.warning):
            card.column.addWidget(each)
        actions: list[tuple[QAction, str, str]] = [(self.correct, "pencil-outline", ""), (self.note, "paperclip", "")]
        self.parts = listed_card("Receipts", actions, self.table)
        self.parts.setMinimumHeight(scaled(180))
        right = QWidget()
        right.setObjectName("canvas")
        column(right, card, self.parts, None, spacing=12).setStretch(1, _RECEIPTS_FIRST)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(left, 560, 850, 420), Pane(right, 400, 540, 520)), _LEAST_HEIGHT))
        column(self, scrolled(inside))

    def _allow(self) -> None:
        form, chosen = self.form, self.table.row() if self.receipts.rows else None
        may = self._receives and form is not None
        left = form is not None and any(each.left for each in form.lines)
        open_ = form is not None and not form.refused
        for action, on in (
            (self.every, may and left and open_),
            (self.part, may and open_),
            (self.back, may and form is not None and any(each.received > 0 for each in form.lines)),
            (self.correct, may and chosen is not None and chosen.kind is ReceiptKind.RECEIVED),
            (self.note, chosen is not None and chosen.document_sha256 is not None),
            (self.order, form is not None),
        ):
            action.setEnabled(on)
            action.setVisible(self._receives or action in (self.note, self.order))

    def _all(self) -> None:
        if self.form is not None:
            self.all_wanted.emit(self.form)

    def _part(self) -> None:
        if self.form is not None and self.part.isEnabled():
            self.part_wanted.emit(self.form)

    def _return(self) -> None:
        if self.form is not None:
            self.return_wanted.emit(self.form)

    def _correct(self) -> None:
        if self.form is not None and self.table.row() is not None:
            self.correct_wanted.emit(self.form, self.table.row())

    def _note(self) -> None:
        if self.table.row() is not None:
            self.note_wanted.emit(self.table.row())

    def _order(self) -> None:
        if self.form is not None:
            self.order_wanted.emit(self.form.order_id)

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()
