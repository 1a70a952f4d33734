"""The pay point cards of an account on its card: which one it has, and those that were lost or replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import PayCardState
from app.services.reception_payments.pay_cards.dto import REASONS, STATES, PayCardRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled

_NONE: Final = "This account has no pay point card. Ins orders one."
_TONES: Final = {PayCardState.ISSUED: "good", PayCardState.REFUSED: "bad", PayCardState.ENDED: "muted"}
_COLUMNS: tuple[Column[PayCardRow], ...] = (
    Column("reference", "Card reference", lambda row: row.reference, 176, firm=True),
    Column("state", "State", lambda row: STATES[row.state], 140, firm=True, tone=lambda row: _TONES.get(row.state, "")),
    Column("why", "Reason", lambda row: REASONS[row.reason], 116, least=2),
    Column("ordered_at", "Ordered", lambda row: row.ordered_at, 130, least=3),
    Column("words", "Refused or ended: why", lambda row: row.words, 200, least=1, floor=120),
)


class PayCardsPart(QWidget):
    """The cards, the newest first.

    Signals:
        opened(card_id): Enter or a click: show it on the tab Reception.
        order_wanted: order one.
    """

    opened = Signal(int)
    order_wanted = Signal()

    def __init__(self, *, may_order: bool) -> None:
        super().__init__()
        self.cards: ListModel[PayCardRow] = ListModel(_COLUMNS, in_turn=True)
        self.table = DataTable("Pay point cards of the account", self.cards, stretch="words", empty=_NONE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.said = label(_NONE, "muted", wrap=True)
        self.order = button("Or&der a card", icon="credit-card-plus-outline", key="Ins")
        self.open = button("&Open", icon="credit-card-outline", key="Enter", tip="Show it on the tab Reception")
        head = row(self.said, self.order, self.open)
        head.setStretch(0, 1)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        column(self, head, self.table, spacing=4).setStretch(1, 1)
        self._join(may_order)
        self.show_cards(())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Its key leads to the table; a focus proxy would hide the buttons over it from Tab."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def show_cards(self, found: Sequence[PayCardRow]) -> None:
        """Show these; nothing where no account is open."""
        self.cards.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.open.setEnabled(bool(found))
        now = next((each for each in found if each.state is PayCardState.ISSUED), None)
        count = formats.count(len(found), "card")
        self.said.setText(
            (f"They pay with card {now.reference}." if now else f"{count}; none is issued.") if found else _NONE
        )

    def _join(self, may_order: bool) -> None:
        action = QAction(self.table)
        action.setShortcut(QKeySequence("Ins"))
        action.triggered.connect(self.order_wanted)
        self.table.addAction(action)
        action.setEnabled(may_order)
        self.order.setVisible(may_order)
        self.order.clicked.connect(self.order_wanted)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.table.opened.connect(self._open)

    def _open(self, found: PayCardRow | None) -> None:
        if found is not None:
            self.opened.emit(found.card_id)
