"""What the bank's reports say: the columns of the list, and the card of the chosen item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.values import ReportItemState, ReturnEffect
from app.services.direct_debits.mandates.dto import STATES
from app.services.direct_debits.returns.dto import (
    Candidate,
    Counted,
    FileRead,
    ItemDetail,
    ItemRow,
    NotApplied,
    Reconciliation,
    ReportRow,
)
from app.services.direct_debits.returns.naming import EFFECTS, REPORTS
from app.services.direct_debits.returns.rules import OF_FILES
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.effects import EffectsPanel
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, column, label, pill, restyle, row
from app.views.common.short_names import shorter_names
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.direct_debits.report_month import MONTH, held

_CHOOSE: Final = "Choose an item to see what it does. Reports are read with Ctrl+L, or dropped here."
_WHOSE: Final = "Enter on a mandate below, or Ctrl+M, says whose it is; F7 sets it aside."
_PARTS: Final = 200
_STATES: Final = {
    ReportItemState.PROPOSED: ("To apply", "warning"),
    ReportItemState.UNMATCHED: ("To look at", "bad"),
    ReportItemState.APPLIED: ("Applied", "good"),
    ReportItemState.SET_ASIDE: ("Set aside", ""),
}
_STOPS: Final = {
    ReturnEffect.CANCEL, ReturnEffect.EXPIRE, ReturnEffect.DEATH, ReturnEffect.REVERSE, ReturnEffect.REJECT, ReturnEffect.CLAIM
}  # fmt: skip


def _short(each: ItemRow) -> str:
    return REPORTS[each.kind].partition(":")[0]


def _tone(each: ItemRow) -> str:
    return "bad" if each.effect in _STOPS and each.state is ReportItemState.PROPOSED else ""


def _done(each: ItemRow) -> str:
    """What it does while it waits, then what was done; of one without a mandate why there is none."""
    return each.does if each.state is ReportItemState.PROPOSED else each.outcome or each.does


def _shorter(each: ItemRow) -> tuple[str, ...]:
    return (_done(each).replace("payer has died", "death"),)


def _counted(key: str, title: str, width: int = 84, least: int = 0) -> Column[ReportRow]:
    return Column(
        key,
        title,
        lambda each: getattr(each, key) or None,
        width,
        right=True,
        holds=Holds.NUMBER,
        total=True,
        least=least,
    )


ITEMS: tuple[Column[ItemRow], ...] = (
    Column("report", "Report", _short, 76, firm=True),
    Column("reference", "Reference", lambda each: each.reference, 150, firm=True),
    Column("payer", "Payer", lambda each: each.payer, 130, floor=90, least=2, shorter=lambda e: shorter_names(e.payer)),
    Column("account", "Account", lambda each: each.account, 104, firm=True, least=4),
    money_column("amount", "Amount", lambda each: each.amount, 86),
    Column("on", "Day", lambda each: each.effective_on, 92, least=3),
    Column("reason", "Reason", lambda each: each.reason, 190, floor=150, least=1),
    Column("does", "What it does", _done, 240, floor=176, tone=_tone, shorter=_shorter),
)
CANDIDATES: tuple[Column[Candidate], ...] = (
    Column("reference", "Mandate", lambda each: each.reference, 150, firm=True),
    Column("account", "Account", lambda each: each.account, 100, least=2, firm=True),
    Column("payer", "Payer", lambda each: each.payer, 130, floor=90, shorter=lambda e: shorter_names(e.payer)),
    Column("state", "State", lambda each: STATES[each.state], 90, least=1, firm=True),
    Column("why", "Why", lambda each: each.why, 180, floor=150),
)
REPORTS_READ: tuple[Column[ReportRow], ...] = (
    Column("title", "Report", lambda each: each.title, 200, floor=80, shorter=lambda e: (e.title.partition(":")[0],)),
    Column("generated_on", "Of", lambda each: each.generated_on, 92),
    _counted("count", "Items", 60, least=2),
    Column(
        "amount",
        "Amount",
        lambda each: each.amount if each.amount.pence else None,
        96,
        right=True,
        holds=Holds.POUNDS,
        total=True,
        least=1,
    ),
    _counted("to_do", "To apply"),
    _counted("unmatched", "To look at"),
    _counted("applied", "Applied", least=4),
    _counted("aside", "Set aside", least=6),
    Column("run", "Run", lambda each: each.run, 52, right=True, least=5),
    Column("words", "Beside ours", lambda each: each.words.replace("\n", " "), 240, floor=120, least=3),
    Column("read_by", "Read by", lambda each: each.read_by, 120, least=7, floor=90),
    Column("read_at", "Read", lambda each: each.read_at, 120, least=8),
)
COUNTED: tuple[Column[Counted], ...] = (
    Column("words", "What is done", lambda each: each.words, 380, floor=160),
    Column("count", "How many", lambda each: each.count, 80, right=True),
    money_column("amount", "Amount", lambda each: each.amount, 110),
)
LEFT: tuple[Column[NotApplied], ...] = (
    Column("reference", "Reference", lambda each: each.reference, 160, firm=True),
    Column("why", "Why it is left as it is", lambda each: each.why, 360, floor=160),
)
FILES: tuple[Column[FileRead], ...] = (
    Column("name", "File", lambda each: each.name, 180, floor=120),
    Column("count", "Items", lambda each: each.read.count if each.read else None, 60, right=True),
    Column("to_do", "To apply", lambda each: len(each.read.item_ids) if each.read else None, 76, right=True),
    Column("unmatched", "To look at", lambda each: each.read.unmatched if each.read else None, 84, right=True),
    Column(
        "told",
        "What was read",
        lambda each: " ".join((each.read.told, *each.read.faults)) if each.read else each.refused,
        430,
        floor=200,
        tone=lambda each: "bad" if each.read is None or each.read.faults else "",
    ),
)


class ItemCard(QWidget):
    """The card beside the list: what an item does, the mandates that it may be of, the reports read, and the month.

    Signals:
        candidate_opened(Candidate): Enter on a mandate that an item may be of.
        report_opened(ReportRow): Enter on a report: list what is in it.
    """

    candidate_opened = Signal(object)
    report_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.detail: ItemDetail | None = None
        self.acts = FlowLayout(right=True)
        self._title = label("", "title", wrap=True)
        self._state = pill("")
        self._facts = label(_CHOOSE, "muted", wrap=True, selectable=True)
        self._rule = label("", wrap=True)
        self._source = label("", "muted", wrap=True)
        self.effects = EffectsPanel("Before you apply it")
        self._candidates = ListModel(CANDIDATES)
        self.candidates = DataTable(
            "Mandates that it may be of",
            self._candidates,
            stretch="why",
            empty="No mandate is like it. Look for the payer under Mandates, then give its reference with Ctrl+M.",
        )
        self.candidates.opened.connect(self.candidate_opened)
        self._outcome = label("", wrap=True, selectable=True)
        self._inside = QStackedWidget()
        self.effects.setObjectName("canvas")
        for each in (self.effects, self.candidates, _padded(self._outcome)):
            self._inside.addWidget(each)
        self._reports, self._month = ListModel(REPORTS_READ), ListModel(MONTH, in_turn=True)
        self.reports = DataTable("Reports read", self._reports, stretch="words", empty="No report was read yet.")
        self.reports.opened.connect(self.report_opened)
        self._agrees = label("", wrap=True, selectable=True)
        self._arrange()
        self.clear()

    def show_item(self, found: ItemDetail) -> None:
        """Show the chosen item."""
        self.detail, shown = found, found.row
        amount = f", {shown.amount}" if shown.amount is not None else ""
        self._title.setText(f"{EFFECTS[shown.effect]}{amount}")
        words, tone = _STATES[shown.state]
        self._state.setText(words)
        restyle(self._state, tone=tone)
        self._facts.setText(_facts(shown))
        self._rule.setText(shown.rule)
        unmatched = shown.state is ReportItemState.UNMATCHED
        self._source.setText(_WHOSE if unmatched else f"{shown.source[:1].upper()}{shown.source[1:]}.")
        for each in (self._state, self._rule, self._source):
            each.setVisible(True)
        if shown.state is ReportItemState.PROPOSED:
            self.effects.show_effects(found.effects)
            self._inside.setCurrentIndex(0)
        elif unmatched:
            self._candidates.show_rows(found.candidates)
            self._inside.setCurrentIndex(1)
        else:
            self._outcome.setText(shown.outcome or "Nothing was said of it.")
            self._inside.setCurrentIndex(2)

    def clear(self) -> None:
        """No item is chosen."""
        self.detail = None
        self._title.setText("What comes back")
        self._facts.setText(_CHOOSE)
        for each in (self._state, self._rule, self._source):
            each.setVisible(False)
        self._outcome.setText("")
        self._inside.setCurrentIndex(2)

    def show_reports(self, rows: Sequence[ReportRow]) -> None:
        """Show the reports that were read."""
        self._reports.show_rows(rows)
        self.parts.count_part(1, len(rows))

    def show_month(self, found: Reconciliation) -> None:
        """Show what a month is held against."""
        self._month.show_rows(held(found))
        count, amount = found.waiting
        waits = f" {formats.count(count, 'item')} of {amount} still to be applied." if count else ""
        said = "\n".join(found.faults) or "What was applied, the accounts and the control account agree."
        self._agrees.setText(f"{found.month:%B %Y}. {said}{waits}")
        restyle(self._agrees, tone="bad" if found.faults else "good")

    def _arrange(self) -> None:
        self.parts = TabbedCard("What came back")
        self.parts.setMinimumHeight(scaled(_PARTS))
        self.parts.add_part("This item", self._inside)
        self.parts.add_part("Reports read", self.reports)
        month = DataTable("Returns of the month", self._month, stretch="name")
        self.parts.add_part("The month", _over(month, self._agrees))
        card = Card()
        top = row(self._state, self.acts, spacing=12)
        top.setStretch(1, 1)
        card.column.addLayout(top)
        for each in (self._title, self._facts, self._rule, self._source):
            card.column.addWidget(each)
        whole = column(self, card, self.parts, spacing=12)
        whole.setStretch(1, 1)


def _facts(shown: ItemRow) -> str:
    whose = f"Mandate {shown.mandate}, account {shown.account}" if shown.mandate else "No mandate is found"
    if shown.kind in OF_FILES:
        whose = shown.reference
    days = [
        f"Reported for {formats.day(shown.effective_on)}" if shown.effective_on else "",
        f"processed on {formats.day(shown.original_on)}" if shown.original_on else "",
    ]
    bank = f"account ending {shown.last_two}" if shown.last_two else ""
    new = f"new account ending {shown.new_last_two}" if shown.new_last_two else ""
    lines = [
        f"{_short(shown)}, item {shown.place}{': ' if shown.reason else ''}{shown.reason}",
        " \N{MIDDLE DOT} ".join(each for each in (whose, shown.payer) if each),
        " \N{MIDDLE DOT} ".join(each for each in (*days, bank, new) if each),
        "You declared this account: a colleague applies it." if shown.declared else "",
        shown.outcome if shown.state is ReportItemState.UNMATCHED else "",
    ]
    return "\n".join(each for each in lines if each)


def _padded(inside: QWidget) -> QWidget:
    made = QWidget()
    made.setObjectName("canvas")
    lines = column(made, inside, None)
    lines.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
    return made


def _over(table: DataTable, under: QWidget) -> QWidget:
    """A table with words under it."""
    made = QWidget()
    made.setObjectName("canvas")
    words = row(under)
    words.setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(6))
    column(made, table, words, spacing=2).setStretch(0, 1)
    return made
