"""Scenes of what comes back: the bank's reports over made-up items, as the demonstration landlord has none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import MandateState, Money, ReportItemState, ReportKind
from app.services.core.effects import Effect
from app.services.direct_debits.returns import naming, rules
from app.services.direct_debits.returns.dto import (
    Candidate,
    Counted,
    ItemDetail,
    ItemRow,
    NotApplied,
    Reconciliation,
    Rehearsal,
    ReportRow,
    Shown,
)
from app.shots.stage import Scene, Stage
from app.views.direct_debits.return_sheets import ApplySheet, MatchSheet

_ON: Final = date(2026, 11, 19)
_NAMES: Final = ("A SAMPLE", "S PLACEHOLDER", "R DEMONSTRATION", "J MADEUP", "K SPECIMEN")
_TOLD: Final = (
    (ReportKind.ARUDD, "0", "Refer to payer", 41_250),
    (ReportKind.ARUDD, "0", "Refer to payer", 39_800),
    (ReportKind.ARUDD, "1", "Instruction cancelled by payer", 44_166),
    (ReportKind.ARUDD, "2", "Payer deceased", 40_010),
    (ReportKind.ARUDD, "B", "Account closed", 38_722),
    (ReportKind.ADDACS, "3", "Account transferred to another bank or building society", None),
    (ReportKind.ADDACS, "E", "Instruction amended", None),
    (ReportKind.ADDACS, "R", "Instruction reinstated", None),
    (ReportKind.DDICA, "1", "Amount or date differs from the advance notice", 82_500),
)


def _rows(state: ReportItemState = ReportItemState.PROPOSED) -> tuple[ItemRow, ...]:
    return tuple(_row(at, kind, code, words, pence, state) for at, (kind, code, words, pence) in enumerate(_TOLD, 1))


def _row(at: int, kind: ReportKind, code: str, words: str, pence: int | None, state: ReportItemState) -> ItemRow:
    rule = rules.rule_for(kind, code)
    unmatched = state is ReportItemState.UNMATCHED
    return ItemRow(
        item_id=at,
        version=1,
        report_id=1,
        kind=kind,
        place=at,
        reference=f"TESTFORD{at:06}",
        reason=f"{code}  {words}",
        effect=rule.effect,
        does=rules.does(rule),
        rule=rule.words,
        source=rule.source,
        amount=Money(pence) if pence is not None else None,
        effective_on=_ON,
        original_on=date(2026, 11, 17) if kind is ReportKind.ARUDD else None,
        mandate_id=None if unmatched else at,
        mandate="" if unmatched else f"TESTFORD{at:06}",
        account_id=None if unmatched else at,
        account="" if unmatched else f"7000{at:04}",
        payer=_NAMES[at % len(_NAMES)],
        state=state,
        outcome="No mandate has this reference or this bank account." if unmatched else "",
        read_on=date(2026, 11, 20),
        reason_code=code,
        last_two="58",
        new_last_two="91" if code in "3E" else "",
    )


_EFFECTS: Final = (
    Effect("Money", "Account 70000001: Direct Debit of 18 Nov 2026 reversed", "£118.42 CR", "£294.08 DR"),
    Effect("Money", "£412.50 is presented again with code 18", after="3 Dec 2026"),
    Effect("Letter", "Direct Debit returned unpaid"),
)
_CANDIDATES: Final = (
    Candidate(1, "TESTFORD000021", "70000021", "Sam Placeholder", MandateState.LIVE, "The same bank account"),
    Candidate(2, "TESTFORD000034", "70000034", "Sam Placeholder", MandateState.SUSPENDED, "£412.50 was collected then"),
)


def _reports() -> tuple[ReportRow, ...]:
    read = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
    kinds = (
        (ReportKind.DDICA, 1, 82_500, 1, 0, 0),
        (ReportKind.ADDACS, 3, 0, 3, 0, 0),
        (ReportKind.ARUDD, 5, 203_948, 5, 2, 11),
        (ReportKind.INPUT, 1, 38_114_200, 0, 0, 1),
    )
    return tuple(
        ReportRow(
            at,
            kind,
            naming.REPORTS[kind],
            f"{kind.value}.xml",
            _ON,
            read,
            "Robin Demonstration",
            count,
            Money(pence),
            to_do,
            unmatched,
            applied,
            0,
            7 if kind is ReportKind.INPUT else None,
            "Run 7 agrees with its Input report." if kind is ReportKind.INPUT else "",
        )
        for at, (kind, count, pence, to_do, unmatched, applied) in enumerate(kinds, 1)
    )


def _month() -> Reconciliation:
    return Reconciliation(
        date(2026, 11, 1),
        (18, Money(741_208)),
        (11, Money(455_010)),
        (7, Money(286_198)),
        (0, Money(0)),
        Money(455_010),
        Money(455_010),
        (),
    )


def _page(stage: Stage, state: ReportItemState = ReportItemState.PROPOSED) -> Any:
    """The section, over made-up items of a state."""
    page: Any = stage.controller("direct_debits").section("reports").page
    stage.settle()
    page.press(Shown.UNMATCHED if state is ReportItemState.UNMATCHED else Shown.TO_DO)
    page.card.parts.tabs.setCurrentIndex(0)
    stage.settle()
    rows = _rows(state)[: 4 if state is ReportItemState.UNMATCHED else None]
    page.count(Shown.TO_DO, len(_TOLD))
    page.count(Shown.UNMATCHED, 4)
    page.count(Shown.APPLIED, 214)
    page.show_rows(rows, "")
    stage.settle()
    effects = _EFFECTS if state is ReportItemState.PROPOSED else ()
    page.card.show_item(ItemDetail(rows[0], effects, () if effects else _CANDIDATES))
    page.card.show_reports(_reports())
    page.card.show_month(_month())
    return page


def _to_apply(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _unmatched(stage: Stage) -> QWidget:
    _page(stage, ReportItemState.UNMATCHED)
    return stage.window


def _read(stage: Stage) -> QWidget:
    _page(stage).card.parts.tabs.setCurrentIndex(1)
    return stage.window


def _held(stage: Stage) -> QWidget:
    _page(stage).card.parts.tabs.setCurrentIndex(2)
    return stage.window


REHEARSED: Final = Rehearsal(
    8,
    (
        Counted("Payments taken off their accounts again (code RDN)", 5, Money(203_948)),
        Counted("Cases opened for claims", 1),
        Counted("Mandates: cancel", 1),
        Counted("Mandates: suspend", 1),
        Counted("Presented again, if the month and the policy allow it", 2),
        Counted("Letters: Direct Debit returned unpaid", 2),
    ),
    (NotApplied(3, "TESTFORD000003", "Its collection isn't on the accounts: post its run first."),),
)


def _applying(stage: Stage) -> QWidget:
    sheet = ApplySheet(_page(stage), REHEARSED)
    sheet.open()
    stage.settle()
    return sheet


def _matching(stage: Stage) -> QWidget:
    page = _page(stage, ReportItemState.UNMATCHED)
    sheet = MatchSheet(page, page.card.detail)
    sheet.open()
    stage.settle()
    return sheet


SCENES = (
    Scene("direct-debits-reports", _to_apply),
    Scene("direct-debits-reports-unmatched", _unmatched),
    Scene("direct-debits-reports-read", _read),
    Scene("direct-debits-reports-month", _held),
    Scene("direct-debits-reports-apply", _applying),
    Scene("direct-debits-reports-match", _matching),
)
