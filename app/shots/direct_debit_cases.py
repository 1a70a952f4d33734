"""Scenes of cases: claims with their clocks, queries, mistakes; made up, as the demonstration landlord has none."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import DebitCaseKind, DebitCaseOutcome, DebitCaseState, Money
from app.services.direct_debits.cases.dto import CaseAct, CaseDetail, CaseForm, CaseRow, Disputed, TrailLine
from app.shots.stage import Scene, Stage
from app.views.direct_debits.case_sheets import BankLetterSheet, CloseSheet, NewCaseSheet

_TODAY: Final = date(2026, 11, 21)


def _row(number: int, kind: DebitCaseKind, pence: int, words: str, **rest: Any) -> CaseRow:
    known: dict[str, Any] = {
        "state": DebitCaseState.OPEN,
        "outcome": None,
        "challenge_by": None,
        "debit_on": None,
        "closed_on": None,
        "journal": None,
        "to_post": False,
        "days_left": None,
    }
    return CaseRow(
        case_id=number,
        number=number,
        kind=kind,
        mandate_id=number,
        account_id=number,
        reference=f"TESTFORD{number:06}",
        payer="A SAMPLE" if number % 2 else "S PLACEHOLDER",
        words=words,
        amount=Money(pence),
        opened_on=date(2026, 11, 20),
        officer="Demonstration Officer",
        **known | rest,
    )


_CLAIM: Final = _row(
    14,
    DebitCaseKind.INDEMNITY,
    82_500,
    "The payer says that no advance notice came",
    challenge_by=date(2026, 12, 3),
    debit_on=date(2026, 12, 10),
    days_left=9,
)
_ROWS: Final = (
    _CLAIM,
    _row(13, DebitCaseKind.OUR_ERROR, 41_250, "Collected twice on 2 November"),
    _row(12, DebitCaseKind.BANK_QUERY, 0, "Why was the instruction cancelled?"),
    _row(
        11,
        DebitCaseKind.INDEMNITY,
        44_166,
        "Instruction cancelled with us",
        challenge_by=date(2026, 11, 23),
        debit_on=date(2026, 11, 30),
        days_left=1,
    ),
    _row(
        9,
        DebitCaseKind.INDEMNITY,
        39_800,
        "Signature disputed",
        state=DebitCaseState.CHALLENGED,
        challenge_by=date(2026, 11, 9),
        debit_on=date(2026, 11, 16),
        to_post=True,
    ),
    _row(
        8,
        DebitCaseKind.BANK_QUERY,
        0,
        "Which branch is it?",
        state=DebitCaseState.CLOSED,
        outcome=DebitCaseOutcome.ANSWERED,
        closed_on=_TODAY,
    ),
)
_TRAIL: Final = (
    TrailLine(
        date(2026, 11, 21), "Note", "The bank asks for a copy of the notice by Friday", None, "Demonstration Officer"
    ),
    TrailLine(date(2026, 11, 20), "Case 14 opened", "Claim under the Guarantee: no advance notice", Money(82_500)),
    TrailLine(date(2026, 11, 2), "Collected", "Code 17; told £412.50, counted as given on 16 Oct 2026", Money(41_250)),
    TrailLine(date(2026, 10, 14), "Notice of a change", "First collection 02 Nov 2026; 10 working days promised"),
    TrailLine(date(2026, 10, 1), "Collected", "Code 17; told £412.50, counted as given on 3 Apr 2026", Money(41_250)),
    TrailLine(
        date(2025, 3, 3), "Mandate given", "On paper, reference TESTFORD000014. Account holder, Identity checked"
    ),
)
_DETAIL: Final = CaseDetail(
    row=_CLAIM,
    version=1,
    reason_code="2",
    bank_reference="EX-2026-118",
    outcome_words="",
    back_journal=None,
    trail=_TRAIL,
    may=frozenset({CaseAct.CHALLENGE, CaseAct.CLOSE, CaseAct.NOTE, CaseAct.LETTER}),
    documents=1,
)
FORM: Final = CaseForm(
    14,
    "TESTFORD000014",
    "A SAMPLE",
    "Example Bank",
    tuple(Disputed(at, date(2026, 12 - at, 2), Money(41_250)) for at in range(1, 7)),
)


def _page(stage: Stage) -> Any:
    page: Any = stage.controller("direct_debits").section("cases").page
    stage.settle()
    page.show_found(_ROWS)
    stage.settle()
    page.show_case(_DETAIL)
    return page


def _cases(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _new(stage: Stage) -> QWidget:
    sheet = NewCaseSheet(_page(stage), FORM, _TODAY)
    sheet.open()
    stage.settle()
    return sheet


def _closing(stage: Stage) -> QWidget:
    sheet = CloseSheet(_page(stage), _DETAIL)
    sheet.open()
    stage.settle()
    return sheet


def _letter(stage: Stage) -> QWidget:
    sheet = BankLetterSheet(_page(stage), _DETAIL, "Example Bank")
    sheet.open()
    stage.settle()
    return sheet


SCENES: tuple[Scene, ...] = (
    Scene("direct-debits-cases", _cases),
    Scene("direct-debits-cases-new", _new),
    Scene("direct-debits-cases-close", _closing),
    Scene("direct-debits-cases-letter", _letter),
)
