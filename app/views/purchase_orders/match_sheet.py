"""The match: order, receipts and invoice side by side, the clock, the document, and everything that settles it. All by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.purchase_orders.invoices.dto import Act, Clock, Difference, InvoiceDetail
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, pill, restyle, row
from app.views.common.theme import scaled
from app.views.purchase_orders.invoice_acts import OFFERS
from app.views.purchase_orders.invoice_card import dispute_words, facts_words
from app.views.purchase_orders.invoice_paper import PaperCard, beside
from app.views.purchase_orders.invoice_table import state_tone, state_words
from app.views.purchase_orders.match_table import MATCH, MatchRow, first_open, rows_of

_WIDE, _HIGH = 1420, 860
_NO_PAPER: Final = "The document is being opened."


def clock_tone(clock: Clock) -> str:
    """The colour of the time that is left."""
    return "warning" if clock.held or 0 <= clock.left_days <= 7 else "bad" if clock.left_days < 0 else "good"


def clock_words(clock: Clock) -> str:
    """What is left to pay in."""
    if clock.held:
        return "Held by a dispute"
    if clock.left_days < 0:
        return f"{formats.count(-clock.left_days, 'day')} late"
    return f"{formats.count(clock.left_days, 'day')} left"


class MatchSheet(Sheet):
    """An invoice against its order and what was received.

    Signals:
        act_wanted(Act, Difference or None): what is wanted, for an acceptance with the difference that is chosen.
        code_wanted(MatchLine): another code for the line that is chosen.
        order_wanted(order_id): see the order.
    """

    act_wanted = Signal(object, object)
    code_wanted = Signal(object)
    order_wanted = Signal(int)

    def __init__(self, parent: QWidget, found: InvoiceDetail) -> None:
        super().__init__(parent, f"Match {found.row.number}", primary="Ask for approval", close="Close")
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.found = found
        self._only = False
        self.state, self.left = pill(""), pill("")
        self.facts = label("", wrap=True, selectable=True)
        self.time = label("", "muted", wrap=True, selectable=True)
        self.notes = label("", wrap=True, tone="warning", selectable=True)
        self.model: ListModel[MatchRow] = ListModel(MATCH, in_turn=True)
        self.table = DataTable(
            "Order, receipts and invoice", self.model, stretch="said", empty="Nothing to compare yet."
        )
        self.words = label("", wrap=True, selectable=True)
        self.paper = PaperCard(takes=False, empty=_NO_PAPER)
        self.acts = {each.act: self._action(each.words, each.keys, partial(self._want, each.act)) for each in OFFERS}
        self.code = self._action("Another code", "Ctrl+Shift+K", self._want_code)
        self.next = self._action("Next difference", "F3", self._go_on)
        self.only = self._action("Only differences", "Ctrl+D", self._show_only, checkable=True)
        self.beside = self._action("The document", "Ctrl+Shift+P", self._show_paper, checkable=True)
        self.beside.setChecked(True)
        self.order = self._action("See the order", "Ctrl+O", self._see_order)
        self._arrange()
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._want(Act.ACCEPT))
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))
        self.show_invoice(found)

    @property
    def chosen(self) -> MatchRow | None:
        """The figure that is chosen."""
        shown: MatchRow | None = self.table.row()
        return shown

    def show_invoice(self, found: InvoiceDetail) -> None:
        """Show the invoice as it is now; the officer stays on their line, or goes to the next difference."""
        before = self.table.currentIndex().row()
        self.found = found
        shown = found.row
        self.state.setText(state_words(shown))
        restyle(self.state, tone=state_tone(shown))
        paid = shown.left_days is None
        self.left.setText(shown.left if paid else clock_words(found.clock))
        restyle(self.left, tone="muted" if paid else clock_tone(found.clock))
        self.left.setVisible(bool(self.left.text()))
        self.facts.setText(facts_words(found))
        self.time.setText("\n".join(found.clock.words))
        notes = [*found.match.warnings, *([found.blocked] if found.blocked else []), *dispute_words(found.disputes)]
        notes += [f"May be the same as {each.number}: {each.why}" for each in found.suspects]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.beside.setVisible(shown.document_sha256 is not None)
        self._show_paper()
        self._list(before)
        for act, action in self.acts.items():
            action.setVisible(act in found.acts)
            action.setEnabled(act in found.acts)
        self.code.setVisible(bool({Act.CHANGE, Act.MOVE} & found.acts))
        self.order.setVisible(shown.order_id is not None)
        assert self.primary is not None
        self.primary.setVisible(Act.ASK in found.acts or bool(found.why_not))
        self.primary.setToolTip(found.why_not)
        self.set_busy(busy=False)
        self._choose(self.chosen)

    def set_busy(self, busy: bool) -> None:
        """Approval can be asked for only when nothing stands in its way."""
        super().set_busy(busy=busy)
        if Act.ASK not in self.found.acts:
            self.confirm_action.setEnabled(False)

    def _arrange(self) -> None:
        pills = FlowLayout(across=6)
        for each in (self.state, self.left):
            pills.addWidget(each)
        head = Card(margins=(14, 10, 14, 10), spacing=4)
        for each in (self.facts, self.time):
            each.setAlignment(Qt.AlignmentFlag.AlignTop)
        halves = row(self.facts, self.time, spacing=20)
        halves.setStretch(0, 1)
        halves.setStretch(1, 1)
        head.column.addLayout(pills)
        head.column.addLayout(halves)
        head.column.addWidget(self.notes)
        lines = Card(margins=(0, 8, 0, 8), spacing=6)
        tools = FlowLayout(across=6)
        for action, icon in ((self.next, "arrow-down"), (self.only, "filter-outline"), (self.code, "tag-outline")):
            tools.addWidget(action_button(action, icon=icon))
        tools.addWidget(action_button(self.order, icon="file-document-outline"))
        tools.addWidget(action_button(self.beside, icon="dock-right"))
        above = column(None, tools)
        above.setContentsMargins(scaled(12), 0, scaled(12), 0)
        below = column(None, self.words)
        below.setContentsMargins(scaled(14), 0, scaled(14), 0)
        lines.column.addLayout(above)
        lines.column.addWidget(self.table, 1)
        lines.column.addLayout(below)
        left = QWidget()
        left.setObjectName("canvas")
        column(left, head, lines, spacing=10).setStretch(1, 1)
        self.body.addWidget(beside(left, self.paper), 1)
        offered = FlowLayout(across=6)
        for offer in OFFERS:
            offered.addWidget(action_button(self.acts[offer.act], icon=offer.icon))
        self.left_buttons.addLayout(offered, 1)

    def _action(self, words: str, keys: str, does: Callable[[], object], *, checkable: bool = False) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.setCheckable(checkable)
        made.triggered.connect(lambda _on=False: does())
        self.addAction(made)
        return made

    def _list(self, before: int) -> None:
        rows = rows_of(self.found.match, only_differences=self._only)
        self.model.show_rows(rows)
        self.table.hide_empty_columns()
        if not rows:
            return
        stays = 0 <= before < len(rows) and rows[before].open
        at = before if stays else first_open(rows, before)
        self.table.go_to(at if at is not None else min(max(before, 0), len(rows) - 1))

    def _choose(self, shown: MatchRow | None) -> None:
        fault = shown.fault if shown else None
        todo = ""
        if fault is not None and fault.open:
            todo = "" if fault.acceptable else "  This can't be accepted: it has to be put right, or disputed."
        elif self.found.why_not and fault is None:
            todo = self.found.why_not
        self.words.setText(f"{shown.said if shown and fault else ''}{todo}".strip())
        may = Act.ACCEPT in self.found.acts and fault is not None and fault.open and fault.acceptable
        self.acts[Act.ACCEPT].setEnabled(may)
        self.code.setEnabled(shown is not None and shown.of is not None and shown.of.place is not None)

    def _want(self, act: Act) -> None:
        if not self.acts[act].isEnabled():
            return
        fault: Difference | None = self.chosen.fault if act is Act.ACCEPT and self.chosen else None
        self.act_wanted.emit(act, fault)

    def _want_code(self) -> None:
        if self.code.isEnabled() and self.chosen is not None and self.chosen.of is not None:
            self.code_wanted.emit(self.chosen.of)

    def _go_on(self) -> None:
        at = first_open(self.model.rows, self.table.currentIndex().row())
        if at is not None:
            self.table.go_to(at)

    def _show_only(self) -> None:
        self._only = self.only.isChecked()
        self._list(-1)

    def _show_paper(self) -> None:
        """The document beside the lines, or their room for them."""
        self.paper.setVisible(self.found.row.document_sha256 is not None and self.beside.isChecked())

    def _see_order(self) -> None:
        if self.found.row.order_id is not None:
            self.order_wanted.emit(self.found.row.order_id)
