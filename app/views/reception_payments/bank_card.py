"""The card of a bank line: all that the bank says, what it is likely to be and why, or what it was matched with."""

from __future__ import annotations

from typing import Final

from app.models.values import BankLineState, Money
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank.kept import PARTS, LineRow, MatchRow, OtherPart
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, label, pill, restyle, row
from app.views.reception_payments.bank_tables import ENTRIES, Shown, line_words

NOTHING: Final = "Choose a line to see what it is. Ctrl+L loads a statement."
_UNKNOWN: Final = (
    "Nothing that was receipted comes to it, no account's reference stands in it, and no rule has its words. "
    "Enter looks through what is in transit."
)
_SURE: Final = "Nothing else fits, and it comes to the penny."
_WAITS: Final = "Approvals has it. To match the line otherwise, whoever asked takes the request back there."
_UNSURE: Final = "Look at it before you take it: Enter shows what it would bring."


class LineCard(Card):
    """A line of the bank."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.shown: Shown | None = None
        self.match: MatchRow | None = None
        self.title = Elided("heading")
        self.acts = FlowLayout(right=True)
        self._state = pill("")
        self._facts = label(NOTHING, "muted", wrap=True, selectable=True)
        self._why = label("", "strong", wrap=True, selectable=True)
        self._words = label("", wrap=True, selectable=True)
        self.entries: ListModel[ControlEntry] = ListModel(ENTRIES)
        self.table = DataTable("What it brought", self.entries, stretch="source", empty="Nothing of the ledger.")
        head = row(self._state, self.acts, spacing=12)
        head.setStretch(1, 1)
        self.column.addLayout(head)
        for each in (self.title, self._facts, self._why, self._words):
            self.column.addWidget(each)
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)
        self.clear()

    def show_line(self, shown: Shown) -> None:
        """Show a line as the list has it."""
        self.shown, self.match = shown, None
        line = shown.line
        self.title.say(line_words(line))
        self._facts.setText(_facts(line))
        open_ = line.state is BankLineState.OPEN
        self._state.setText("Open" if open_ else "Matched")
        restyle(self._state, tone="warning" if open_ else "good")
        self._state.setVisible(True)
        self._why.setText(_why(shown) if open_ else "")
        sure = shown.proposal is not None and shown.proposal.sure
        known = _UNKNOWN if shown.proposal is None else _SURE if sure else _UNSURE
        if shown.request_id is not None:
            known = _WAITS
        self._words.setText(known if open_ else "")
        self._why.setVisible(open_)
        self._words.setVisible(open_)
        self.table.setVisible(False)

    def show_match(self, match: MatchRow) -> None:
        """Show what the line was matched with."""
        self.match = match
        self._why.setText(
            f"Matched {formats.moment(match.made_at)} by {match.made_by}, journal {match.journal}. "
            f"{formats.count(len(match.lines), 'line')} of {match.amount}."
        )
        parts = [_part(each) for each in match.parts]
        self._words.setText("\n".join(each for each in (*parts, match.words) if each))
        self._why.setVisible(True)
        self._words.setVisible(bool(self._words.text()))
        self.entries.show_rows(match.entries)
        self.table.setVisible(bool(match.entries))

    def clear(self) -> None:
        """No line is chosen."""
        self.shown = self.match = None
        self.title.say("")
        self._facts.setText(NOTHING)
        for each in (self._state, self._why, self._words, self.table):
            each.setVisible(False)


def _facts(line: LineRow) -> str:
    said = [line.reference, line.narrative if line.narrative != line.reference else ""]
    kind = f"The bank calls it {line.kind}" if line.kind else ""
    return "\n".join(each for each in (*said, kind, f"{line.bank}, line {line.place} of its statement") if each)


def _why(shown: Shown) -> str:
    if shown.request_id is not None:
        return f"{shown.words}."
    if shown.proposal is None:
        return "Nobody knows what it is."
    return f"{'It is' if shown.proposal.sure else 'Perhaps it is'}: {shown.proposal.why}"


def _part(part: OtherPart) -> str:
    words = f": {part.words}" if part.words else ""
    return f"{PARTS[part.part]} {Money(part.pence)}{words}"
