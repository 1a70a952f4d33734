"""Scenes of tills and bankings: a till that is open, one to be signed, its counts, a bag made up, sealed and printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import BankingState, Money, TakenBy, TillState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from app.services.reception_payments.tills import commands, keeping, queries
from app.services.reception_payments.tills.acts import BankingAct, TillAct
from app.services.reception_payments.tills.dto import (
    BankingCard,
    BankingRow,
    CashUp,
    Count,
    Counted,
    SessionRow,
    TillForm,
)
from app.services.rent.listed_dto import AccountFilter, AccountSort
from app.services.rent.queries import account_ids
from app.shots import reception
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

_AT = datetime(2026, 11, 21, 16, 40, tzinfo=UTC)
_FLOAT = Count({1000: 2, 500: 4, 100: 10})
_BAG = "SB 1048 2211"


def furnish(stage: Stage) -> None:
    """Three tills at the counter: one open, one cashed up, one that was never opened."""
    office = stage.program.office
    assert office is not None
    if office.desk.ask(queries.tills):
        return
    if not any(row.cash for row in office.desk.ask(desks.desks)):
        reception.furnish(stage)
    desk_id = next(row.desk_id for row in office.desk.ask(desks.desks) if row.cash)
    for at in range(3):
        office.desk.do(keeping.keep_till, TillForm(0, desk_id, f"Till {at + 1}", Money(50_00), active=True))
    first, second, _third = office.desk.ask(queries.tills)
    counted = office.desk.do(commands.open_till, second.till_id, _FLOAT).session_id
    office.desk.do(_take, desk_id, "counted", (120_00, 30_00))
    office.desk.do(commands.cash_up, CashUp(counted, Count({2000: 8, 1000: 3, 500: 1, 100: 4}, "Wrong change"), 0, 0))
    office.desk.do(commands.open_till, first.till_id, _FLOAT)
    office.desk.do(_take, desk_id, "own", (60_00, 18_50))


def _closed(stage: Stage) -> tuple[SessionRow, ...]:
    """Two sessions as they are once a colleague has signed them."""
    office = stage.program.office
    assert office is not None
    row = next(each for each in office.desk.ask(queries.recent) if each.state is TillState.COUNTED)
    signed = replace(
        row, state=TillState.CLOSED, holder="Robin Sample", signed_by="Sam Specimen", signed_at=row.opened_at
    )
    right = replace(signed, over=Money(0), counted=Money(200_00), why="", cheques=Money(118_42))
    return (replace(right, number=row.number + 2, session_id=-2), replace(signed, number=row.number + 1, session_id=-1))


def _bagged(state: BankingState, number: int, **rest: Any) -> BankingRow:
    values: dict[str, Any] = {
        "banking_id": number,
        "number": number,
        "desk": "Campus West",
        "bag": f"SB 1048 {2210 + number}",
        "state": state,
        "cash": Money(150_00 + number * 35_50),
        "cheques": Money(118_42),
        "cheque_count": 1,
        "made_by": "Robin Sample",
        "made_at": _AT,
        "sealed_by": "",
        "banked_on": None,
        "banked": None,
        "why": "",
    }
    return BankingRow(**values | rest)


def _take(ctx: Context, desk_id: int, key: str, amounts: tuple[int, ...]) -> None:
    accounts = account_ids(ctx, AccountFilter(), AccountSort.BALANCE, descending=True)
    for at, pence in enumerate(amounts):
        share = (NewShare(pence, accounts[at]),)
        recording.record(ctx, NewReceipt(f"till-shot:{key}:{at}", desk_id, TakenBy.CASH, share, ctx.clock.today()))


def _section(stage: Stage, key: str) -> Any:
    furnish(stage)
    stage.controller("reception_payments").page.sections.open(key)
    stage.settle()
    found: Any = stage.controller("reception_payments").section(key)
    found.refresh()
    stage.settle()
    return found


def _till(stage: Stage, at: int) -> Any:
    section = _section(stage, "tills")
    section.page.table.go_to(at)
    stage.settle()
    return section


def _tills(stage: Stage) -> QWidget:
    _till(stage, 0)
    return stage.window


def _to_sign(stage: Stage) -> QWidget:
    _till(stage, 1)
    return stage.window


def _kept(stage: Stage) -> QWidget:
    section = _till(stage, 0)
    section._keep(section.page.till)  # noqa: SLF001  what F2 does
    return stage.sheet(TillSheet)


def _act(stage: Stage, at: int, act: TillAct, kind: type[Any]) -> Any:
    section = _till(stage, at)
    section.page.act_wanted.emit(act, section.page.till)
    return stage.fresh(kind)


def _open(stage: Stage) -> QWidget:
    sheet = _act(stage, 2, TillAct.OPEN, OpenSheet)
    sheet.cash.set_value({1000: 2, 500: 4, 100: 10})
    stage.settle()
    return sheet  # type: ignore[no-any-return]


def _cash_up(stage: Stage) -> QWidget:
    sheet = _act(stage, 0, TillAct.CASH_UP, CashUpSheet)
    sheet.cash.set_value({2000: 4, 1000: 3, 500: 2, 100: 8, 50: 1})
    stage.settle()
    return sheet  # type: ignore[no-any-return]


def _difference(stage: Stage) -> QWidget:
    section = _till(stage, 0)
    counted = Counted(1, 1, Money(127_50), Money(128_50), Changes(frozenset()))
    DifferenceSheet(section.page, f"Till 1: {counted.told}", counted).open()
    return stage.fresh(DifferenceSheet)


def _hand_over(stage: Stage) -> QWidget:
    return _act(stage, 0, TillAct.HAND_OVER, HandOverSheet)  # type: ignore[no-any-return]


def _take_over(stage: Stage) -> QWidget:
    section = _till(stage, 0)
    office = stage.program.office
    assert office is not None
    row = section.page.till.open
    card = office.desk.ask(queries.session_card, row.session_id)
    TakeOverSheet(section.page, row, card.counts[0]).open()
    return stage.sheet(TakeOverSheet)


def _sign(stage: Stage) -> QWidget:
    section = _till(stage, 1)
    SignSheet(section.page, section.page.card.sessions.rows[0]).open()
    return stage.fresh(SignSheet)


def _sheet_of_the_day(stage: Stage) -> QWidget:
    section = _till(stage, 1)
    section.page.session_wanted.emit(TillAct.SHEET, section.page.card.sessions.rows[0])
    sheet = stage.sheet(PaperSheet)
    stage.wait(lambda: bool(sheet.content))
    return sheet


def _made_up(stage: Stage) -> tuple[Any, tuple[BankingRow, ...]]:
    section = _section(stage, "bankings")
    sealed = {"sealed_by": "Sam Specimen", "sealed_at": _AT}
    rows = (
        _bagged(BankingState.MADE, 4, acts=frozenset(BankingAct)),
        _bagged(BankingState.SEALED, 3, **sealed),
        _bagged(BankingState.BANKED, 2, banked_on=_AT.date(), banked=Money(338_42), **sealed),
        _bagged(BankingState.CANCELLED, 1, why="The bag was torn"),
    )
    section.page.show_bankings(rows)
    stage.settle()
    stage.program.window.messages.clear()
    return section, rows


def _bankings(stage: Stage) -> QWidget:
    section, rows = _made_up(stage)
    section.page.card.show_banking(BankingCard(rows[0], _closed(stage), {2000: 12, 1000: 4, 500: 2, 200: 1}))
    stage.settle()
    return stage.window


def _bank(stage: Stage) -> QWidget:
    section = _section(stage, "bankings")
    BankSheet(section.page, _closed(stage)).open()
    sheet = stage.fresh(BankSheet)
    sheet.fields.fill({"bag": _BAG})
    sheet.cash.set_value({2000: 12, 1000: 5, 500: 1, 100: 4})
    stage.settle()
    return sheet


def _seal(stage: Stage) -> QWidget:
    section, rows = _made_up(stage)
    section.page.seal_wanted.emit(rows[0])
    return stage.sheet(SealSheet)


def _cancel(stage: Stage) -> QWidget:
    section, rows = _made_up(stage)
    section.page.cancel_wanted.emit(rows[0])
    return stage.fresh(CancelSheet)


def _spot(stage: Stage) -> QWidget:
    section = _till(stage, 0)
    CountSheet(section.page, "Spot check of Till 1", "Counted").open()
    return stage.fresh(CountSheet)


SCENES = (
    Scene("reception-tills", _tills),
    Scene("reception-tills-to-sign", _to_sign),
    Scene("reception-till", _kept),
    Scene("reception-till-open", _open),
    Scene("reception-till-cash-up", _cash_up),
    Scene("reception-till-difference", _difference),
    Scene("reception-till-hand-over", _hand_over),
    Scene("reception-till-take-over", _take_over),
    Scene("reception-till-spot-check", _spot),
    Scene("reception-till-sign", _sign),
    Scene("reception-till-sheet", _sheet_of_the_day),
    Scene("reception-bankings", _bankings),
    Scene("reception-bank", _bank),
    Scene("reception-seal", _seal),
    Scene("reception-cancel-banking", _cancel),
)
"""Every page and dialog of tills and bankings."""
