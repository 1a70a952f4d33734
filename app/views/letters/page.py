"""The Letters page: the print queue and the register in one list, the letter that is chosen beside it, and batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from app.services.letters.dto import (
    BatchRow,
    BatchState,
    Channel,
    Concern,
    Counts,
    OutgoingDetail,
    OutgoingFilter,
    OutgoingRow,
    OutgoingState,
)
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, Figure, action_button, button, column, label, row, scrolled
from app.views.common.rooms import Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.table_foot import TableTools
from app.views.common.theme import scaled
from app.views.letters.detail import DetailCard
from app.views.letters.table import BATCHES, CONCERNS, SPEC

_HANDLE: Final = 12
_LEAST_HEIGHT: Final = 370
"""The list and the letter beside it, at 100 per cent; the page scrolls where the window is lower."""


class LettersPage(Page):
    """Letters.

    Signals:
        write_wanted, batch_wanted, send_wanted: no letter needed.
        print_wanted(ids): the chosen letters together; none chosen: everything that is to be printed.
        approve_wanted, cancel_wanted, printed_wanted, undo_wanted, again_wanted, instead_wanted(ids): the chosen ones.
        returned_wanted, address_wanted(OutgoingRow): it came back; the address was found to be right.
        letter_chosen(id), letter_opened(id): show it; open its account.
        save_wanted(id), word_wanted(id): a copy, a Word document.
        batch_chosen(BatchRow), carry_on_wanted(BatchRow)
    """

    write_wanted = Signal()
    batch_wanted = Signal()
    send_wanted = Signal()
    print_wanted = Signal(object)
    approve_wanted = Signal(object)
    cancel_wanted = Signal(object)
    printed_wanted = Signal(object)
    undo_wanted = Signal(object)
    again_wanted = Signal(object)
    instead_wanted = Signal(object)
    returned_wanted = Signal(object)
    address_wanted = Signal(object)
    letter_chosen = Signal(object)
    letter_opened = Signal(object)
    save_wanted = Signal(object)
    word_wanted = Signal(object)
    batch_chosen = Signal(object)
    carry_on_wanted = Signal(object)

    def __init__(self, *, may_approve: bool = True) -> None:
        super().__init__("Letters", areas=frozenset({"letters"}), help_topic="letters")
        self._may_approve = may_approve
        self.list = PagedTable(SPEC)
        self.batches: ListModel[BatchRow] = ListModel(BATCHES)
        self.left_out: ListModel[Concern] = ListModel(CONCERNS)
        self.actions_by_name = self._actions()
        self.detail = DetailCard([self.actions_by_name[name] for name in _ON_ONE])
        for tools in self.list.foot.findChildren(TableTools):
            tools.setVisible(False)  # they stand in the head of the card
        self.parts = TabbedCard("Letters and batches")
        self.parts.add_part("Queue and register", self.list)
        self._batches_at = self.parts.add_part("Batches", self._batches_part())
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setHandleWidth(scaled(_HANDLE))
        whole.setChildrenCollapsible(False)
        whole.addWidget(self.parts)
        whole.addWidget(self.detail)
        whole.setStretchFactor(0, 1)
        whole.setSizes([scaled(780), scaled(600)])
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self._header(), Room(whole, _LEAST_HEIGHT), spacing=12, margin=14).setStretch(1, 1)
        column(self, scrolled(inside))
        self.list.moved.connect(self.letter_chosen)
        self.list.opened.connect(self.letter_opened)
        self.list.choice_settled.connect(self._enable)
        self.batches_table.chosen.connect(self._choose_batch)
        self.add_key("Ctrl+F", "Find a letter", self.list.bar.text.setFocus)
        self.setFocusProxy(self.list.bar.text)
        self.shown: OutgoingRow | None = None
        self._enable()

    def chosen(self) -> list[int]:
        """The numbers of the chosen letters."""
        return list(self.list.model.ids(self.list.chosen_places()))

    def show_counts(self, counts: Counts) -> None:
        """Show the figures above the queue."""
        shown = (counts.waiting, counts.to_print, counts.to_send, counts.failed, counts.printed_today)
        for figure, count in zip(self._figures, shown, strict=True):
            figure.show_text(f"{count:,}")

    def show_detail(self, found: OutgoingDetail) -> None:
        """Show the letter that is chosen."""
        self.shown = found.row
        self.detail.show_letter(found)
        self._enable()

    def show_nothing(self) -> None:
        """No letter is chosen."""
        self.shown = None
        self.detail.clear()
        self._enable()

    def show_batches(self, rows: tuple[BatchRow, ...]) -> None:
        """Show the batches, and stay on the one that was chosen."""
        before = self.batches_table.row()
        self.batches.show_rows(rows)
        self.parts.count_part(self._batches_at, sum(each.state is not BatchState.MADE for each in rows))
        ids = [each.batch_id for each in self.batches.rows]
        if ids:
            stay = isinstance(before, BatchRow) and before.batch_id in ids
            self.batches_table.go_to(ids.index(before.batch_id) if stay else 0)

    def show_left_out(self, rows: tuple[Concern, ...]) -> None:
        """Show the accounts that a batch left out."""
        self.left_out.show_rows(rows)

    def show_only(self, wanted: OutgoingFilter) -> None:
        """List the letters of another filter, such as a card of the home page."""
        self.parts.open_part(0)
        self.list.bar.ask(wanted)

    def _header(self) -> Card:
        card = Card(spacing=6)
        self._figures = tuple(
            Figure(name) for name in ("Waiting for approval", "To print", "To send", "Failed", "Printed today")
        )
        figures = FlowLayout(across=28)
        for figure in self._figures:
            figures.addWidget(figure)
        acts = self.actions_by_name
        buttons = FlowLayout(right=True)
        for each in (
            action_button(acts["write"], icon="pencil-outline"),
            action_button(acts["batch"], icon="email-multiple-outline"),
            action_button(acts["send"], icon="send-outline"),
            action_button(acts["print"], role="primary", icon="printer-outline"),
        ):
            buttons.addWidget(each)
        title = label("Letters", "title")
        top = row(title, buttons)
        top.setStretch(1, 1)
        top.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(top)
        card.column.addLayout(figures)
        return card

    def _batches_part(self) -> QWidget:
        self.batches_table = DataTable(
            "Batches", self.batches, stretch="title", empty="No batch of letters has been made yet: Ctrl+B makes one."
        )
        self.left_out_table = DataTable(
            "Left out of the batch", self.left_out, stretch="what", empty="Nobody is left out."
        )
        self.show_letters = button("Show its &letters", icon="format-list-bulleted")
        self.show_letters.clicked.connect(self._show_batch)
        self.carry_on = button("Carr&y on", icon="play-outline", tip="Make the letters that are missing")
        self.carry_on.clicked.connect(self._carry_on)
        self.carry_on.setVisible(False)
        made = QWidget()
        head = row(label("Left out of the batch", "heading"), None, self.carry_on, self.show_letters)
        head.setContentsMargins(scaled(14), scaled(4), scaled(14), 0)
        body = column(made, self.batches_table, head, self.left_out_table, spacing=4)
        body.setStretch(0, 1)
        body.setStretch(2, 1)
        return made

    def _choose_batch(self, chosen: object) -> None:
        self.carry_on.setVisible(isinstance(chosen, BatchRow) and chosen.state is not BatchState.MADE)
        if isinstance(chosen, BatchRow):
            self.batch_chosen.emit(chosen)

    def _carry_on(self) -> None:
        chosen = self.batches_table.row()
        if isinstance(chosen, BatchRow):
            self.carry_on_wanted.emit(chosen)

    def _show_batch(self) -> None:
        chosen = self.batches_table.row()
        if isinstance(chosen, BatchRow):
            self.show_only(OutgoingFilter(batch_id=chosen.batch_id))

    def _actions(self) -> dict[str, QAction]:
        def some(signal: Any) -> Callable[[], object]:
            return lambda: signal.emit(self.chosen())

        def one(signal: Any) -> Callable[[], object]:
            return lambda: signal.emit(self.shown.outgoing_id) if self.shown else None

        slots: dict[str, Callable[[], object]] = {
            "write": self.write_wanted.emit,
            "batch": self.batch_wanted.emit,
            "send": self.send_wanted.emit,
            "print": some(self.print_wanted),
            "approve": some(self.approve_wanted),
            "printed": some(self.printed_wanted),
            "undo": some(self.undo_wanted),
            "returned": lambda: self._tell(self.returned_wanted),
            "address": lambda: self._tell(self.address_wanted),
            "again": some(self.again_wanted),
            "instead": some(self.instead_wanted),
            "cancel": some(self.cancel_wanted),
            "save": one(self.save_wanted),
            "word": one(self.word_wanted),
        }
        made = {}
        for name, keys, words, tip in _KEYS:
            more = ("Ctrl+Enter",) if keys == "Ctrl+Return" else ()
            made[name] = self.add_key(keys, words, slots[name], tip=tip, more=more)
        for name in _ON_ONE:
            made[name].setEnabled(False)
        return made

    def _tell(self, signal: Any) -> None:
        if self.shown is not None:
            signal.emit(self.shown)

    def _enable(self) -> None:
        """Offer what can be done with the letter that is shown; with several chosen, what can be done with some."""
        current, many = self.shown, self.list.table.chosen_count() > 1
        letter = current is not None and current.channel is Channel.LETTER
        state = current.state if current else None
        offered = {
            "approve": self._may_approve and state is OutgoingState.WAITING,
            "printed": letter and state is OutgoingState.QUEUED,
            "undo": current is not None and current.undoable,
            "returned": letter and state is OutgoingState.PRINTED and not many,
            "address": state is OutgoingState.RETURNED and not many,
            "again": state is OutgoingState.FAILED and not letter,
            "instead": current is not None and state in {OutgoingState.FAILED, OutgoingState.QUEUED} and not letter,
            "cancel": state in {OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.FAILED},
            "save": letter and not many,
            "word": letter and not many,
        }
        for name, on in offered.items():
            self.actions_by_name[name].setEnabled(on)
            self.actions_by_name[name].setVisible(on)


_KEYS: Final = (
    ("write", "F9", "Write a letter", ""),
    ("batch", "Ctrl+B", "Batch", "Write to many accounts at once"),
    ("send", "Ctrl+Shift+S", "Send now", "Hand e-mails and texts to GOV.UK Notify now"),
    ("print", "Ctrl+Return", "Print", "Print the chosen letters together, or all that are queued"),
    ("approve", "Ctrl+Shift+A", "Approve", "Let them be printed"),
    ("printed", "Ctrl+M", "Mark as printed", "They go out with today's post"),
    ("undo", "Ctrl+Z", "Undo printed", "They did not go out after all: today only"),
    ("returned", "Ctrl+R", "Came back", "The post office returned it"),
    ("address", "Ctrl+Shift+R", "Address is right", "The account is no longer marked, and the task is finished"),
    ("again", "Ctrl+T", "Try again", "Send what failed once more"),
    ("instead", "Ctrl+Shift+P", "Print instead", "A letter for the print queue; the message is sent no more"),
    ("cancel", "Ctrl+Del", "Cancel letter", "It will not go out"),
    ("save", "Ctrl+S", "Save a copy", ""),
    ("word", "Ctrl+W", "Word", "The letter as a Word document"),
)
_ON_ONE: Final = ("approve", "printed", "undo", "returned", "address", "again", "instead", "cancel", "save", "word")
