"""The section Cases: claims under the Guarantee with their clocks, queries of banks, our mistakes; the card of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import DebitCaseKind, DebitCaseState
from app.services.direct_debits.cases.dto import (
    KINDS,
    OUTCOMES,
    STATES,
    CaseAct,
    CaseDetail,
    CaseRow,
    CaseView,
    TrailLine,
)
from app.services.workbench.listing import Holds
from app.views.common import formats, icons
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, pill, restyle, row, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

CHOICES: Final = (
    ("Open", CaseView.OPEN),
    ("To challenge", CaseView.CLOCK),
    ("To post", CaseView.TO_POST),
    ("Closed", CaseView.CLOSED),
)
_CHOOSE: Final = "Choose a case to see what happened. One is opened from its mandate, or by a bank's report of claims."
_SHORT: Final = {
    DebitCaseKind.INDEMNITY: "Claim",
    DebitCaseKind.BANK_QUERY: "Query",
    DebitCaseKind.OUR_ERROR: "Mistake",
}
_ICONS: Final = {
    CaseAct.CHALLENGE: "gavel",
    CaseAct.NOTE: "phone-outline",
    CaseAct.LETTER: "email-outline",
    CaseAct.REFUND: "cash-refund",
    CaseAct.CLOSE: "check",
}
_LEAST: Final = 560
_TRAIL: Final = 170
_WORRIES: Final = 2
"""Working days to challenge that are told in colour."""


def next_words(each: CaseRow) -> str:
    """What is next in a case, in words."""
    if each.to_post:
        return "Post: the bank has it"
    if each.state is DebitCaseState.CLOSED:
        return OUTCOMES[each.outcome] if each.outcome is not None else STATES[each.state]
    if each.days_left is not None:
        return f"{_challenge(each)}, {formats.count(each.days_left, 'day')} left"
    if each.debit_on is not None and each.journal is None:
        return f"The bank takes it {formats.day(each.debit_on)}"
    return "Challenged: wait for the bank" if each.state is DebitCaseState.CHALLENGED else "To answer"


def _challenge(each: CaseRow) -> str:
    return f"Challenge by {formats.day(each.challenge_by)}"


def _shorter_next(each: CaseRow) -> tuple[str, ...]:
    waits = each.days_left is not None and not each.to_post and each.state is not DebitCaseState.CLOSED
    return (_challenge(each),) if waits else ()


def _tone(each: CaseRow) -> str:
    if each.to_post or (each.days_left is not None and each.days_left <= _WORRIES):
        return "bad"
    return "warning" if each.days_left is not None else ""


CASES: tuple[Column[CaseRow], ...] = (
    Column("number", "Case", lambda each: each.number, 52, right=True, holds=Holds.NUMBER, firm=True),
    Column("kind", "Of", lambda each: _SHORT[each.kind], 72, firm=True),
    Column("reference", "Mandate", lambda each: each.reference, 140, firm=True, least=2),
    Column("payer", "Payer", lambda each: each.payer, 130, floor=90, least=1, shorter=lambda e: shorter_names(e.payer)),
    money_column("amount", "Amount", lambda each: each.amount if each.amount.pence else None, 86),
    Column("opened_on", "Opened", lambda each: each.opened_on, 92, least=5),
    Column("next", "Next", next_words, 240, floor=176, tone=_tone, shorter=_shorter_next),
    Column("officer", "Officer", lambda each: each.officer, 120, spare=True),
)
TRAIL: tuple[Column[TrailLine], ...] = (
    Column("on", "Day", lambda each: each.on, 92),
    Column("what", "What", lambda each: each.what, 170, floor=130),
    Column("words", "Words", lambda each: each.words, 320, floor=240),
    money_column("amount", "Amount", lambda each: each.amount, 86),
    Column("officer", "Officer", lambda each: each.officer, 120, floor=110, least=1),
)


class CasesPage(RegisterPage[CaseRow]):
    """The section Cases.

    Signals:
        case_chosen(CaseRow or None): show it on the card.
        act_wanted(CaseAct or str, CaseDetail): do this with the case that is shown.
        post_wanted: post what banks have taken.
    """

    case_chosen = Signal(object)
    act_wanted = Signal(object, object)
    post_wanted = Signal()
    evidence_wanted = Signal(object)
    mandate_wanted = Signal(int)

    def __init__(self, *, may_keep: bool, may_post: bool, may_write: bool, may_refund: bool) -> None:
        super().__init__(
            "Cases",
            CASES,
            stretch="next",
            choices=CHOICES,
            placeholder="A case's number, mandate, payer or officer",
            noun=("case", "cases"),
            empty="No case is here. A claim that a bank reports opens one; others are opened from their mandate.",
            key=lambda each: each.case_id,
            areas=frozenset({"direct_debits", "diary"}),
            help_topic="direct_debits",
        )
        self.action(
            "Ctrl+O", "Its mandate", "account-outline", self._mandate, fits=lambda each: each.account_id is not None
        )
        if may_post:
            self.offer("Ctrl+Shift+Return", "Post what banks took", "check-all", self.post_wanted.emit)
        self._allowed = frozenset(
            act
            for act, may in (
                (CaseAct.CHALLENGE, may_keep),
                (CaseAct.CLOSE, may_keep),
                (CaseAct.NOTE, may_keep),
                (CaseAct.REFUND, may_refund),
                (CaseAct.LETTER, may_write),
            )
            if may
        )
        self._may_keep = may_keep
        self.table.chosen.connect(self.case_chosen)

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen case beside it."""
        self.detail: CaseDetail | None = None
        self._title, self._state = label("", "title", wrap=True), pill("")
        self._facts = label(_CHOOSE, "muted", wrap=True, selectable=True)
        self.acts = {
            CaseAct.CHALLENGE: self.add_key("F7", "Challenge", lambda: self._want(CaseAct.CHALLENGE)),
            CaseAct.NOTE: self.add_key("Ctrl+M", "Note a call", lambda: self._want(CaseAct.NOTE)),
            CaseAct.LETTER: self.add_key("F9", "Write to the bank", lambda: self._want(CaseAct.LETTER)),
            CaseAct.REFUND: self.add_key("Ctrl+Shift+F4", "Refund", lambda: self._want(CaseAct.REFUND)),
            CaseAct.CLOSE: self.add_key("Ctrl+Return", "Close the case", lambda: self._want(CaseAct.CLOSE)),
        }
        self.evidence = self.add_key("F8", "Keep the evidence", self._evidence)
        self._buttons_of: dict[CaseAct, QPushButton] = {}
        head = FlowLayout(right=True)
        head.addWidget(action_button(self.evidence, icon="file-sign"))
        for act, action in self.acts.items():
            self._buttons_of[act] = action_button(action, icon=_ICONS[act])
            head.addWidget(self._buttons_of[act])
        self._arrange_beside(listed, head)
        self.show_nothing()

    def _arrange_beside(self, listed: Card, head: FlowLayout) -> None:
        """The card of the chosen case, with what happened under it, beside the list."""
        top = row(self._title, self._state, spacing=12)
        top.setStretch(0, 1)
        card = Card()
        card.column.addLayout(head)
        card.column.addLayout(top)
        card.column.addWidget(self._facts)
        self.trail: ListModel[TrailLine] = ListModel(TRAIL, in_turn=True)
        self._happened = DataTable("What happened", self.trail, stretch="words", empty="Nothing is noted.")
        self._line = label("", wrap=True, selectable=True)
        self._happened.chosen.connect(self._show_line)
        said = row(self._line)
        said.setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(6))
        beside = QWidget()
        beside.setObjectName("canvas")
        happened = self._below = Card(margins=(0, 0, 0, 0))
        happened.setMinimumHeight(scaled(_TRAIL))
        happened.column.addLayout(column(None, self._happened, said, spacing=2))
        whole = column(beside, card, happened, spacing=12)
        whole.setStretch(1, 1)
        whole.addStretch()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 440, 700, 440), Pane(beside, 430, 660, 480)), _LEAST))
        column(self, scrolled(inside))

    def show_found(self, rows: Sequence[CaseRow]) -> None:
        """Show the cases in which what is typed stands; the card follows the chosen one."""
        self.show_rows(self.found_among(rows, _text))
        self.case_chosen.emit(self.table.row() if self.model.rows else None)

    def show_case(self, found: CaseDetail) -> None:
        """Show the chosen case."""
        self.detail = found
        shown = found.row
        self._title.setText(f"Case {shown.number}: {KINDS[shown.kind]}")
        self._state.setText(STATES[shown.state])
        self._state.setVisible(True)
        restyle(self._state, tone=_tone(shown))
        self._facts.setText(_facts(found))
        self.trail.show_rows(found.trail)
        self._below.setVisible(True)
        self._title.setVisible(True)
        for act, action in self.acts.items():
            action.setVisible(act in found.may and act in self._allowed)
            action.setEnabled(act in found.may and act in self._allowed)
        self.evidence.setVisible(self._may_keep)
        self._mark_primary()

    def _mark_primary(self) -> None:
        """While a claim can be challenged that is what is next; afterwards it is to close the case."""
        next_ = CaseAct.CHALLENGE if self.acts[CaseAct.CHALLENGE].isEnabled() else CaseAct.CLOSE
        for act, shown in self._buttons_of.items():
            restyle(shown, role="primary" if act is next_ else "")
            icons.dress(shown, _ICONS[act], "on_brand" if act is next_ else "brand")

    def show_nothing(self) -> None:
        """No case is chosen."""
        self.detail = None
        self._title.setText("")
        self._facts.setText(_CHOOSE)
        self._state.setVisible(False)
        self._show_line(None)
        self._below.setVisible(False)
        self._title.setVisible(False)
        self.trail.show_rows(())
        for action in self.acts.values():
            action.setVisible(False)
        self.evidence.setVisible(False)

    def _want(self, act: CaseAct) -> None:
        if self.detail is not None and act in self.detail.may and act in self._allowed:
            self.act_wanted.emit(act, self.detail)

    def _show_line(self, line: TrailLine | None) -> None:
        """The words of the chosen line whole, and whose they are."""
        by = f" ({line.officer})" if line is not None and line.officer else ""
        self._line.setText(f"{line.words}{by}" if line is not None else "")
        self._line.setVisible(line is not None)

    def _evidence(self) -> None:
        if self.detail is not None:
            self.evidence_wanted.emit(self.detail)

    def _mandate(self, each: CaseRow) -> None:
        self.mandate_wanted.emit(each.mandate_id)


def _text(each: CaseRow) -> str:
    return (
        f"{each.number} {KINDS[each.kind]} {each.reference} {each.payer} {each.officer} {each.words} {next_words(each)}"
    )


def _facts(found: CaseDetail) -> str:
    shown = found.row
    said = [f"{shown.reference}, {shown.payer}: {shown.amount}. {shown.words}"]
    if shown.challenge_by is not None and shown.debit_on is not None:
        said.append(
            f"To be challenged by {formats.weekday(shown.challenge_by)}; "
            f"the bank takes the money on {formats.weekday(shown.debit_on)}."
        )
    if shown.journal is not None:
        said.append(f"On the accounts by journal {shown.journal:,}.")
    if found.bank_reference:
        said.append(f"The paying bank's reference: {found.bank_reference}.")
    if shown.outcome is not None:
        said.append(f"{OUTCOMES[shown.outcome]}: {found.outcome_words}")
    if CaseAct.CHALLENGE in found.may or (
        shown.debit_on is not None and shown.journal is None and shown.outcome is None
    ):
        said.append("Pay nothing to the payer while the claim is open: the bank pays them.")
    if found.documents:
        said.append(f"{formats.count(found.documents, 'document')} kept with it.")
    return "\n".join(said)
