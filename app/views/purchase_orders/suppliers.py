"""The section Suppliers: the register with its filters, and the card of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import DetailState, SupplierState
from app.services.purchase_orders.suppliers.dto import SupplierDetail
from app.views.common.facets import Choice
from app.views.common.listed_card import title_row
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.purchase_orders.supplier_card import SupplierCard
from app.views.purchase_orders.supplier_table import SPEC

_LEAST_HEIGHT: Final = 600


class Act(StrEnum):
    """What can be done with a supplier."""

    CHANGE = "change"
    BANK = "bank"
    DECIDE = "decide"
    REVEAL = "reveal"
    END_BANK = "end_bank"
    BLOCK = "block"
    RELEASE = "release"
    CONTRACT = "contract"
    CHANGE_CONTRACT = "change_contract"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Offer:
    """How something that can be done is offered: its key, words and icon, and which suppliers it fits."""

    act: Act
    keys: str
    words: str
    icon: str
    fits: Callable[[SupplierDetail], bool]


def _in_use(found: SupplierDetail) -> bool:
    return found.row.state is SupplierState.ACTIVE


def _bank(*states: DetailState) -> Callable[[SupplierDetail], bool]:
    return lambda found: any(each.state in states for each in found.banks)


def _waits(found: SupplierDetail) -> bool:
    """Bank details or a contract wait for a second officer."""
    return any(each.state is DetailState.PROPOSED for each in found.banks) or any(
        each.request_id for each in found.contracts
    )


OFFERS: Final = (
    Offer(Act.CHANGE, "F2", "Change", "pencil-outline", lambda _found: True),
    Offer(
        Act.BANK,
        "Ctrl+Shift+B",
        "Bank details",
        "bank-transfer",
        lambda found: not found.row.bank_waits,
    ),
    Offer(Act.DECIDE, "Ctrl+Shift+A", "Decide", "check-decagram-outline", _waits),
    Offer(
        Act.REVEAL,
        "Ctrl+Shift+V",
        "Show the numbers",
        "eye-outline",
        _bank(DetailState.IN_FORCE, DetailState.PROPOSED),
    ),
    Offer(Act.END_BANK, "", "End bank details", "bank-remove", _bank(DetailState.IN_FORCE)),
    Offer(Act.BLOCK, "F7", "Block", "pause-circle-outline", lambda _found: True),
    Offer(
        Act.RELEASE,
        "Shift+F7",
        "Release",
        "play-circle-outline",
        lambda found: any(each.may_end for each in found.blocks),
    ),
    Offer(Act.CONTRACT, "Ctrl+Shift+N", "Add a contract", "file-sign", _in_use),
    Offer(
        Act.CHANGE_CONTRACT,
        "Ctrl+Shift+M",
        "Change a contract",
        "file-edit-outline",
        lambda found: bool(found.contracts),
    ),
    Offer(Act.CLOSE, "Ctrl+F7", "Close", "close-circle-outline", _in_use),
    Offer(Act.REOPEN, "", "Use again", "undo-variant", lambda found: not _in_use(found)),
)


class SuppliersPage(Page):
    """The section Suppliers.

    Args:
        keeps: the officer may keep suppliers; `reveals`: see bank details in full.

    Signals:
        new_wanted: keep another supplier; load_wanted, template_wanted: load a file of them, or save an empty one.
        act_wanted(Act, SupplierDetail): do this with the supplier that is shown.
        orders_wanted(SupplierDetail): list its orders.
    """

    new_wanted = Signal()
    load_wanted = Signal()
    template_wanted = Signal()
    act_wanted = Signal(object, object)
    orders_wanted = Signal(object)

    def __init__(self, *, keeps: bool, reveals: bool) -> None:
        super().__init__("Suppliers", areas=frozenset({"purchase_orders", "approvals"}), help_topic="purchase_orders")
        self.detail: SupplierDetail | None = None
        self._fits = {each.act: each.fits for each in OFFERS}
        self.list = PagedTable(SPEC)
        buttons: list[QPushButton] = []
        if keeps:
            new = self.add_key("Ctrl+Return", "New supplier", self.new_wanted.emit, more=("Ctrl+Enter",))
            load = self.add_key("Ctrl+L", "Load", self.load_wanted.emit, tip="Suppliers from a spreadsheet")
            empty = self.add_key("Ctrl+Shift+K", "Empty workbook", self.template_wanted.emit, tip="To fill in and load")
            buttons += [action_button(empty, icon="file-table-outline"), action_button(load, icon="table-arrow-down")]
            buttons.append(action_button(new, role="primary", icon="domain-plus"))
        offered = [each for each in OFFERS if (reveals if each.act is Act.REVEAL else keeps or each.act is Act.DECIDE)]
        self.acts = {each.act: self._action(each) for each in offered}
        self.orders = self.add_key("Ctrl+O", "Its orders", self._see_orders)
        self.card = SupplierCard(
            [*((self.acts[each.act], each.icon, "") for each in offered), (self.orders, "file-document-outline", "")]
        )
        left = Card(margins=(0, 12, 0, 6))
        left.column.addLayout(title_row(label("Suppliers", "title"), buttons))
        left.column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(left, 520, 800, 420), Pane(self.card, 430, 600, 600)), _LEAST_HEIGHT))
        column(self, scrolled(inside))
        self.add_key("Ctrl+F", "Find a supplier", self._find)
        self.setFocusProxy(self.list.bar.text)
        self.list.opened.connect(lambda _id: self._want(Act.CHANGE))
        self.show_nothing()

    def offer_categories(self, categories: Sequence[tuple[int, str]]) -> None:
        """Offer the categories, (id, name), that may be filtered by."""
        self.list.bar.offer("categories", [Choice(key, words) for key, words in categories])

    def show_supplier(self, found: SupplierDetail) -> None:
        """Show the chosen supplier."""
        self.detail = found
        self.card.show_supplier(found)
        for act, action in self.acts.items():
            fits = self._fits[act](found)
            action.setEnabled(fits)
            action.setVisible(fits)
        self.orders.setEnabled(True)
        self.orders.setVisible(True)

    def show_nothing(self) -> None:
        """No supplier is chosen."""
        self.detail = None
        self.card.show_nothing()
        for action in (self.orders, *self.acts.values()):
            action.setEnabled(False)
            action.setVisible(False)

    def _action(self, offer: Offer) -> QAction:
        """What is seldom done has a button and no key."""
        if offer.keys:
            return self.add_key(offer.keys, offer.words, partial(self._want, offer.act))
        made = QAction(offer.words, self)
        made.triggered.connect(lambda _on=False: self._want(offer.act))
        return made

    def _want(self, act: Act) -> None:
        if self.detail is not None and act in self.acts and self._fits[act](self.detail):
            self.act_wanted.emit(act, self.detail)

    def _see_orders(self) -> None:
        if self.detail is not None:
            self.orders_wanted.emit(self.detail)

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()
