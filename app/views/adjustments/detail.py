"""The line that is chosen: what it is, who asked, who approved, what it did, what took it back, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from app.services.adjustments.register.dto import Part as Line
from app.services.adjustments.register.dto import RegisterDetail, Stage, Step
from app.views.adjustments.table import HISTORY, PARTS, TONES, amount_words, kind_words, state_words
from app.views.adjustments.works import CardPart
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import label, pill, restyle
from app.views.common.record_card import RecordCard, say
from app.views.common.works import Part

_DECLARED = "You declared this account, so you may not work on it: a colleague does."


class DetailCard(RecordCard):
    """The right side of the page.

    Args:
        buttons: what can be done with the line.
        parts: the tabs after what it did, its history and the working; each is made when it is first opened.
    """

    def __init__(self, buttons: Sequence[QWidget], parts: Sequence[Part] = ()) -> None:
        super().__init__("What is shown")
        self._drawers = tuple(parts)
        self._amount = label("", "title")
        self._state = pill("")
        self._about = label("", "muted", wrap=True)
        self._account = label("", wrap=True)
        self._reason = label("", wrap=True)
        self._note = label("", wrap=True)
        self._who = label("", wrap=True)
        self._did = label("", "strong", wrap=True)
        self._back = label("", "strong", wrap=True, tone="warning")
        self._why_not = label("", wrap=True)
        self.lines: ListModel[Line] = ListModel(PARTS, in_turn=True)
        self.lines_table = DataTable("What it does", self.lines, stretch="words", empty="It has no lines.")
        self.history: ListModel[Step] = ListModel(HISTORY, in_turn=True)
        self.history_table = DataTable("History", self.history, stretch="words", empty="Nothing yet.")
        self.parts.add_part("What it does", self.lines_table)
        self.parts.add_part("History", self.history_table)
        self.working = self.add_text("Working", "How the amounts were worked out")
        self.parts.add_drawers(parts)
        self.arrange((self._amount, self._state), self._said, buttons)
        self.clear()

    @property
    def _said(self) -> tuple[QLabel, ...]:
        return (
            self._about,
            self._account,
            self._reason,
            self._note,
            self._who,
            self._did,
            self._back,
            self._why_not,
        )

    def clear(self) -> None:
        """Nothing is chosen."""
        self.title.say("Nothing is chosen")
        for each in (self._amount, self._state, *self._said):
            each.setVisible(False)
        say(self._about, "Choose a line in the list to see who asked for it, who approved it and what it did.")
        self.parts.setVisible(False)

    def show_detail(self, found: RegisterDetail) -> None:
        """Show a line whole."""
        row = found.row
        self.title.say(f"{kind_words(row)} {row.number}".strip())
        self._amount.setText(amount_words(row))
        self._amount.setVisible(True)
        self._state.setText(state_words(row))
        restyle(self._state, tone=TONES.get(row.stage, "").replace("muted", ""))
        self._state.setVisible(True)
        say(self._about, row.title)
        say(self._account, f"Account {row.reference}, {row.name}" if row.account_id is not None else "")
        say(self._reason, f"Reason: {found.reasons}" if found.reasons not in {"", row.title} else "")
        say(self._note, found.note if found.note != row.title else "")
        say(self._who, _who(found))
        say(self._did, _did(found))
        say(self._back, _back(found))
        say(self._why_not, _DECLARED if row.declared else found.why_not, "warning" if row.declared else "")
        self.lines.show_rows(found.parts)
        self.history.show_rows(found.history)
        self.working.setPlainText(_working(found))
        for each in self._drawers:
            if isinstance(each, CardPart):
                self.parts.offer_drawer(each.key, offered=not each.whats or row.what in each.whats)
        self.parts.setVisible(True)


def _who(found: RegisterDetail) -> str:
    """Who asked for it, on what evidence, and who approved it."""
    row = found.row
    evidence = formats.count(found.evidence, "document") if found.evidence else "no document"
    asked = f"Asked for by {row.asked_by}, {formats.moment(row.at)}, with {evidence}."
    if row.approved_by:
        return f"{asked} Approved by {row.approved_by}."
    return f"{asked} Within the limits of whoever posted it." if row.stage is Stage.DONE else asked


def _did(found: RegisterDetail) -> str:
    """What it did."""
    row = found.row
    if row.journal is None:
        return ""
    sums = [f"{found.debit} debited"] if found.debit else []
    sums += [f"{found.credit} credited"] if found.credit else []
    did = " and ".join(sums) if not found.more else formats.count(row.lines, "line")
    return f"Journal {row.journal}, {formats.day(row.posted_on)}: {did}. {found.posted_in}".strip()


def _back(found: RegisterDetail) -> str:
    """What took it back."""
    if found.reversal_journal is not None:
        return f"Taken back by journal {found.reversal_journal}; both stay on the account."
    return ""


def _working(found: RegisterDetail) -> str:
    steps = [each for part in found.parts for each in (part.working, part.like) if each]
    if found.more:
        steps.append(f"{formats.count(found.more, 'more line')} in the ledger.")
    return "\n\n".join(dict.fromkeys(steps)) or "The amount was given as it is: nothing was worked out."
