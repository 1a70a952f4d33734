"""Coding: lines that seem to be on a wrong code, transfers to the right one, and the rules by which they are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal

from app.models.values import Money, TransferState
from app.services.purchase_orders.coding.dto import CodingReport, CodingRuleRow, Suspect, TransferRow
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.parts import button

_SUMS: Final = ("To look at", "Amount", "Transfers waiting", "Rules in use")
_BY_CODE: Final = "Seems wrong, by code"
_MOST: Final = 12
_STATES: Final = {
    TransferState.WAITING: "Waiting",
    TransferState.POSTED: "Posted",
    TransferState.REFUSED: "Refused",
    TransferState.WITHDRAWN: "Withdrawn",
}
_SUSPECTS: tuple[Column[Suspect], ...] = (
    Column("invoice", "Invoice", lambda each: each.invoice, 76, firm=True),
    Column("on", "Dated", lambda each: each.invoice_on, 96, shown=lambda each: formats.day(each.invoice_on), least=3),
    Column("supplier", "Supplier", lambda each: each.supplier, 170, floor=120),
    Column("description", "Line", lambda each: each.description, 180, floor=120),
    Column("code", "On", lambda each: each.code, 100, firm=True),
    Column("should", "Belongs on", lambda each: each.should, 100, firm=True),
    money_column("amount", "Amount", lambda each: each.amount, 90, total=True),
    Column("waits", "Transfer", lambda each: each.waits, 84, firm=True, least=2),
    Column("why", "Why", lambda each: each.why, 260, floor=150, least=1),
)
_TRANSFERS: tuple[Column[TransferRow], ...] = (
    Column("number", "Transfer", lambda each: each.number, 80, firm=True),
    Column("state", "State", lambda each: _STATES[each.state], 84),
    Column("invoice", "Invoice", lambda each: each.invoice, 76),
    Column("supplier", "Supplier", lambda each: each.supplier, 160, floor=110),
    Column("from_code", "From", lambda each: each.from_code, 100, firm=True),
    Column("to_code", "To", lambda each: each.to_code, 100, firm=True),
    money_column("amount", "Amount", lambda each: each.amount, 90, total=True),
    Column("asked_by", "Asked by", lambda each: each.asked_by, 130, floor=90),
    Column("asked_on", "On", lambda each: each.asked_on, 96, shown=lambda each: formats.day(each.asked_on)),
    Column("reason", "Why", lambda each: each.reason, 220, floor=120, least=1),
)
_RULES: tuple[Column[CodingRuleRow], ...] = (
    Column("supplier", "Supplier", lambda each: each.supplier or "Any", 180, floor=110),
    Column("category", "Category", lambda each: each.category or "Any", 150, floor=100),
    Column("words", "Words", lambda each: each.words, 130, floor=80),
    Column("code", "Belongs on", lambda each: f"{each.cost_centre or 'any'} {each.subjective or 'any'}", 110),
    Column("reason", "Why", lambda each: each.reason, 220, floor=120),
    Column("active", "Use", lambda each: "In use" if each.active else "Not in use", 84),
)
_CODES: tuple[Column[tuple[str, Money]], ...] = (
    Column("code", "Code", lambda each: each[0], 140, floor=90),
    money_column("amount", "Amount", lambda each: each[1], 110, total=True),
)


class CodingSection(FiguresPage):
    """Coding.

    Signals:
        move_wanted(Suspect): what was spent is to go to another code.
        rule_wanted(CodingRuleRow or None): a rule is to be changed, or a new one made.
        invoice_opened(int): an invoice.
        request_opened(int): the request for approval of a transfer.
    """

    move_wanted = Signal(object)
    rule_wanted = Signal(object)
    invoice_opened = Signal(int)
    request_opened = Signal(int)

    def __init__(self, today: Callable[[], date], *, may_code: bool) -> None:
        chart = BarChart(_BY_CODE, (Series("Amount", "warning"),), lying=True)
        card = ChartCard(_BY_CODE, chart, _CODES, "Nothing seems to be on a wrong code.")
        move = button("Move to its code", role="primary", icon="swap-horizontal", key="Ctrl+Enter")
        new = button("New rule", icon="plus", key="Ctrl+N")
        super().__init__(
            "Coding of spending",
            "purchase_orders",
            today,
            days=91,
            sums=_SUMS,
            chart=card,
            heading="Coding",
            actions=(move, new) if may_code else (),
        )
        self.suspects = self._add("Seems wrong", _SUSPECTS, "why", "No line seems to be on a wrong code.")
        self.transfers = self._add("Transfers", _TRANSFERS, "reason", "Nothing was moved between codes.")
        self.rules = self._add(
            "Rules", _RULES, "reason", "There is no rule yet: what is usual for a supplier counts. Ctrl+N adds one."
        )
        move.clicked.connect(lambda _on=False: self._move())
        new.clicked.connect(lambda _on=False: self.rule_wanted.emit(None))
        self.suspects.opened.connect(lambda each: self.invoice_opened.emit(each.invoice_id))
        self.transfers.opened.connect(self._open_transfer)
        if may_code:
            self.add_key("Ctrl+Return", "Move the line to its code", self._move)
            self.add_key("Ctrl+N", "New rule", lambda: self.rule_wanted.emit(None))
            self.rules.opened.connect(self.rule_wanted)

    def show_report(self, found: CodingReport) -> None:
        """Show what seems wrong of a time."""
        waiting = sum(each.state is TransferState.WAITING for each in found.transfers)
        total = Money(sum(abs(each.amount.pence) for each in found.suspects))
        in_use = sum(each.active for each in found.rules)
        sums = (f"{len(found.suspects):,}", str(total), f"{waiting:,}", f"{in_use:,}")
        said = "Lines of approved invoices, by rules and by what is usual for the supplier"
        self.show_figures((found.from_on, found.to_on), said, sums, (found.suspects, found.transfers, found.rules))
        shown = found.by_code[:_MOST]
        self.chart.show_figures(found.by_code, [_bar(*each) for each in shown], str(total))

    def _move(self) -> None:
        """The chosen line, or the first."""
        chosen = self.suspects.row() or next(iter(self.models[0].rows), None)
        if chosen is not None:
            self.parts.open_part(0)
            self.move_wanted.emit(chosen)

    def _open_transfer(self, row: TransferRow) -> None:
        if row.request_id is not None and row.state is TransferState.WAITING:
            self.request_opened.emit(row.request_id)
        else:
            self.invoice_opened.emit(row.invoice_id)

    def _add(self, title: str, columns: tuple[Column[Any], ...], stretch: str, empty: str) -> DataTable:
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title}, coding", model, stretch=stretch, empty=empty)
        self.add_table(title, table, model)
        return table


def _bar(code: str, amount: Money) -> Bar:
    return Bar(code, (amount.pence / 100,), f"{code}: {amount}")
