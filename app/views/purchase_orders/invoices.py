"""The section Invoices: the register with its views, and the card of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceState
from app.services.purchase_orders.invoices.dto import Act, InvoiceDetail, InvoiceView
from app.views.common.listed_card import title_row
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.purchase_orders.invoice_acts import OFFERS
from app.views.purchase_orders.invoice_card import InvoiceCard
from app.views.purchase_orders.invoice_table import SPEC

_LEAST_HEIGHT: Final = 560


class InvoicesPage(Page):
    """The section Invoices.

    Args:
        logs: the officer may log invoices; `pays`: and pay suppliers.

    Signals:
        log_wanted, bill_wanted: log an invoice, or a utility bill.
        match_wanted(invoice_id): open the match of an invoice.
        act_wanted(Act, InvoiceDetail): do this with the invoice that is shown.
        retention_wanted(InvoiceDetail): another day for what is kept back of it.
        pay_wanted(invoice_ids): pay those that are chosen in the list now.
        order_wanted(order_id), post_wanted(item_id): see the order, or the item of the post that it came with.
    """

    log_wanted = Signal()
    bill_wanted = Signal()
    match_wanted = Signal(object)
    act_wanted = Signal(object, object)
    retention_wanted = Signal(object)
    pay_wanted = Signal(object)
    order_wanted = Signal(int)
    post_wanted = Signal(int)

    def __init__(self, *, logs: bool, pays: bool = False) -> None:
        super().__init__(
            "Invoices", areas=frozenset({"purchase_orders", "approvals", "letters"}), help_topic="purchase_orders"
        )
        self.detail: InvoiceDetail | None = None
        self.list = PagedTable(SPEC)
        buttons = self._office(logs=logs)
        self.match = self.add_key(
            "Ctrl+M", "Match", self._match, tip="Order, receipts and invoice side by side (Enter)"
        )
        self.acts = {
            each.act: self.add_key(each.keys, each.words, partial(self._want, each.act))
            for each in OFFERS
            if not each.matching and (logs or each.act is Act.DECIDE)
        }
        self.order = self.add_key("Ctrl+O", "Order", self._see_order)
        self.kept = self.add_key("Ctrl+Shift+B", "What is kept back", self._retain)
        self._logs, self._pays = logs, pays
        self.pay = self.add_key("Ctrl+Shift+N", "Pay now", self._pay, tip="A payment run of the chosen invoices alone")
        self.post = self.add_key("Ctrl+Shift+I", "Post", self._see_post)
        self.card = InvoiceCard(self._on_card())
        left = Card(margins=(0, 12, 0, 6))
        left.column.addLayout(title_row(label("Invoices", "title"), buttons))
        left.column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(left, 560, 850, 420), Pane(self.card, 400, 540, 560)), _LEAST_HEIGHT))
        column(self, scrolled(inside))
        self.add_key("Ctrl+F", "Find an invoice", self._find)
        self.setFocusProxy(self.list.bar.text)
        self.list.opened.connect(self.match_wanted)
        self.list.choice_settled.connect(self._offer_pay)
        self.show_nothing()

    def _on_card(self) -> list[tuple[QAction, str, str]]:
        """The acts on an invoice as its card shows them, each with its icon and look."""
        icons = {each.act: each.icon for each in OFFERS}
        return [
            (self.match, "table-check", "primary"),
            *((action, icons[act], "") for act, action in self.acts.items()),
            (self.pay, "cash-multiple", ""),
            (self.kept, "calendar-clock", ""),
            (self.order, "file-document-outline", ""),
            (self.post, "email-outline", ""),
        ]

    def _office(self, *, logs: bool) -> list[QWidget]:
        if not logs:
            return []
        bill = self.add_key("Ctrl+Shift+U", "Log a utility bill", self.bill_wanted.emit)
        log = self.add_key("Ctrl+Return", "Log an invoice", self.log_wanted.emit, more=("Ctrl+Enter",))
        return [
            action_button(bill, icon="gauge"),
            action_button(log, icon="file-plus-outline"),
        ]

    def show_counts(self, counts: Mapping[InvoiceView, int]) -> None:
        """Write onto each view how many there are."""
        self.list.bar.count("view", counts)

    def show_invoice(self, found: InvoiceDetail) -> None:
        """Show the chosen invoice."""
        self.detail = found
        self.card.show_invoice(found)
        self.match.setEnabled(True)
        self.match.setVisible(True)
        for act, action in self.acts.items():
            action.setEnabled(act in found.acts)
            action.setVisible(act in found.acts)
        for action, there in (
            (self.order, found.row.order_id is not None),
            (self.post, found.post_item_id is not None),
            (self.kept, self._logs and bool(found.row.retention)),
        ):
            action.setVisible(there)
            action.setEnabled(there)

        self._offer_pay()

    def show_nothing(self) -> None:
        """No invoice is chosen."""
        self.detail = None
        self.card.show_nothing()
        self._offer_pay()
        for action in (self.match, self.order, self.post, self.kept, *self.acts.values()):
            action.setEnabled(False)
            action.setVisible(False)

    def _match(self) -> None:
        if self.detail is not None:
            self.match_wanted.emit(self.detail.row.invoice_id)

    def _want(self, act: Act) -> None:
        if self.detail is not None and act in self.detail.acts:
            self.act_wanted.emit(act, self.detail)

    def _chosen(self) -> list[int]:
        """Those that are chosen in the list; while one is, that which is shown."""
        chosen = list(self.list.model.ids(self.list.chosen_places()))
        if len(chosen) < 2 and self.detail is not None:
            return [self.detail.row.invoice_id]
        return chosen

    def _offer_pay(self) -> None:
        """One that is approved can be paid; of several the approved ones."""
        shown = self.detail
        ready = shown is not None and shown.row.state is InvoiceState.APPROVED
        self.pay.setVisible(self._pays and shown is not None and (ready or len(self._chosen()) > 1))
        self.pay.setEnabled(self.pay.isVisible())

    def _pay(self) -> None:
        self.pay_wanted.emit(self._chosen())

    def _retain(self) -> None:
        if self.detail is not None:
            self.retention_wanted.emit(self.detail)

    def _see_order(self) -> None:
        if self.detail is not None and self.detail.row.order_id is not None:
            self.order_wanted.emit(self.detail.row.order_id)

    def _see_post(self) -> None:
        if self.detail is not None and self.detail.post_item_id is not None:
            self.post_wanted.emit(self.detail.post_item_id)

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()
