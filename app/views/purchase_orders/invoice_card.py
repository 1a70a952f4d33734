"""The card of one invoice: what it is, the time left to pay, what stands in the way, its disputes and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, InvoiceKind, InvoiceState, Money
from app.services.purchase_orders.invoices.dto import Clock, DisputeRow, InvoiceDetail, InvoiceStep
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Figure, action_button, column, label, pill, restyle, row
from app.views.common.post_desk import PostPart
from app.views.common.presence import PresencePill
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.purchase_orders.invoice_table import (
    DISPUTES,
    HISTORY,
    KINDS,
    REASONS,
    state_tone,
    state_words,
)
from app.views.purchase_orders.match_table import DIFFERENCES, MatchRow, rows_of

CHOOSE: Final = "Choose an invoice to see its time to pay and what stands in its way. Enter opens the match."
_OVER: Final = frozenset({InvoiceState.PAID, InvoiceState.CANCELLED})


def facts_words(found: InvoiceDetail) -> str:
    """What the invoice is, in a few lines."""
    shown = found.row
    lines = [
        f"{KINDS[shown.kind]} {shown.supplier_number} of {shown.supplier}, dated {formats.day(shown.invoice_on)}",
        f"{shown.net} and {shown.vat} VAT: {shown.gross}",
        _order_words(found),
    ]
    if found.credits:
        lines.append(f"Takes back {found.credits}")
    lines += [f"{number} takes back {amount}" for _id, number, amount in found.credited_by]
    if found.cis.deducted:
        lines.append(found.cis.words)
    if shown.retention:
        until = f" until {formats.day(shown.retention_on)}" if shown.retention_on else ""
        why = f": {found.retention_why}" if found.retention_why else ""
        lines.append(f"{shown.retention} is kept back{until}{why}")
    if shown.payable != shown.gross and shown.kind is not InvoiceKind.CREDIT_NOTE:
        lines.append(f"To be paid: {shown.payable}")
    if shown.used:
        lines.append(f"Taken off so far: {shown.used}; left for the next invoices: {-shown.payable}")
    if found.post_item:
        lines.append(f"Came as post {found.post_item}")
    if found.note:
        lines.append(found.note)
    if found.settled_why:
        lines.append(f"Cancelled: {found.settled_why}")
    return "\n".join(lines)


def _order_words(found: InvoiceDetail) -> str:
    shown = found.row
    if shown.order_number:
        return f"Order {shown.order_number}, {shown.category}"
    quoted = f"Order '{shown.order_quoted}' as quoted isn't one of ours" if shown.order_quoted else "Without an order"
    return f"{quoted}, {shown.category}"


def dispute_words(disputes: Sequence[DisputeRow]) -> list[str]:
    """Each open dispute, and whether it holds the time to pay and why."""
    return [
        f"Disputed, {REASONS[each.reason].lower()}: {each.words} {each.holds_why}"
        for each in disputes
        if not each.closed_on
    ]


def standing_words(found: InvoiceDetail) -> str:
    """What stands in the way, or what is next."""
    if found.row.state in _OVER:
        return ""
    faults = [each for each in found.match.differences if each.open]
    if faults and found.row.state is InvoiceState.LOGGED:
        more = f" And {len(faults) - 1:,} more." if len(faults) > 1 else ""
        return f"{faults[0].words}{more}"
    return found.why_not or (
        "Nothing stands in the way: ask for approval." if found.row.state is InvoiceState.LOGGED else ""
    )


class InvoiceCard(QWidget):
    """The card; what can be done is above what it is done to.

    Attributes:
        presence: who else has it open.
        post: the post that it came with, joined to the services by its controller.
    """

    def __init__(self, actions: Sequence[tuple[QAction, str, str]]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.presence = PresencePill()
        self.title = label(CHOOSE, "title", wrap=True)
        self.state = pill("")
        self.amount = Figure("To be paid")
        self.time = Figure("Time to pay")
        self.facts = label("", wrap=True, selectable=True)
        self.clock = label("", "muted", wrap=True, selectable=True)
        self.standing = label("", "strong", wrap=True)
        self.history: ListModel[InvoiceStep] = ListModel(HISTORY, in_turn=True)
        self.disputes: ListModel[DisputeRow] = ListModel(DISPUTES)
        self.match: ListModel[MatchRow] = ListModel(DIFFERENCES, in_turn=True)
        self._buttons = FlowLayout(right=True)
        for action, icon, role in actions:
            self._buttons.addWidget(action_button(action, role=role, icon=icon))
        card = Card(spacing=8)
        top = row(self.title, self.presence, self.state, spacing=10)
        top.setStretch(0, 1)
        card.column.addLayout(self._buttons)
        card.column.addLayout(top)
        self._figures = QWidget()
        self._figures.setObjectName("canvas")
        self._figures.setLayout(row(self.amount, 24, self.time, None))
        card.column.addWidget(self._figures)
        for each in (self.standing, self.facts, self.clock):
            card.column.addWidget(each)
        self.parts = TabbedCard("Parts of the invoice")
        table = DataTable("Differences", self.match, stretch="said", empty="Order, receipts and invoice agree.")
        self.parts.add_part("Differences", table)
        self.disputes_at = self.parts.add_part(
            "Disputes", DataTable("Disputes", self.disputes, stretch="words", empty="It was never disputed.")
        )
        self.parts.add_part("History", DataTable("History", self.history, stretch="words", empty="Nothing was noted."))
        self.post = PostPart("invoice")
        self.post_at = self.parts.add_part("Post", self.post)
        self.parts.setMinimumHeight(scaled(180))
        column(self, card, self.parts, spacing=12).setStretch(1, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No invoice is chosen."""
        self.title.setText(CHOOSE)
        for each in (self.state, self._figures, self.standing, self.facts, self.clock, self.parts):
            each.setVisible(False)

    def show_invoice(self, found: InvoiceDetail) -> None:
        """Show an invoice."""
        shown = found.row
        self.title.setText(f"{shown.number}  {shown.supplier}")
        self.state.setText(state_words(shown))
        restyle(self.state, tone=state_tone(shown))
        self.amount.show_amount(abs_of(found), balance=False)
        self.amount.rename("Taken off" if shown.kind is InvoiceKind.CREDIT_NOTE else "To be paid")
        self.time.show_text(shown.left or "no time runs")
        self.standing.setText(standing_words(found))
        self.facts.setText(facts_words(found))
        self.clock.setText(clock_lines(found.clock) if shown.left_days is not None else "")
        differ = rows_of(found.match, only_differences=True)
        self.match.show_rows([each for each in differ if each.fault is not None])
        self.disputes.show_rows(found.disputes)
        self.history.show_rows(found.history)
        for each in (self.state, self._figures, self.facts, self.parts):
            each.setVisible(True)
        for said in (self.standing, self.clock):
            said.setVisible(bool(said.text()))


def clock_lines(clock: Clock) -> str:
    """How the last day comes about."""
    return "\n".join(clock.words)


def abs_of(found: InvoiceDetail) -> Money:
    """What is paid, or taken off, without a sign."""
    return found.row.payable if found.row.payable >= ZERO else -found.row.payable
