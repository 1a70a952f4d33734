"""The section Daily board: by channel what was receipted, is at the bank, in transit and not explained; the banks and days below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import BoardState
from app.services.reception_payments.bank.kept import PARTS
from app.services.reception_payments.board.dto import BankSide, Board, BoardRow, ChannelRow
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.forms import date_field, date_of
from app.views.common.listed_card import listed_card
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, label, pill, restyle, row, scrolled
from app.views.common.rooms import Pane, Panes
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.reception_payments.board_tables import BANKS, CHANNELS, DAYS, board_words

R = TypeVar("R")
_ROWS, _FEW, _EDGE = 11, 5, 12
"""Every channel is in sight, under the titles; of the tables below, a few rows."""


class BoardPage(Page):
    """The section Daily board.

    Attributes:
        board: what is shown.
        days: the boards that were prepared and signed.

    Signals:
        day_wanted: the board of another day is asked for.
        opened(ChannelRow): see what stands behind a channel; bank_opened(BankSide): go to its lines.
        prepare_wanted, sign_wanted(BoardRow): prepare the day's board, sign it.
    """

    day_wanted = Signal()
    opened = Signal(object)
    bank_opened = Signal(object)
    prepare_wanted = Signal()
    sign_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], *, may_prepare: bool, may_sign: bool) -> None:
        super().__init__(
            "Daily board", areas=frozenset({"reception_payments", "ledger"}), help_topic="reception_payments"
        )
        self._today = today
        self._may_prepare, self._may_sign = may_prepare, may_sign
        self.board: Board | None = None
        self.days: tuple[BoardRow, ...] = ()
        self.day = date_field(today(), "Day of the board", today)
        self.day.dateChanged.connect(lambda _on: self.day_wanted.emit())
        self._state = pill("")
        self._stands = label("", wrap=True)
        self._below = label("", "muted", wrap=True, selectable=True)
        self.channels: ListModel[ChannelRow] = ListModel(CHANNELS)
        self.banks: ListModel[BankSide] = ListModel(BANKS)
        self.boards: ListModel[BoardRow] = ListModel(DAYS)
        self.table = DataTable("Daily board", self.channels, stretch="title", empty="The board is being made.")
        self.bank_table = DataTable(
            "Bank accounts", self.banks, stretch="words", empty="No bank account is set up by that day."
        )
        self.day_table = DataTable("Days before", self.boards, stretch="note", empty="No board was prepared yet.")
        self.table.title = self._title
        self.table.shown = self._said
        self._arrange()
        self.table.opened.connect(self.opened)
        self.bank_table.opened.connect(self.bank_opened)
        self.day_table.opened.connect(lambda each: self.go_to(each.on))
        self.setFocusProxy(self.table)

    @property
    def on(self) -> date:
        """The day that is asked for."""
        return date_of(self.day)

    @property
    def kept(self) -> BoardRow | None:
        """The board of the day as it was prepared or signed; None: it wasn't yet."""
        return next((each for each in self.days if each.on == self.on), None)

    def go_to(self, on: date) -> None:
        """Ask for the board of a day."""
        self.day.set_value(on)
        self.day_wanted.emit()

    def show_board(self, board: Board, days: tuple[BoardRow, ...]) -> None:
        """Show a day's board, and the days before."""
        self.board, self.days = board, days
        _list(self.table, self.channels, board.channels)
        _list(self.bank_table, self.banks, board.banks)
        _list(self.day_table, self.boards, days)
        state, tone = board_words(board)
        self._state.setText(state)
        restyle(self._state, tone=tone)
        self._stands.setText(self._kept_words())
        self._below.setText("\n".join(_below(board)))
        kept = self.kept
        signed = kept is not None and kept.state is BoardState.SIGNED
        self.prepare.setEnabled(self._may_prepare and not signed)
        waits = kept is not None and not signed and not kept.mine
        self.sign.setEnabled(self._may_sign and waits)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger text, higher tables; the page scrolls."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        for table, rows in ((self.table, _ROWS), (self.bank_table, _FEW), (self.day_table, _FEW)):
            table.setMinimumHeight(row_height() * rows + scaled(_EDGE))

    def _arrange(self) -> None:
        self._size()
        self.prepare = self.add_key("Ctrl+Enter", "Prepare", self.prepare_wanted.emit, more=("Ctrl+Return",))
        self.sign = self.add_key("Ctrl+Shift+S", "Sign", self._want_to_sign)
        self.add_key("Alt+Left", "The day before", lambda: self.go_to(self.on - timedelta(days=1)))
        self.add_key("Alt+Right", "The day after", lambda: self.go_to(self.on + timedelta(days=1)))
        self.add_key("Ctrl+D", "Go to the day", self.day.setFocus)
        self.add_key("Ctrl+B", "Go to the days before", self.day_table.setFocus)
        acts = FlowLayout(right=True)
        acts.addWidget(action_button(self.sign, icon="file-sign"))
        acts.addWidget(action_button(self.prepare, role="primary", icon="clipboard-check-outline"))
        self.day.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head = row(label("Daily board", "title"), self.day, self._state, acts, spacing=12)
        head.setStretch(3, 1)
        card = Card(margins=(0, 12, 0, 6))
        above = column(None, head, self._stands, spacing=8)
        above.setContentsMargins(scaled(14), 0, scaled(14), 0)
        below = column(None, self._below)
        below.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(above)
        card.column.addWidget(self.table, 1)
        card.column.addWidget(ListFoot(self.table, ("channel", "channels"), tools=True))
        card.column.addLayout(below)
        under = Panes(
            Pane(listed_card("Bank accounts", (), self.bank_table), 400, 620, 220),
            Pane(listed_card("Days before", (), self.day_table), 400, 620, 220),
        )
        inside = QWidget()
        inside.setObjectName("canvas")
        both = column(inside, card, under, spacing=12)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        column(self, scrolled(inside))

    def _want_to_sign(self) -> None:
        if self.kept is not None:
            self.sign_wanted.emit(self.kept)

    def _kept_words(self) -> str:
        kept = self.kept
        if kept is None:
            return "Not prepared yet." if self._may_prepare else "Nobody has prepared it yet."
        words = f"Prepared {formats.moment(kept.prepared_at)} by {kept.prepared_by}"
        if kept.state is BoardState.SIGNED:
            words += f", signed {formats.moment(kept.signed_at)} by {kept.signed_by}"
        elif kept.mine:
            words += "; a second officer signs it"
        return f"{words}. {kept.note}".strip() if kept.note else f"{words}."

    def _title(self) -> str:
        return f"Daily board, {formats.day(self.board.on)}" if self.board else "Daily board"

    def _said(self) -> tuple[str, ...]:
        """What an export and a print say over the channels."""
        if self.board is None:
            return ()
        sides = (
            f"{side.name}: statement {side.statement}, ledger {side.ledger}, open {side.open_amount}"
            for side in self.board.banks
        )
        return (self._state.text(), self._kept_words(), *sides, *_below(self.board))


def _list(table: DataTable, model: ListModel[R], rows: Sequence[R]) -> None:
    """Show these, and stay at the place where the officer was."""
    at = max(table.currentIndex().row(), 0)
    model.show_rows(rows)
    if rows:
        table.go_to(min(at, len(rows) - 1))


def _below(board: Board) -> list[str]:
    """Suspense, and what officers explained in matches of the day."""
    since = f", the oldest of {formats.day(board.suspense_oldest)}" if board.suspense_oldest else ""
    held = (
        f"In suspense: {formats.count(board.suspense_items, 'item')}, {board.suspense}{since}."
        if board.suspense_items
        else "Nothing is in suspense."
    )
    said = "; ".join(
        f"{PARTS[each.part].lower()} {each.amount} in {formats.count(each.count, 'match', 'matches')}"
        for each in board.explained
    )
    till = f"Without {formats.count(board.in_till, 'payment')} in your open till." if board.in_till else ""
    return [held, *([f"Explained in matches of the day: {said}."] if said else []), *([till] if till else [])]
