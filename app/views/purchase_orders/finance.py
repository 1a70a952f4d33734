"""The finance system: a period held against it, what it rejected, and the files that go to it and come from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal

from app.models.values import Money, ReconciliationState
from app.services.purchase_orders.finance.transactions.dto import CodeSums, FinanceReport, Held, Pair, Theirs
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.parts import button
from app.views.purchase_orders.finance_tables import CODES, DIFFERS, FILES, MATCHED, OURS, SIGNED, THEIRS

_SUMS: Final = ("Ours", "Theirs", "Matched", "To look at", "Reconciliation")
_BY_CODE: Final = "By code"
_MOST: Final = 12
_DIFFERS, _THEIRS = 1, 3


class FinanceSection(FiguresPage):
    """The finance system.

    Signals:
        load_wanted, match_wanted, replies_wanted, hand_wanted, prepare_wanted, sign_wanted: what the buttons are for.
        settle_wanted(Theirs, Pair or None): what is to be said of a transaction; with its pair where it has one.
        invoice_opened(Ours): a document of ours.
        file_opened(FileRow): a file, with its records.
    """

    load_wanted = Signal()
    match_wanted = Signal()
    replies_wanted = Signal()
    hand_wanted = Signal()
    prepare_wanted = Signal()
    sign_wanted = Signal()
    settle_wanted = Signal(object, object)
    invoice_opened = Signal(object)
    file_opened = Signal(object)

    def __init__(self, today: Callable[[], date], *, may_reconcile: bool, may_sign: bool) -> None:
        chart = BarChart(_BY_CODE, (Series("Ours", "brand"), Series("Theirs", "warning")), lying=True)
        card = ChartCard(_BY_CODE, chart, CODES, "Neither side has anything in this period.")
        keys = _KEYS if may_reconcile else ()
        signs = (("Sign", "Ctrl+Shift+G", "draw-pen", "sign_wanted"),) if may_sign else ()
        offered = (*keys[:1], *signs, *keys[1:])
        pressed = [
            button(words, role="primary" if at == 0 else "", icon=icon, key=key.replace("Return", "Enter"))
            for at, (words, key, icon, _) in enumerate(offered)
        ]
        super().__init__(
            "The finance system",
            "purchase_orders",
            today,
            days=28,
            sums=_SUMS,
            chart=card,
            heading="Finance system",
            actions=pressed,
        )
        self.held: Held | None = None
        for made, (words, key, _, signal) in zip(pressed, offered, strict=True):
            emit = getattr(self, signal).emit
            made.clicked.connect(lambda _on=False, emit=emit: emit())
            self.add_key(key, words, emit)
        self._tables()
        if may_reconcile:
            self.add_key("F2", "Match or explain the transaction", self._settle)

    def _tables(self) -> None:
        self._add("By code", CODES, "code", "Neither side has anything in this period.")
        self.differs = self._add("Amounts differ", DIFFERS, "supplier", "No amounts differ.")
        ours = self._add("Ours only", OURS, "supplier", "The finance system has everything of ours.")
        self.theirs = self._add("Theirs only", THEIRS, "explained", "Everything of theirs is one of ours.")
        matched = self._add("Matched", MATCHED, "supplier", "Nothing is matched yet: Ctrl+L loads transactions.")
        self._add("Reconciliations", SIGNED, "note", "No period was prepared yet.")
        files = self._add("Files", FILES, "name", "No file went or came yet.")
        ours.opened.connect(self.invoice_opened)
        matched.opened.connect(lambda pair: self.invoice_opened.emit(pair.ours))
        self.differs.opened.connect(lambda pair: self.settle_wanted.emit(pair.theirs, pair))
        self.theirs.opened.connect(lambda their: self.settle_wanted.emit(their, None))
        files.opened.connect(self.file_opened)

    def show_report(self, found: FinanceReport) -> None:
        """Show a period."""
        self.held = held = found.held
        total = held.total
        left = len(held.differs) + len(held.ours_only) + sum(not each.explained for each in held.theirs_only)
        sums = (str(total.ours), str(total.theirs), str(total.matched), f"{left:,}", _standing(held))
        tables = (
            held.codes,
            held.differs,
            held.ours_only,
            held.theirs_only,
            held.matched,
            found.reconciliations,
            found.files,
        )
        waits = sum(each.count for each in found.to_hand)
        said = f"{formats.count(waits, 'record')} to hand over" if waits else "Nothing waits to be handed over"
        self.show_figures((held.from_on, held.to_on), said, sums, tables)
        self.chart.show_figures(held.codes, [_bar(each) for each in held.codes[:_MOST]], "")

    def _settle(self) -> None:
        """The transaction that the officer is on, in whichever of the two lists."""
        at = self.parts.stack.currentIndex()
        if at == _DIFFERS and isinstance(pair := self.differs.row(), Pair):
            self.settle_wanted.emit(pair.theirs, pair)
        elif at == _THEIRS and isinstance(their := self.theirs.row(), Theirs):
            self.settle_wanted.emit(their, None)

    def _add(self, title: str, columns: tuple[Column[Any], ...], stretch: str, empty: str) -> DataTable:
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title}, finance system", model, stretch=stretch, empty=empty)
        self.add_table(title, table, model)
        return table


_KEYS: Final = (
    ("Prepare", "Ctrl+Return", "clipboard-check-outline", "prepare_wanted"),
    ("Load transactions", "Ctrl+L", "file-import-outline", "load_wanted"),
    ("Match again", "Ctrl+M", "table-check", "match_wanted"),
    ("Hand over", "Ctrl+Shift+H", "file-export-outline", "hand_wanted"),
    ("Take replies", "Ctrl+Shift+Y", "reply-outline", "replies_wanted"),
)


def _standing(held: Held) -> str:
    row = held.reconciliation
    if row is None:
        return "Not prepared"
    return "Signed" if row.state is ReconciliationState.SIGNED else "To be signed"


def _bar(each: CodeSums) -> Bar:
    values = (_pounds(each.ours), _pounds(each.theirs))
    return Bar(each.code, values, f"{each.code}: ours {each.ours}, theirs {each.theirs}")


def _pounds(amount: Money) -> float:
    return amount.pence / 100
