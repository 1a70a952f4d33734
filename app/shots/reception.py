"""Scenes of the Reception tab: its receipts, taking a payment, its paper, taking one back, desks and other income."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Fund, Money, PayerKind, TakenBy
from app.services.core.context import Context
from app.services.reception_payments.desks import commands as keeping
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.desks.dto import DeskRow, StreamRow
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.forms import ValuableFace
from app.services.reception_payments.receipts.dto.new import NewCheque, NewReceipt, NewShare
from app.services.reception_payments.receipts.dto.shown import ReceiptFilter
from app.services.rent.listed_dto import AccountFilter, AccountSort
from app.services.rent.queries import account_ids, account_rows
from app.shots.stage import Scene, Stage
from app.views.reception_payments.book import BookSheet
from app.views.reception_payments.desk_sheets import DeskSheet, StreamSheet
from app.views.reception_payments.from_post import FromPostSheet
from app.views.reception_payments.income import IncomeSheet
from app.views.reception_payments.link import LinkSheet
from app.views.reception_payments.page import ReceptionPage
from app.views.reception_payments.take import TakeSheet, picked
from app.views.reception_payments.taken import EmailSheet, TakenSheet
from app.views.reception_payments.undo_sheets import BackSheet, VoidSheet

_DESKS = (
    DeskRow(0, "Campus West", "WGC", "Campus West\nThe Campus\nWelwyn Garden City", True, True, True, True, True),
    DeskRow(0, "Hatfield", "HAT", "Hatfield office\nQueensway", False, True, True, True, True),
)
_STREAM = StreamRow(0, "Parking notices", Fund.GENERAL, "GF9001", "Number of the notice", True)
_BEGUN = "reception-shot"


def furnish(stage: Stage) -> None:
    """Two desks, other income, and a morning's receipts, where the office has none yet."""
    office = stage.program.office
    assert office is not None
    if not {"WGC", "HAT"} <= {row.prefix for row in office.desk.ask(desks.desks)}:
        for row in _DESKS:
            office.desk.do(keeping.keep_desk, row)
        office.desk.do(keeping.keep_stream, _STREAM)
        office.desk.do(_receipts)


def _receipts(ctx: Context) -> None:
    rows = {row.prefix: row.desk_id for row in desks.desks(ctx)}
    accounts = _accounts(ctx)
    today = ctx.clock.today()
    cheque = NewCheque("M Example", "Example Bank", "000123")
    made: tuple[tuple[str, TakenBy, int, dict[str, Any]], ...] = (
        ("WGC", TakenBy.CASH, 60_00, {"tendered_pence": 80_00}),
        ("WGC", TakenBy.CHEQUE, 118_42, {"cheque": cheque}),
        ("HAT", TakenBy.TERMINAL, 25_00, {"slip": "T4711"}),
        ("HAT", TakenBy.CARD, 412_86, {"slip": "hu20sqlact5260q2nanm0q8u93"}),
        ("WGC", TakenBy.TERMINAL, 61_77, {"slip": "T4712", "payer": PayerKind.THIRD_PARTY, "payer_name": "P Helper"}),
    )
    for at, (prefix, taken_by, pence, rest) in enumerate(made):
        shares = (NewShare(pence, accounts[at % len(accounts)]),)
        recording.record(ctx, NewReceipt(f"{_BEGUN}:{at}", rows[prefix], taken_by, shares, today, **rest))


def _accounts(ctx: Context) -> list[int]:
    """Those that owe most."""
    found = account_ids(ctx, AccountFilter(), AccountSort.BALANCE, descending=True)
    return list(found[:6])


def _page(stage: Stage) -> ReceptionPage:
    furnish(stage)
    page: ReceptionPage = stage.controller("reception_payments").page
    page.show_only(ReceiptFilter())
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return page


def _listed(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _work(stage: Stage, title: str, number: str = "") -> None:
    page = _page(stage)
    if number:
        page.list.bar.text.setText(number)
        stage.wait(lambda: page.detail is not None and page.detail.row.number == number)
    next(action for work, action in page.works.items() if work.title == title).trigger()


def _take(stage: Stage, *, proved: bool = True, amount: str = "300") -> TakeSheet:
    _work(stage, "Take a payment")
    sheet = stage.fresh(TakeSheet)
    office = stage.program.office
    assert office is not None
    [found] = office.desk.ask(account_rows, office.desk.ask(_accounts)[:1])
    sheet.picker.set_value(picked(found))
    stage.wait(lambda: sheet.caller is not None)
    for _ask, tick in sheet.who.ticks[: 2 if proved else 0]:
        tick.setChecked(True)
    sheet.amount.setText(amount)
    stage.settle()
    return sheet


def _telephone(stage: Stage) -> QWidget:
    sheet = _take(stage)
    sheet.how.way.set_value("telephone")
    sheet.how.method.set_value(TakenBy.CARD)
    stage.settle()
    stage.wait(lambda: len(sheet.who.ticks) > 2)
    for _ask, tick in sheet.who.ticks[:2]:
        tick.setChecked(True)
    stage.settle()
    return sheet


def _stranger(stage: Stage) -> QWidget:
    sheet = _take(stage, proved=False)
    sheet.who.who.set_value(0)
    sheet.fields.fill({"payer_name": "P Helper"})
    sheet.amount.setText("40")
    stage.settle()
    return sheet


def _asked(stage: Stage) -> QWidget:
    sheet = _take(stage, amount="60000")
    sheet.confirmed.emit()
    stage.settle()
    return sheet


def _taken(stage: Stage) -> QWidget:
    sheet = _take(stage, amount="20")
    sheet.how.tendered.setText("40")
    sheet.confirmed.emit()
    stage.settle()
    if not sheet.over:
        sheet.confirmed.emit()
    return stage.sheet(TakenSheet)


def _link(stage: Stage) -> QWidget:
    sheet = _take(stage)
    sheet.link_wanted.emit()
    return stage.sheet(LinkSheet)


def _void(stage: Stage) -> QWidget:
    _work(stage, "Void", "WGC000001")
    return stage.sheet(VoidSheet)


def _back(stage: Stage) -> QWidget:
    _work(stage, "Came back", "WGC000002")
    return stage.sheet(BackSheet)


def _mail(stage: Stage) -> QWidget:
    _work(stage, "Send by e-mail", "WGC000001")
    return stage.sheet(EmailSheet)


def _income(stage: Stage) -> QWidget:
    _work(stage, "Other income")
    sheet = stage.fresh(IncomeSheet)
    sheet.fields.fill({"words": "WH12345678", "pence": Money(35_00), "tendered": Money(40_00)})
    return sheet


def _post(stage: Stage) -> QWidget:
    page = _page(stage)
    came = date(2026, 11, 20)
    sheet = FromPostSheet(
        page,
        [
            ValuableFace(
                1, "R000012", "M Example", TakenBy.CHEQUE, Money(118_42), "Cheque 000123", came, 1, "7000007409"
            ),
            ValuableFace(2, "R000014", "P Sample", TakenBy.POSTAL_ORDER, Money(25_00), "77 1234", came, None, ""),
        ],
    )
    sheet.open()
    return stage.sheet(FromPostSheet)


def _book(stage: Stage) -> QWidget:
    _work(stage, "Manual receipt book")
    sheet = stage.fresh(BookSheet)
    typed = {"number": "0451", "reference": "7000007409", "amount": "60.00", "taken_by": "C", "paper": "", "drawer": ""}
    cheque = {"number": "0452", "amount": "118.42", "taken_by": "Q", "paper": "000123", "drawer": "M Example"}
    sheet.grid.retype([typed, typed | cheque])
    return sheet


def _section(stage: Stage, key: str) -> QWidget:
    _page(stage).sections.open(key)
    stage.settle()
    return stage.window


def _desk(stage: Stage) -> QWidget:
    section = _opened(stage, "desks")
    section.page.table.go_to(0)
    section._open(section.found[0])  # noqa: SLF001  what F2 does
    return stage.sheet(DeskSheet)


def _stream(stage: Stage) -> QWidget:
    section = _opened(stage, "streams")
    section._open(section.found[0])  # noqa: SLF001  what F2 does
    return stage.sheet(StreamSheet)


def _opened(stage: Stage, key: str) -> Any:
    _section(stage, key)
    section: Any = stage.controller("reception_payments").section(key)
    stage.wait(lambda: section.found is not None)
    return section


SCENES = (
    Scene("reception-receipts", _listed),
    Scene("reception-take", _take),
    Scene("reception-take-telephone", _telephone),
    Scene("reception-take-somebody-else", _stranger),
    Scene("reception-take-asked", _asked),
    Scene("reception-taken", _taken),
    Scene("reception-income", _income),
    Scene("reception-book", _book),
    Scene("reception-post", _post),
    Scene("reception-link", _link),
    Scene("reception-void", _void),
    Scene("reception-came-back", _back),
    Scene("reception-email", _mail),
    Scene("reception-desks", partial(_section, key="desks")),
    Scene("reception-streams", partial(_section, key="streams")),
    Scene("reception-desk", _desk),
    Scene("reception-stream", _stream),
)
"""Every page and dialog of the tab's own part."""
