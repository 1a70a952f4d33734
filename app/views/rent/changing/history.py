"""The part of the account's card that tells of its tenancy: what it is, who holds and held it, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.tenancies.changes.shown import WORDS, HistoryRow, Holder, TenancyHistory
from app.services.tenancies.starting.rules import TENURE_WORDS
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label
from app.views.common.theme import scaled

_NONE = "Nothing has happened to this tenancy since it came into Rentbook."
_NO_TENANCY = "This account belongs to no tenancy."

HISTORY: tuple[Column[HistoryRow], ...] = (
    Column("on", "From", lambda row: row.effective_on, 100, holds=Holds.DATE),
    Column("change", "What", lambda row: WORDS[row.change], 140, floor=110),
    Column("words", "What was done", lambda row: row.words, 320, floor=300),
    Column("other", "Other tenancy", lambda row: row.other, 104, least=3),
    Column("journal", "Journal", lambda row: row.journal, 70, right=True, least=4, holds=Holds.NUMBER),
    Column("by", "By", lambda row: row.by, 120, tone=lambda _row: "muted", least=2),
    Column("at", "Written", lambda row: row.at, 130, tone=lambda _row: "muted", least=5),
)


class HistoryPart(QWidget):
    """A few lines of facts over the history, the latest first.

    Signals:
        other_wanted(account_id): Enter on a line that names another tenancy.
    """

    other_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._facts = label("", wrap=True)
        self._holders = label("", "muted", wrap=True)
        self.rows: ListModel[HistoryRow] = ListModel(HISTORY, in_turn=True)
        self.table = DataTable("History of the tenancy", self.rows, stretch="words", empty=_NONE)
        self.table.opened.connect(self._open)
        inside = column(self, self._facts, self._holders, self.table, spacing=6)
        inside.setContentsMargins(0, scaled(6), 0, 0)
        inside.setStretch(2, 1)
        for each in (self._facts, self._holders):
            each.setContentsMargins(scaled(12), 0, scaled(12), 0)

    def show_history(self, history: TenancyHistory | None) -> None:
        """Show a tenancy; None: the account has none."""
        self._facts.setText(" ".join(_facts(history)) if history else _NO_TENANCY)
        self._holders.setText(_held(history) if history else "")
        self._holders.setVisible(bool(self._holders.text()))
        self.rows.show_rows(list(history.rows) if history else [])

    def text(self) -> str:
        """The facts as they are read out."""
        return f"{self._facts.text()} {self._holders.text()}".strip()

    def _open(self, row: HistoryRow | None) -> None:
        if row is not None and row.other_account is not None:
            self.other_wanted.emit(row.other_account)


def _facts(history: TenancyHistory) -> Iterator[str]:
    kind = TENURE_WORDS[history.tenure]
    since = formats.day(history.start_on)
    if history.end_on is None:
        yield f"{history.tenancy_ref}: {kind} since {since}."
    else:
        yield f"{history.tenancy_ref}: {kind} from {since} to {formats.day(history.end_on)}."
    if history.trial_ends_on is not None:
        yield f"The trial ends on {formats.day(history.trial_ends_on)}."
    if history.term_ends_on is not None:
        yield f"The term ends on {formats.day(history.term_ends_on)}."
    if history.before:
        yield f"It comes from {history.before}."
    if history.succeeded:
        yield "The one succession has been used."


def _held(history: TenancyHistory) -> str:
    held = "; ".join(_holder(each) for each in history.holders)
    left = "; ".join(_holder(each) for each in history.left)
    return ". ".join(part for part in (f"Held by {held}" if held else "", f"Before: {left}" if left else "") if part)


def _holder(each: Holder) -> str:
    days = [
        f"from {formats.day(each.from_on)}" if each.from_on else "",
        f"to {formats.day(each.to_on)}" if each.to_on else "",
    ]
    return " ".join(part for part in (each.name, *days) if part)
