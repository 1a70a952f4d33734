"""The instalment as a sum: its parts, what they come to, over how many dates, and what is forecast for the end of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.direct_debits.schedules.dto import PARTS, Explained, SumLine, Worked
from app.views.common import formats
from app.views.common.boxes import VBox, emptied
from app.views.common.parts import Elided, column, label, restyle, row, rule
from app.views.common.theme import scaled

NOTHING: Final = "No schedule is in force: nothing is collected."
_FORECAST: Final = "At the end of the year"


class SumPanel(QWidget):
    """A sum, a line each; what lowers it is said in words, as is whether the forecast is owed or in credit."""

    def __init__(self, name: str = "The instalment as a sum") -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._name = name
        self._said = label("", "strong", wrap=True)
        self._lines = VBox()
        self._lines.setSpacing(scaled(3))
        self._left = label("", "muted", wrap=True)
        self._spoken: list[str] = []
        column(self, self._said, self._lines, self._left, spacing=6)
        self.clear()

    def clear(self, words: str = NOTHING, *, wrong: bool = False) -> None:
        """Show a sentence instead of a sum."""
        self._show((), words, ())
        restyle(self._said, tone="bad" if wrong else "")

    def show_explained(self, found: Explained) -> None:
        """Show how a schedule came about."""
        self._show(found.lines, found.said, ())

    def show_worked(self, found: Worked, accounts: Mapping[int, str], said: str = "") -> None:
        """Show what would be collected; `accounts` are the payment references, told where there are several."""
        self._show(lines_of(found, accounts), said or said_of(found), found.left)

    def text(self) -> str:
        """All of it as it is read out."""
        return "\n".join(self._spoken)

    def _show(self, lines: Sequence[SumLine], said: str, left: Sequence[str]) -> None:
        emptied(self._lines)
        restyle(self._said, tone="")
        self._said.setText(said)
        self._left.setText("\n".join(left))
        self._left.setVisible(bool(left))
        self._spoken = [said, *(f"{each.label} {amount_words(each)} {each.words}".strip() for each in lines), *left]
        before: SumLine | None = None
        for line in lines:
            if line.strong and not (before and before.strong):
                self._lines.addWidget(rule())
            self._lines.addLayout(_line(line))
            before = line
        self.setAccessibleName(f"{self._name}: {self.text()}")


def amount_words(line: SumLine) -> str:
    """The amount of a line: what is taken off with `less`, a forecast as owed or in credit."""
    if line.amount is None:
        return ""
    if line.balance:
        return line.amount.dr_cr()
    return f"less {abs(line.amount)}" if line.amount.pence < 0 else str(line.amount)


def lines_of(found: Worked, accounts: Mapping[int, str]) -> tuple[SumLine, ...]:
    """What was worked out, line by line, as that of a kept schedule is."""
    whose = {each: f"{reference}: " for each, reference in accounts.items()} if len(accounts) > 1 else {}
    parts = [
        SumLine(PARTS[part.kind], f"{whose.get(part.account_id, '')}{part.words}", part.amount) for part in found.parts
    ]
    parts.append(SumLine("To collect", "", found.total, strong=True))
    if found.count:
        dates = formats.count(found.count, "date")
        parts.append(SumLine(f"Over {dates}", _each(found), found.usual, strong=True))
    else:
        parts.append(SumLine("Nothing is collected", found.why, None, strong=True))
    ends = f"forecast balance on {formats.day(found.ends_on)}"
    return (*parts, SumLine(_FORECAST, ends, found.forecast, balance=True))


def said_of(found: Worked) -> str:
    """The sum in one sentence."""
    if not found.count:
        return found.why or "Nothing is collected."
    first = found.planned[0]
    begins = f"the first {first.amount} on {formats.weekday(first.due_on)}"
    if found.count == 1:
        return f"One collection of {first.amount} on {formats.weekday(first.due_on)}."
    return f"{formats.count(found.count, 'collection')} {found.terms.words}: {begins}, then {found.usual} each."


def _each(found: Worked) -> str:
    others = found.count - 1
    if found.first == found.usual or not others:
        return f"{found.count} of {found.usual}"
    return f"the first {found.first} and {others} of {found.usual}"


def _line(line: SumLine) -> VBox:
    """What it is and the amount, and under it how it comes about."""
    role = "strong" if line.strong else ""
    name = Elided(role)
    name.say(line.label)
    amount = label(amount_words(line), role)
    above = row(name, amount)
    above.setStretch(0, 1)
    made = VBox()
    made.setSpacing(0)
    made.addLayout(above)
    if line.words:
        made.addWidget(label(line.words, "muted", wrap=True))
    return made


def difference(was: Money | None, now: Money | None) -> str:
    """How an instalment changes, in words."""
    if was is None or now is None:
        return "begins" if was is None else "ends"
    moved = now - was
    return f"{abs(moved)} {'more' if moved.pence > 0 else 'less'}" if moved else "the same"
