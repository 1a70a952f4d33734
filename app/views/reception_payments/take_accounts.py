"""The accounts that a caller pays: what is owed on each, what is paid now, and what is left after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.models.values import ZERO, Money
from app.services.reception_payments.callers.dto import OwedRow, net, rent_arrears
from app.views.common import formats
from app.views.common.fields_money import MoneyField
from app.views.common.parts import column, label, restyle, row
from app.views.common.theme import scaled

_HEADS: Final = ("Account", "Owed", "Pay now", "After")
_FIELD: Final = 104
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AccountsGrid(QWidget):
    """A row for each account, with a field for what is paid on it.

    Signals:
        typed: an amount of one account is typed by hand.
        made(field): a field for an amount was made.
    """

    typed = Signal()
    made = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OwedRow, ...] = ()
        self.fields: dict[int, MoneyField] = {}
        self._after: dict[int, QLabel] = {}
        self._told = False
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(14))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(0, 1)
        self._rent = label("", "strong")
        self._net = label("", "muted")
        column(self, self._grid, row(self._rent, None, self._net), spacing=8)

    def show_rows(self, rows: Sequence[OwedRow], *, told: bool) -> None:
        """Show these accounts; figures only where the caller may be told of them. What was typed on them stays."""
        kept = {key: field.text() for key, field in self.fields.items()}
        self._empty()
        self.rows, self._told = tuple(rows), told
        for at, words in enumerate(_HEADS if rows else ()):
            if told or words in {"Account", "Pay now"}:
                self._put(0, at, label(words, "muted"), right=at > 0)
        for line, owed in enumerate(rows, start=1):
            self._add(line, owed, kept.get(owed.account_id, ""))
        shown = told and len(rows) > 0
        arrears, position = rent_arrears(self.rows), net(self.rows)
        self._rent.setText(f"Rent arrears {arrears.dr_cr()}" if arrears else "No rent arrears")
        restyle(self._rent, tone="bad" if arrears else "")
        self._net.setText(f"All accounts together {position.dr_cr()}")
        self._rent.setVisible(shown)
        self._net.setVisible(shown and len(rows) > 1)
        self._follow()

    def pay(self, parts: Mapping[int, Money]) -> None:
        """Fill in what each account gets."""
        for account_id, field in self.fields.items():
            blocked = QSignalBlocker(field)
            field.set_value(parts.get(account_id))
            blocked.unblock()
        self._follow()

    def parts(self) -> dict[int, Money]:
        """What each account gets, of those that get something."""
        values = {account_id: field.value() for account_id, field in self.fields.items()}
        return {account_id: amount for account_id, amount in values.items() if amount}

    def total(self) -> Money:
        """What all of them get."""
        return sum(self.parts().values(), ZERO)

    def problem(self) -> str:
        """What is wrong with an amount; empty where nothing is."""
        return next((problem for field in self.fields.values() if (problem := field.problem())), "")

    def _add(self, line: int, owed: OwedRow, typed: str) -> None:
        words = f"{owed.title}\n{owed.reference}" if self._told else f"Account {owed.reference}"
        if self._told and owed.ended_on is not None:
            words += f", ended {formats.day(owed.ended_on)}"
        if self._told and owed.due:
            words += f"\n{owed.due} arrangement due"
        self._put(line, 0, label(words, wrap=True))
        if self._told:
            self._put(line, 1, label(owed.balance.dr_cr(), tone="bad" if owed.balance.pence > 0 else ""), right=True)
        field = MoneyField()
        field.setFixedWidth(scaled(_FIELD))
        field.setAccessibleName(f"Pay now on {owed.reference}")
        field.setText(typed)
        field.changed.connect(self._follow)
        field.textEdited.connect(lambda _text: self.typed.emit())
        field.returnPressed.connect(field.focusNextChild)
        self._put(line, 2, field)
        self.made.emit(field)
        self.fields[owed.account_id] = field
        if self._told:
            self._after[owed.account_id] = label("", "muted")
            self._put(line, 3, self._after[owed.account_id], right=True)

    def _put(self, line: int, at: int, shown: QWidget, *, right: bool = False) -> None:
        if right and isinstance(shown, QLabel):
            shown.setAlignment(_RIGHT)
        self._grid.addWidget(shown, line, at)

    def _empty(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.hide()
                shown.deleteLater()
        self.fields, self._after = {}, {}

    def _follow(self) -> None:
        balances = {each.account_id: each.balance for each in self.rows}
        for account_id, after in self._after.items():
            paid = self.fields[account_id].value()
            after.setText((balances[account_id] - paid).dr_cr() if paid else "")
