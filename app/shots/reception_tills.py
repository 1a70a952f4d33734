"""Scenes of tills and bankings, over made-up rows: opened, counted, handed over, signed, bagged, sealed, and their papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import BankingState, Money, TakenBy, TillCountKind, TillState
from app.services.core.changes import Changes
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.tills import queries
from app.services.reception_payments.tills.acts import BankingAct, TillAct
from app.services.reception_payments.tills.dto import (
    BankingCard,
    BankingRow,
    Counted,
    CountRow,
    SessionCard,
    SessionRow,
    TillRow,
)
from app.shots.stage import Scene, Stage
from app.views.reception_payments.banking_sheets import BankSheet, CancelSheet, PaperSheet, SealSheet
from app.views.reception_payments.till_sheets import (
    CashUpSheet,
    CountSheet,
    DifferenceSheet,
    HandOverSheet,
    OpenSheet,
    SignSheet,
    TakeOverSheet,
    TillSheet,
)

_AT: Final = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)
_MORNING: Final = datetime(2026, 11, 20, 8, 55, tzinfo=UTC)
_DESK: Final = "Campus West"
_OPEN: Final = SessionRow(
    session_id=-3,
    number=214,
    till="Till 1",
    desk=_DESK,
    desk_id=1,
    state=TillState.OPEN,
    business_on=_AT.date(),
    holder_id=1,
    holder="Test Officer",
    opened_at=_MORNING,
    float_=Money(50_00),
    receipts=11,
    cash=None,
    others={TakenBy.TERMINAL: Money(642_10)},
    over=None,
    counted=None,
    cheques=Money(0),
    why="",
    signed_by="",
    signed_at=None,
    banking=None,
    may_take=True,
    acts=frozenset({TillAct.CASH_UP, TillAct.HAND_OVER}),
)
_OFFERED: Final = replace(_OPEN, handed_to="Robin Sample")
_COUNTED: Final = replace(
    _OPEN,
    session_id=-2,
    number=213,
    till="Till 2",
    state=TillState.COUNTED,
    holder="Robin Sample",
    cash=Money(150_00),
    others={TakenBy.CHEQUE: Money(118_42), TakenBy.TERMINAL: Money(642_10)},
    counted=Money(199_00),
    over=Money(-1_00),
    cheques=Money(118_42),
    why="Wrong change",
    may_take=False,
    acts=frozenset({TillAct.COUNT_AGAIN, TillAct.SIGN, TillAct.SHEET}),
)
_SIGNED: Final = replace(
    _COUNTED, state=TillState.CLOSED, signed_by="Sam Specimen", signed_at=_AT, acts=frozenset({TillAct.SHEET})
)
_RIGHT: Final = replace(_SIGNED, session_id=-1, number=212, counted=Money(200_00), over=Money(0), why="", banking=18)


def _tills() -> tuple[TillRow, ...]:
    opens = frozenset({TillAct.OPEN})
    left = replace(_OPEN, till="Till 3", holder="Alex Example", may_take=False)
    return (
        TillRow(-1, "Till 1", _DESK, 1, Money(50_00), True, _OFFERED, acts=_OFFERED.acts),
        TillRow(-2, "Till 2", _DESK, 1, Money(50_00), True, None, to_sign=1, acts=opens),
        TillRow(-3, "Till 3", _DESK, 1, Money(50_00), True, left, acts=frozenset({TillAct.SPOT_CHECK})),
        TillRow(-4, "Till 4", "Hatfield", 2, Money(30_00), True, None, acts=opens),
        TillRow(-5, "Old till", _DESK, 1, Money(50_00), False, None),
    )


def _count(kind: TillCountKind, pence: int, over: int | None, **rest: Any) -> CountRow:
    values: dict[str, Any] = {"by": "Robin Sample", "at": _AT, "why": "", "to": "", "taken_over": False} | rest
    cash = {500: pence // 500, 50: pence % 500 // 50}
    return CountRow(
        1, kind, counted=Money(pence), over=None if over is None else Money(over), quantities=cash, **values
    )


_FLOAT: Final = _count(TillCountKind.FLOAT, 50_00, 0, by="Test Officer", at=_MORNING)


def _ask(stage: Stage, query: Any) -> Any:
    office = stage.program.office
    assert office is not None
    return office.desk.ask(query)


def _section(stage: Stage, key: str) -> Any:
    stage.controller("reception_payments").page.sections.open(key)
    stage.settle()
    return stage.controller("reception_payments").section(key)


def _shown(stage: Stage, at: int, sessions: tuple[SessionRow, ...], *counts: CountRow) -> QWidget:
    """The tills, with these sessions of the one at this place, and the counts of the first."""
    section = _section(stage, "tills")
    rows = _tills()
    section.page.blockSignals(True)
    section.page.show_rows(rows)
    section.page.table.go_to(at)
    section.page.card.blockSignals(True)
    section.page.card.show_till(rows[at], sessions)
    section.page.card.blockSignals(False)
    section.page.blockSignals(False)
    section.page.allow()
    section.page.card.show_session(SessionCard(sessions[0], counts))
    stage.settle()
    return stage.window


def _open_till(stage: Stage) -> QWidget:
    hands = _count(TillCountKind.HANDOVER, 128_50, None, by="Test Officer", to="Robin Sample")
    return _shown(stage, 0, (_OFFERED, replace(_RIGHT, till="Till 1", number=209)), _FLOAT, hands)


def _to_sign(stage: Stage) -> QWidget:
    counts = (
        _FLOAT,
        _count(TillCountKind.HANDOVER, 110_50, 0, by="Test Officer", to="Robin Sample", taken_over=True),
        _count(TillCountKind.CASH_UP, 198_00, -2_00),
        _count(TillCountKind.CASH_UP, 199_00, -1_00, why="Wrong change"),
    )
    return _shown(stage, 1, (_COUNTED, _RIGHT), *counts)


def _kept(stage: Stage) -> QWidget:
    page = _section(stage, "tills").page
    TillSheet(page, _tills()[0], _ask(stage, desks.desks)).open()
    return stage.fresh(TillSheet)


def _float(stage: Stage) -> QWidget:
    OpenSheet(_section(stage, "tills").page, _tills()[1]).open()
    return _filled(stage, OpenSheet, {1000: 2, 500: 4, 100: 10})


def _filled(stage: Stage, kind: type[CountSheet], quantities: dict[int, int]) -> QWidget:
    sheet = stage.fresh(kind)
    sheet.cash.set_value(quantities)
    stage.settle()
    return sheet


def _cash_up(stage: Stage) -> QWidget:
    CashUpSheet(_section(stage, "tills").page, _OPEN).open()
    return _filled(stage, CashUpSheet, {2000: 104, 1000: 3, 500: 2, 100: 8, 50: 1, 20: 35, 2: 8})


def _difference(stage: Stage) -> QWidget:
    counted = Counted(1, 1, Money(127_50), False, Money(128_50), Changes(frozenset()))
    DifferenceSheet(_section(stage, "tills").page, "Till 1", counted).open()
    return stage.fresh(DifferenceSheet)


def _hand_over(stage: Stage) -> QWidget:
    colleagues = (("Robin Sample", 1), ("Sam Specimen", 2))
    HandOverSheet(_section(stage, "tills").page, _OPEN, colleagues).open()
    return _filled(stage, HandOverSheet, {2000: 5, 1000: 1})


def _take_over(stage: Stage) -> QWidget:
    count = _count(TillCountKind.HANDOVER, 109_50, -1_00, why="Wrong change", to="Test Officer")
    TakeOverSheet(_section(stage, "tills").page, _OPEN, count).open()
    return stage.sheet(TakeOverSheet)


def _spot(stage: Stage) -> QWidget:
    CountSheet(_section(stage, "tills").page, "Spot check of Till 1", "Counted").open()
    return stage.fresh(CountSheet)


def _sign(stage: Stage) -> QWidget:
    SignSheet(_section(stage, "tills").page, _COUNTED).open()
    return stage.fresh(SignSheet)


def _sheet_of_the_day(stage: Stage) -> QWidget:
    closed = next(each for each in _ask(stage, queries.recent) if TillAct.SHEET in each.acts)
    _section(stage, "tills").page.session_wanted.emit(TillAct.SHEET, closed)
    return _paper(stage)


def _slip(stage: Stage) -> QWidget:
    _section(stage, "bankings").page.slip_wanted.emit(_ask(stage, queries.bankings)[0])
    return _paper(stage)


def _paper(stage: Stage) -> QWidget:
    sheet = stage.sheet(PaperSheet)
    stage.wait(lambda: bool(sheet.content))
    return sheet


def _bagged(state: BankingState, number: int, **rest: Any) -> BankingRow:
    values: dict[str, Any] = {
        "banking_id": -number,
        "number": number,
        "desk": _DESK,
        "bag": f"SB 1048 22{number}",
        "state": state,
        "cash": Money(150_00 + number * 35_50),
        "cheques": Money(118_42),
        "cheque_count": 1,
        "made_by": "Robin Sample",
        "made_at": _AT,
    }
    values |= {"sealed_by": "", "banked_on": None, "banked": None, "why": ""}
    return BankingRow(**values | rest)


def _bankings() -> tuple[BankingRow, ...]:
    sealed = {"sealed_by": "Sam Specimen", "sealed_at": _AT}
    return (
        _bagged(BankingState.MADE, 19, acts=frozenset(BankingAct)),
        _bagged(BankingState.SEALED, 18, **sealed),
        _bagged(BankingState.BANKED, 17, banked_on=_AT.date(), banked=Money(870_92), **sealed),
        _bagged(BankingState.CANCELLED, 16, why="The bag was torn"),
    )


def _listed(stage: Stage) -> QWidget:
    page = _section(stage, "bankings").page
    rows = _bankings()
    page.blockSignals(True)
    page.show_bankings(rows)
    page.table.go_to(0)
    page.blockSignals(False)
    page.card.show_banking(BankingCard(rows[0], (_SIGNED, _RIGHT), {2000: 12, 1000: 4, 500: 2, 200: 1}))
    stage.settle()
    return stage.window


def _bank(stage: Stage) -> QWidget:
    BankSheet(_section(stage, "bankings").page, (_SIGNED, _RIGHT)).open()
    sheet = stage.fresh(BankSheet)
    sheet.fields.fill({"bag": "SB 1048 2219"})
    sheet.cash.set_value({2000: 12, 1000: 5, 500: 1, 100: 4})
    stage.settle()
    return sheet


def _seal(stage: Stage) -> QWidget:
    SealSheet(_section(stage, "bankings").page, _bankings()[0]).open()
    return stage.sheet(SealSheet)


def _cancel(stage: Stage) -> QWidget:
    CancelSheet(_section(stage, "bankings").page, _bankings()[0]).open()
    return stage.fresh(CancelSheet)


SCENES = (
    Scene("reception-tills", _open_till),
    Scene("reception-tills-to-sign", _to_sign),
    Scene("reception-till", _kept),
    Scene("reception-till-open", _float),
    Scene("reception-till-cash-up", _cash_up),
    Scene("reception-till-difference", _difference),
    Scene("reception-till-hand-over", _hand_over),
    Scene("reception-till-take-over", _take_over),
    Scene("reception-till-spot-check", _spot),
    Scene("reception-till-sign", _sign),
    Scene("reception-till-sheet", _sheet_of_the_day),
    Scene("reception-bankings", _listed),
    Scene("reception-bank-sheet", _bank),
    Scene("reception-seal", _seal),
    Scene("reception-cancel-banking", _cancel),
    Scene("reception-paying-in-slip", _slip),
)
"""Every page and dialog of tills and bankings."""
