"""Scenes of the Reception tab: its receipts, taking a payment, its paper, taking one back, desks and other income."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, Fund, MoneyReceiptState, PayerKind, TakenBy
from app.models.values import Money as Amount
from app.services.core.changes import Changes
from app.services.reception_payments.callers.dto import Ask, Caller, CallerPerson, OwedRow, Question
from app.services.reception_payments.desks.dto import DeskRow, StreamRow
from app.services.reception_payments.receipts.dto.asked import Question as Asked
from app.services.reception_payments.receipts.dto.asked import Taken
from app.services.reception_payments.receipts.dto.forms import DeskFace, StreamFace, TakeForm, ValuableFace
from app.services.reception_payments.receipts.dto.shown import ReceiptDetail, ReceiptFilter, ReceiptRow
from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.common.fields_pickers import Picked
from app.views.reception_payments.book import BookSheet
from app.views.reception_payments.desk_sheets import DeskSheet, StreamSheet
from app.views.reception_payments.from_post import FromPostSheet
from app.views.reception_payments.income import IncomeSheet
from app.views.reception_payments.link import LinkSheet
from app.views.reception_payments.page import ReceptionPage
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import EmailSheet, TakenSheet
from app.views.reception_payments.undo_sheets import BackSheet, VoidSheet

TODAY: Final = date(2026, 11, 21)
_AT: Final = datetime(2026, 11, 21, 10, 52, tzinfo=UTC)
_COUNTER: Final = DeskRow(0, "Testford", "TST", "1 Sample Square\nTestford\nZZ1 1AA", True, True, True, True, True)
_PARKING: Final = StreamRow(0, "Parking notices", Fund.GENERAL, "GF9001", "Number of the notice", True)
_FORM: Final = TakeForm(
    TODAY,
    (DeskFace(1, "Testford", tuple(TakenBy)), DeskFace(2, "Old Town", tuple(TakenBy)[1:])),
    (StreamFace(1, "Parking notices", "Number of the notice"),),
)
_PEOPLE: Final = frozenset({1})
_OWED: Final = (
    OwedRow(1, "0012 4471 03", AccountKind.RENT, "Rent account, 12 Sample Court", Amount(412_86), Amount(25_00)),
    OwedRow(2, "0071 0033 12", AccountKind.GARAGE, "Garage, Garage 33", Amount(22_50)),
    OwedRow(3, "0012 4471 11", AccountKind.RECHARGE, "Recharges, 12 Sample Court", Amount(64_00)),
)
_ASKED: Final = (
    Question(Ask.BIRTH, "29 Aug 1985"),
    Question(Ask.POSTCODE, "ZZ1 1AA"),
    Question(Ask.PHONE, "01632 960112"),
    Question(Ask.LAST_PAYMENT, "£118.42 on 30 Oct 2026"),
)
_CALLER: Final = Caller(
    1,
    "0012 4471 03",
    "Ms Maria Testerton",
    (CallerPerson(1, "Ms Maria Testerton", "01632 960112", "maria@tenant.example", _ASKED),),
    tuple(
        OwedRow(row.account_id, row.reference, row.kind, row.title, row.balance, row.due, people=_PEOPLE)
        for row in _OWED
    ),
    needed=2,
)


def _page(stage: Stage) -> ReceptionPage:
    page: ReceptionPage = stage.controller("reception_payments").page
    page.show_only(ReceiptFilter())
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return page


def _listed(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _open(stage: Stage, sheet: Sheet) -> QWidget:
    sheet.open()
    return stage.sheet(type(sheet))


def _take(stage: Stage, *, right: int = 2, amount: str = "300", way: str = "counter") -> TakeSheet:
    sheet = TakeSheet(_page(stage), _FORM, lambda _text, then: then(()))
    sheet.open()
    stage.sheet(TakeSheet)
    sheet.how.way.set_value(way)
    sheet.picker.set_value(Picked(1, "Ms Maria Testerton", "0012 4471 03"))
    sheet.show_caller(_CALLER)
    for _ask, tick in sheet.who.ticks[:right]:
        tick.setChecked(True)
    sheet.amount.setText(amount)
    return sheet


def _telephone(stage: Stage) -> QWidget:
    sheet = _take(stage, way="telephone")
    sheet.how.method.set_value(TakenBy.CARD)
    return sheet


def _stranger(stage: Stage) -> QWidget:
    sheet = _take(stage, right=0, amount="40")
    sheet.who.who.set_value(0)
    sheet.fields.fill({"payer_name": "P Helper"})
    return sheet


def _questions(stage: Stage) -> QWidget:
    sheet = _take(stage, amount="4128.60")
    words = "£4,128.60 is 10 times the £412.86 of 0012 4471 03: is the amount right?"
    sheet.show_questions([Asked("large:1", words)])
    return sheet


def _taken(stage: Stage) -> QWidget:
    told = "Receipt TST000123: £60.00 taken. Give £20.00 change."
    taken = Taken(
        1, "TST000123", Amount(60_00), Amount(20_00), told, Changes(frozenset()), email="maria@tenant.example"
    )
    return _open(stage, TakenSheet(_page(stage), taken))


def _receipt(taken_by: TakenBy = TakenBy.CASH, *how: str) -> ReceiptDetail:
    row = ReceiptRow(
        receipt_id=1,
        number="TST000123",
        desk="Testford",
        state=MoneyReceiptState.TAKEN,
        taken_by=taken_by,
        amount=Amount(118_42),
        taken_on=TODAY,
        recorded_at=_AT,
        officer="Robin Sample",
        payer=PayerKind.HOLDER,
        payer_name="",
        account_id=1,
        reference="0012 4471 03",
        name="Ms Maria Testerton",
        others=0,
        shut=False,
    )
    return ReceiptDetail(row, (), None, (), how, "", 655, None, "", None, 1, None, "maria@tenant.example")


def _void(stage: Stage) -> QWidget:
    return _open(stage, VoidSheet(_page(stage), _receipt()))


def _back(stage: Stage) -> QWidget:
    return _open(stage, BackSheet(_page(stage), _receipt(TakenBy.CHEQUE), TODAY))


def _mail(stage: Stage) -> QWidget:
    return _open(stage, EmailSheet(_page(stage), _receipt()))


def _link(stage: Stage) -> QWidget:
    return _open(stage, LinkSheet(_page(stage), 1, "0012 4471 03", "07700 900123"))


def _income(stage: Stage) -> QWidget:
    sheet = IncomeSheet(_page(stage), _FORM)
    sheet.fields.fill({"words": "TF12345678", "pence": Amount(35_00), "tendered": Amount(40_00)})
    return _open(stage, sheet)


def _book(stage: Stage) -> QWidget:
    sheet = BookSheet(_page(stage), _FORM)
    cash = {
        "number": "0451",
        "reference": "0012 4471 03",
        "amount": "60.00",
        "taken_by": "C",
        "paper": "",
        "drawer": "",
    }
    cheque = {"number": "0452", "amount": "118.42", "taken_by": "Q", "paper": "000123", "drawer": "M Testerton"}
    sheet.grid.retype([cash, cash | cheque])
    return _open(stage, sheet)


def _post(stage: Stage) -> QWidget:
    came, order = date(2026, 11, 20), TakenBy.POSTAL_ORDER
    found = (
        ValuableFace(1, "R000012", "M Testerton", TakenBy.CHEQUE, Amount(118_42), "000123", came, 1, "0012 4471 03"),
        ValuableFace(2, "R000014", "P Sample", order, Amount(25_00), "77 1234", came, None, ""),
    )
    return _open(stage, FromPostSheet(_page(stage), found))


def _section(stage: Stage, key: str) -> QWidget:
    _page(stage).sections.open(key)
    stage.settle()
    return stage.window


def _desk(stage: Stage) -> QWidget:
    return _open(stage, DeskSheet(_page(stage), _COUNTER))


def _stream(stage: Stage) -> QWidget:
    return _open(stage, StreamSheet(_page(stage), _PARKING))


SCENES = (
    Scene("reception-receipts", _listed),
    Scene("reception-take", _take),
    Scene("reception-take-telephone", _telephone),
    Scene("reception-take-somebody-else", _stranger),
    Scene("reception-take-asked", _questions),
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
