"""Why is this the balance? The sum of an account at any date, with a chart of the weeks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Basis, Money
from app.services.ledger.dto import ExplainPart, Explanation
from app.views.common import formats
from app.views.common.boxes import VBox, emptied
from app.views.common.chart import BalanceChart
from app.views.common.flow import FlowLayout
from app.views.common.forms import choice_field, date_field, date_of
from app.views.common.parts import Card, Elided, label, row, rule, scrolled
from app.views.common.theme import scaled

_BASES: list[tuple[str, object]] = [("as known now", Basis.KNOWN), ("as reported then", Basis.REPORTED)]
_BASIS_TIPS = {
    Basis.KNOWN: "By the date each line belongs to",
    Basis.REPORTED: "By the period each line was posted in",
}


class WhyPanel(Card):
    """The balance of an account as a sum.

    Signals:
        asked(as_at, basis): the officer wants it at another date, or on the other basis.
    """

    asked = Signal(object, object)

    def __init__(self, today: date) -> None:
        super().__init__(spacing=6)
        self._title = label("Why this balance?", "heading")
        self.as_at = date_field(today, "As at")
        self.basis = choice_field(_BASES, "Basis")
        self.as_at.dateChanged.connect(self._ask)
        self.basis.currentIndexChanged.connect(self._ask)
        self._parts = VBox()
        self._parts.setSpacing(scaled(5))
        self._balance = label("", "heading")
        self._balance_name = label("Balance", "heading")
        self._basis_note = Elided("muted")
        self.chart = BalanceChart("Balance by week")
        self._chart_title = label("Balance in pounds by week", "muted")
        inside = QWidget()
        inside.setObjectName("canvas")
        body = VBox(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(scaled(6))
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._parts)
        self._rule = rule()
        body.addWidget(self._rule)
        body.addLayout(row(self._balance_name, None, self._balance))
        body.addWidget(self._basis_note)
        body.addSpacing(scaled(6))
        body.addWidget(self._chart_title)
        body.addWidget(self.chart, 1)
        body.addStretch(0)
        self._sum = (self._rule, self._balance_name, self._balance, self._chart_title, self.chart)
        scroll = scrolled(inside)
        self.column.addWidget(self._title)
        fields = FlowLayout(across=6)
        fields.addWidget(self.as_at)
        fields.addWidget(self.basis)
        self.column.addLayout(fields)
        self.column.addSpacing(scaled(4))
        self.column.addWidget(scroll, 1)
        self.clear()

    def clear(self) -> None:
        """No account is open."""
        self._title.setText("Why this balance?")
        self._words: list[str] = []
        self._empty()
        self.setEnabled(False)
        self._basis_note.say("Open an account: its balance as a sum")
        for each in self._sum:
            each.setVisible(False)

    def in_words(self) -> tuple[str, ...]:
        """The sum that is shown, a line each."""
        return tuple(self._words)

    def question(self) -> tuple[date, Basis]:
        """The date and the basis asked for."""
        return date_of(self.as_at), self.basis.value()

    def begin_at(self, today: date) -> None:
        """Another account is opened: explain it today, without asking by itself."""
        self.as_at.blockSignals(True)
        self.set_date(today)
        self.as_at.blockSignals(False)

    def set_date(self, as_at: date) -> None:
        """Ask for this date; `asked` follows if it is another."""
        self.as_at.setDate(self.as_at.date().fromString(as_at.isoformat(), "yyyy-MM-dd"))

    def show_explanation(self, found: Explanation) -> None:
        """Show the sum."""
        self.setEnabled(True)
        self._empty()
        self._title.setText(f"Why {found.balance.dr_cr()}?")
        self._words = [f"Balance brought forward {found.brought_forward.dr_cr()}"]
        self._add("Balance brought forward", found.brought_forward)
        for part in found.parts:
            self._words.append(f"{_part_words(part)} {part.amount.dr_cr()}")
            self._add(_part_words(part), part.amount)
        self._words.append(f"Balance at {formats.day(found.as_at)} {found.balance.dr_cr()}")
        self._balance.setText(found.balance.dr_cr())
        self._basis_note.say(_BASIS_TIPS[found.basis])
        self.chart.show_points([(week.week_on, week.balance) for week in found.weeks])
        for each in self._sum:
            each.setVisible(bool(found.weeks) or each not in {self._chart_title, self.chart})

    def _add(self, words: str, amount: Money) -> None:
        name = Elided()
        name.say(words)
        line = row(name, label(amount.dr_cr()))
        line.setStretch(0, 1)
        self._parts.addLayout(line)

    def _empty(self) -> None:
        emptied(self._parts)

    def _ask(self) -> None:
        self.asked.emit(*self.question())


def _part_words(part: ExplainPart) -> str:
    return f"{part.label}, {part.how_often}" if part.how_often else part.label
