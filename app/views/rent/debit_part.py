"""The Direct Debit of an account on its card: how its mandate stands, the next collections, and the instalment as a sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import CollectionState, MandateState
from app.services.direct_debits.mandates.dto import STATES
from app.services.direct_debits.of_account import DebitsOfAccount, MandateOf
from app.services.direct_debits.schedules.dto import CollectionRow, SumLine
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled

_NONE: Final = "No Direct Debit pays this account."
_NO_SUM: Final = "No schedule is worked out."
_TONES: Final = {MandateState.LIVE: "good", MandateState.SUSPENDED: "bad", MandateState.CANCELLED: "muted"}
_FIRST: Final = 3


def _ahead(found: MandateOf) -> Sequence[CollectionRow]:
    """What is to be collected next; of a suspended mandate only what a run has already."""
    stopped = found.mandate.state is MandateState.SUSPENDED
    return [each for each in found.collections if not stopped or each.state is CollectionState.IN_RUN]


def _first(found: MandateOf) -> CollectionRow | None:
    return next(iter(_ahead(found)), None)


_MANDATES: tuple[Column[MandateOf], ...] = (
    Column("reference", "Mandate", lambda row: row.mandate.reference, 130, firm=True),
    Column(
        "state",
        "State",
        lambda row: STATES[row.mandate.state],
        130,
        tone=lambda row: _TONES.get(row.mandate.state, "warning"),
        floor=84,
    ),
    Column("since", "Since", lambda row: row.mandate.state_on, 92, holds=Holds.DATE, least=2),
    Column("next", "Next", lambda row: first.due_on if (first := _first(row)) else None, 92, holds=Holds.DATE),
    money_column("amount", "Amount", lambda row: first.amount if (first := _first(row)) else None, 84),
    Column("payer", "Payer", lambda row: row.mandate.payer, 140, least=3, floor=100),
    Column("bank", "Bank", lambda row: row.mandate.bank, 84, least=1),
)


def _amount(line: SumLine) -> str:
    """The amount of a line; a forecast says whether it is owed."""
    if line.amount is None:
        return ""
    return formats.balance(line.amount) if line.balance else line.amount.plain()


_SUM: tuple[Column[SumLine], ...] = (
    Column("label", "The instalment", lambda line: line.label, 150, floor=110),
    Column("words", "", lambda line: line.words, 320, floor=160),
    Column("amount", "Amount", lambda line: line.amount, 110, shown=_amount, right=True, holds=Holds.POUNDS),
)


class DebitPart(QWidget):
    """Two tables: the mandates that pay the account, and how the instalment of the one that is chosen comes about.

    Signals:
        opened(mandate_id): Enter or a click: show the mandate on the tab Direct Debits.
        set_up_wanted: set one up for this account.
    """

    opened = Signal(int)
    set_up_wanted = Signal()

    def __init__(self, *, may_set_up: bool) -> None:
        super().__init__()
        self._may_set_up = may_set_up
        self.mandates: ListModel[MandateOf] = ListModel(_MANDATES, in_turn=True)
        self.table = DataTable("Direct Debits of the account", self.mandates, stretch="state", empty=_NONE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.sums: ListModel[SumLine] = ListModel(_SUM, in_turn=True)
        self.sum = DataTable("How the instalment is worked out", self.sums, stretch="words", empty=_NO_SUM)
        self._said = label("", "muted", wrap=True)
        self.set_up = button("&Set one up", icon="plus", key="Ins", tip="Set up a Direct Debit for this account")
        self.open = button("&Open", icon="bank-transfer", key="Enter", tip="Show the mandate on the tab Direct Debits")
        head = row(self._said, self.set_up, self.open)
        head.setStretch(0, 1)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        lines = column(self, head, self.table, self.sum, spacing=4)
        lines.setStretch(1, 2)
        lines.setStretch(2, 5)
        self._join()
        self.show_debits(None)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Its key leads to the table; a focus proxy would hide the buttons over it from Tab."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def show_debits(self, found: DebitsOfAccount | None) -> None:
        """Show these; nothing where no account is open."""
        self.mandates.show_rows(found.mandates if found else ())
        if found and found.mandates:
            self.table.go_to(0)
        self._follow(self.table.row())

    def _join(self) -> None:
        action = QAction(self.table)
        action.setShortcut(QKeySequence("Ins"))
        action.triggered.connect(self.set_up_wanted)
        self.table.addAction(action)
        action.setEnabled(self._may_set_up)
        self.set_up.setVisible(self._may_set_up)
        self.set_up.clicked.connect(self.set_up_wanted)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)

    def _open(self, found: MandateOf | None) -> None:
        if found is not None:
            self.opened.emit(found.mandate.mandate_id)

    def _follow(self, found: MandateOf | None) -> None:
        self.open.setEnabled(found is not None)
        self.sums.show_rows(_lines(found))
        self._said.setText(_about(found) if found else _NONE)


def _lines(found: MandateOf | None) -> Sequence[SumLine]:
    return found.explained.lines if found is not None and found.explained is not None else ()


def _about(found: MandateOf) -> str:
    """Why it is as it is, and what comes next."""
    mandate = found.mandate
    since = f"{STATES[mandate.state]} since {formats.day(mandate.state_on)}"
    why = f"{since}: {mandate.state_why.rstrip('.')}." if mandate.state_why else f"{since}."
    ahead = ", ".join(f"{each.amount} on {formats.day(each.due_on)}" for each in _ahead(found)[:_FIRST])
    if ahead:
        return f"{why} Next: {ahead}."
    return f"{why} Nothing is collected while it is suspended." if mandate.state is MandateState.SUSPENDED else why
