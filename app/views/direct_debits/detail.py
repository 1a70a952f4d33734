"""The mandate that is chosen: whose it is, how it stands, its bank account masked, what the bank was sent, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import MandateState, MandateWay
from app.services.direct_debits.mandates.dto import (
    INSTRUCTIONS,
    SENT_AS,
    STATES,
    WAYS,
    BankRow,
    InstructionRow,
    MandateDetail,
    StepRow,
)
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, pill, restyle
from app.views.common.record_card import RecordCard, say
from app.views.common.works import Part
from app.views.direct_debits.table import BANKS, HISTORY, SENT, TONES

_DECLARED: Final = "You declared this account, so you may not work on it: a colleague does."
_SHUT: Final = "A restricted record: only named officers may open it."
_ENDED: Final = frozenset({MandateState.CANCELLED, MandateState.DORMANT, MandateState.EXPIRED})


class MandateCard(RecordCard):
    """The right side of the page.

    Args:
        buttons: what can be done with the mandate.
        parts: the tabs after its history; each is made when it is first opened.
    """

    def __init__(self, buttons: Sequence[QWidget], parts: Sequence[Part] = ()) -> None:
        super().__init__("What is shown")
        self._state = pill("")
        self._since = label("", "muted")
        self._account = label("", wrap=True)
        self._why = label("", wrap=True)
        self._bank = label("", wrap=True)
        self._others = label("", wrap=True)
        self._next = label("", "strong", wrap=True)
        self._sent = label("", wrap=True)
        self._given = label("", "muted", wrap=True)
        self._note = label("", wrap=True)
        self._why_not = label("", wrap=True)
        self.banks: ListModel[BankRow] = ListModel(BANKS, in_turn=True)
        self.sent: ListModel[InstructionRow] = ListModel(SENT, in_turn=True)
        self.history: ListModel[StepRow] = ListModel(HISTORY, in_turn=True)
        self._add_parts(parts)
        self.arrange((self._state, self._since), self._said, buttons)
        self.clear()

    @property
    def _said(self) -> tuple[QLabel, ...]:
        return (
            self._why,
            self._account,
            self._others,
            self._next,
            self._bank,
            self._sent,
            self._given,
            self._note,
            self._why_not,
        )

    def _add_parts(self, parts: Sequence[Part]) -> None:
        """The schedule first, then what was done and what the bank has, then the rest."""
        self.parts.add_drawers(parts[:1])
        history = DataTable("History of the mandate", self.history, stretch="words", empty="Nothing yet.")
        self.parts.add_part("History", history)
        bank = QWidget()
        sent = DataTable("Sent to the bank", self.sent, stretch="state", empty="Nothing was sent, and nothing waits.")
        banks = DataTable("Bank accounts of the mandate", self.banks, stretch="holder", empty="None.")
        column(bank, sent, banks, spacing=6)
        self.parts.add_part("Bank", bank)
        self.parts.add_drawers(parts[1:])

    def clear(self) -> None:
        """Nothing is chosen."""
        self.title.say("No mandate is chosen")
        for each in (self._state, self._since, *self._said):
            each.setVisible(False)
        say(self._account, "Choose one in the list to see how it stands, what the bank was sent and what comes next.")
        self.parts.setVisible(False)

    def show_mandate(self, found: MandateDetail) -> None:
        """Show a mandate whole."""
        row = found.row
        self.title.say(f"Mandate {row.reference}")
        self._state.setText(STATES[row.state])
        restyle(self._state, tone=TONES[row.state].replace("muted", ""))
        self._state.setVisible(True)
        say(self._since, f"since {formats.day(row.state_on)}")
        say(self._why, _why(found))
        say(self._account, _pays(found))
        say(self._others, _others(found), "warning")
        say(self._next, _next(found))
        say(self._bank, _bank(found))
        say(self._sent, _sent(found))
        say(self._given, _given(found))
        say(self._note, found.note)
        why_not = _SHUT if row.shut else _DECLARED if row.declared else found.why_not
        say(self._why_not, why_not, "warning" if row.declared else "")
        self.banks.show_rows(found.banks)
        self.sent.show_rows(found.instructions)
        self.history.show_rows(found.history)
        self.parts.setVisible(True)


def _why(found: MandateDetail) -> str:
    """Why it is so, and by when somebody looks."""
    row = found.row
    why = f"{row.state_why.rstrip('.')}." if row.state_why else ""
    look = f"Somebody looks by {formats.day(row.resume_on)}." if row.resume_on else ""
    return f"{why} {look}".strip()


def _pays(found: MandateDetail) -> str:
    """Whose account it is on, who pays, and which other accounts it pays."""
    row = found.row
    account = "  ".join(each for each in (row.account, row.name) if each)
    payer = f", paid by {row.payer}" if row.payer and row.payer != row.name else ""
    others = [f"{each.kind.lower()} {each.reference}" for each in found.accounts if each.account_id != row.account_id]
    return f"Account {account}{payer}.{_also(others)}"


def _also(others: Sequence[str]) -> str:
    return f" It also pays: {', '.join(others)}." if others else ""


def _others(found: MandateDetail) -> str:
    """Which other mandates pay the same, and how to say that both collect."""
    if not found.others:
        return ""
    return f"{' '.join(found.others)} Cancel one of the two, or tick that both collect (Ctrl+Shift+H)."


def _next(found: MandateDetail) -> str:
    row = found.row
    if row.next_on is not None and row.next_amount is not None:
        first = "First collection" if found.first_collected_on is None else "Next collection"
        return f"{first} {row.next_amount} on {formats.weekday(row.next_on)}."
    if row.state is MandateState.SUSPENDED:
        return "Nothing is collected while it is suspended."
    return "" if row.state in _ENDED else "No collection is planned."


def _bank(found: MandateDetail) -> str:
    if not found.banks:
        return ""
    bank = found.banks[0]
    where = ", ".join(part for part in (bank.bank_name, bank.branch) if part)
    return f"Bank account {bank.masked.account_number} in the name of {bank.holder}{f', {where}' if where else ''}."


def _sent(found: MandateDetail) -> str:
    """What is on its way to the bank, or stands there."""
    if not found.instructions:
        return "From another system, where it was lodged: nothing is sent." if not found.lodged_on else ""
    last = found.instructions[0]
    words = f"{SENT_AS.get(last.code, last.code.value)}: {INSTRUCTIONS[last.state].lower()}"
    on = f", processed {formats.day(last.processing_on)}" if last.processing_on else ""
    waits = found.collect_from
    from_on = f" Collections from {formats.day(waits)}." if waits and _not_yet(found, waits) else ""
    return f"{words}{on}.{from_on}"


def _not_yet(found: MandateDetail, from_on: date) -> bool:
    return found.first_collected_on is None or found.first_collected_on < from_on


def _given(found: MandateDetail) -> str:
    """How it was given, with the script."""
    row = found.row
    form = f", form {found.form_number}" if found.form_number else ""
    loaded = row.way is MandateWay.LOADED
    given = f"{'From another system, given' if loaded else WAYS[row.way]} on {formats.day(found.given_on)}{form}"
    ticked = [words for words, done in found.script if done]
    open_ = [words for words, done in found.script if not done]
    script = f" Ticked: {'; '.join(ticked)}." if ticked else ""
    left = f" Not ticked: {'; '.join(open_)}." if open_ and ticked else ""
    sent = f" Confirmed {formats.day(row.confirmed_on)}." if row.confirmed_on else " Not confirmed yet."
    return f"{given}.{script}{left}{sent}"
