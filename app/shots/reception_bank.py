"""Scenes of the bank: lines, one matched by hand, a statement, sure ones at once, accounts, rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import BankLineState, BankPart, Fund, JournalKind, Money
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank.dto import AccountStatement, StatementFile, StatementFormat, StatementLine
from app.services.reception_payments.bank.kept import (
    BankRow,
    LineRow,
    MatchRow,
    NewMatch,
    OtherPart,
    Proposal,
    Straight,
)
from app.services.reception_payments.bank.shown import (
    MatchForm,
    RuleForm,
    RuleRow,
    Standing,
    StatementLook,
    StatementRow,
    Transit,
)
from app.shots.stage import Scene, Stage
from app.views.reception_payments.bank_match import MatchSheet, Rest
from app.views.reception_payments.bank_sheets import BackSheet, BankSheet, RuleSheet, StatementSheet, SureSheet

_DAY: Final = date(2026, 11, 20)
_BANK: Final = BankRow(
    1,
    "Rents collection",
    "58",
    True,
    date(2026, 4, 6),
    1,
    Money(412_881_26),
    Money(415_120_98),
    _DAY,
    4,
    Money(2_239_72),
)
_OTHER: Final = BankRow(
    2, "General account", "12", True, date(2026, 4, 6), 2, Money(88_100_00), Money(88_100_00), _DAY, 0, Money(0)
)
_WAYS: Final = (("Bank payments", "cash:bank"), ("Standing orders", "cash:standing_order"))
_SAID: Final = (
    (1_617_89, "WORLDPAY", "CARD SETTLEMENT 4417", "NTRF"),
    (121_00, "CREDIT 000417", "BAG77 HATFIELD", "NCHK"),
    (96_10, "70 0417", "A SAMPLE RENT", "NSTO"),
    (-104_20, "UNPAID CHEQUE", "REFER TO DRAWER 000123", "NRTI"),
    (380_44, "HERTS COUNTY", "COUNCIL TAX MISDIRECTED", "NTRF"),
)


def opened(stage: Stage, key: str) -> Any:
    """A section of Reception, open."""
    controller = stage.controller("reception_payments")
    controller.page.sections.open(key)
    stage.settle()
    section = controller.section(key)
    stage.settle()
    return section


def _line(at: int, state: BankLineState = BankLineState.OPEN) -> LineRow:
    pence, reference, narrative, kind = _SAID[at % len(_SAID)]
    match_id = 1 if state is BankLineState.MATCHED else None
    on = _DAY - timedelta(days=at // 3)
    amount = Money(pence + at // len(_SAID) * 7_13)
    return LineRow(at + 1, 1, _BANK.name, 1, at + 1, on, amount, reference, narrative, kind, state, match_id)


def entry(at: int) -> ControlEntry:
    """An entry that isn't at the bank yet."""
    key = ("cash:card", "cash:counter", "cash:cheque")[at % 3]
    on = _DAY - timedelta(days=1 + at)
    amount = Money((812_40, 118_42, 104_20)[at % 3] + at * 3_17)
    source = f"Receipt WGC{at + 17:06d}"
    return ControlEntry(40 + at, 2, 7, key, Fund.HRA, amount, on, JournalKind.RECEIPTS, source, "", None)


def _proposals() -> dict[int, Proposal]:
    fee = (OtherPart(BankPart.FEE, -16_42, "Kept back"),)
    match = NewMatch("a", 1, (1,), entries=((40, 2), (43, 2)), parts=fee)
    found = {
        1: Proposal(1, "Cards, 16 to 19 Nov 2026, less a fee", match, sure=False),
        2: Proposal(2, "Banking 12 of Hatfield, bag BAG77", NewMatch("b", 1, (2,), banking_ids=(12,)), sure=True),
        3: Proposal(
            3,
            "The reference of an account stands in it",
            NewMatch("c", 1, (3,), straight=(Straight(1, 96_10),)),
            sure=True,
        ),
    }
    elsewhere = (OtherPart(BankPart.ELSEWHERE, 380_44, "council tax"),)
    found[5] = Proposal(
        5, "'council tax' is money of another service", NewMatch("d", 1, (5,), parts=elsewhere), sure=True
    )
    return found


def _lines(stage: Stage) -> Any:
    section = opened(stage, "bank")
    rows = (*(_line(at) for at in range(5)), *(_line(at, BankLineState.MATCHED) for at in range(5, 14)))
    page = section.page
    page.show_standing(Standing((_BANK, _OTHER), _BANK, rows, _proposals()))
    page.table.go_to(0)
    stage.settle()
    return section


def _open(stage: Stage) -> QWidget:
    _lines(stage)
    return stage.window


def _matched(stage: Stage) -> QWidget:
    page = _lines(stage).page
    page.table.go_to(7)
    stage.settle()
    at = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
    fee = (OtherPart(BankPart.FEE, -1_50, "Kept back"),)
    lines = (_line(7, BankLineState.MATCHED),)
    entries = tuple(entry(at) for at in range(3))
    page.card.show_match(
        MatchRow(1, _BANK.name, _DAY, Money(1_649_31), "", 8_114, "Pat Officer", at, lines, entries, fee, "", True)
    )
    return stage.window


def _transit() -> tuple[Transit, ...]:
    rows = [
        Transit(
            ((40 + at, 2),),
            None,
            ("Cards", "Cash at desks", "Cheques and postal orders")[at % 3],
            each.on,
            each.source,
            each.amount,
            each.on + timedelta(days=5),
        )
        for at, each in enumerate(entry(at) for at in range(9))
    ]
    bag = Transit(
        ((12, 2),),
        12,
        "Cash at desks",
        _DAY - timedelta(days=2),
        "Banking 12 of Hatfield, bag BAG77",
        Money(121_00),
        _DAY,
    )
    return (bag, *rows)


def _match(stage: Stage) -> QWidget:
    section = _lines(stage)
    form = MatchForm(_BANK.name, (_line(0),), _proposals()[1], "", _transit(), _WAYS)
    MatchSheet(section.page, form, lambda _text, _then: None).open()
    return stage.fresh(MatchSheet)


def _straight(stage: Stage) -> QWidget:
    section = _lines(stage)
    form = MatchForm(_BANK.name, (_line(2),), _proposals()[3], "70 0417", _transit(), _WAYS)
    MatchSheet(section.page, form, lambda _text, _then: None).open()
    return stage.fresh(MatchSheet)


def _several(stage: Stage) -> QWidget:
    section = _lines(stage)
    form = MatchForm(_BANK.name, (_line(2),), None, "", _transit(), _WAYS)
    sheet = MatchSheet(section.page, form, lambda _text, _then: None)
    sheet.fields.fill({"rest": Rest.SEVERAL})
    sheet.grid.set_value(
        [{"account": ["1", "70 0417", ""], "amount": "60.00"}, {"account": ["2", "70 0418", ""], "amount": "20.00"}]
    )
    sheet.open()
    return stage.fresh(MatchSheet)


def _statement(stage: Stage) -> QWidget:
    section = _lines(stage)
    sheet = StatementSheet(section.page, Path("statement-20261123.sta"), (_BANK, _OTHER))
    lines = tuple(StatementLine(at, _DAY, None, Money(100_00), "", "", "") for at in range(42))
    said = AccountStatement("09999966374958", Money(415_000_00), Money(419_200_00), _DAY, _DAY, lines)
    gap = (
        "The statement of Rents collection opens with £415,000.00; that of 20 Nov 2026 closed with £415,120.98. A statement "
        "between them is missing, or this one was loaded in part."
    )
    look = StatementLook(
        _BANK.name, "58", _DAY, _DAY, Money(415_000_00), Money(419_200_00), Money(4_200_00), 41, 1, gap, "", True
    )
    sheet.open()
    sheet.show_looks(StatementFile(StatementFormat.MT940, (said,), ()), (look,))
    return stage.fresh(StatementSheet)


def _sure(stage: Stage) -> QWidget:
    page = _lines(stage).page
    SureSheet(page, page.sure()).open()
    return stage.fresh(SureSheet)


def _back(stage: Stage) -> QWidget:
    page = _lines(stage).page
    BackSheet(page, page.model.rows[8]).open()
    return stage.fresh(BackSheet)


def _accounts(stage: Stage) -> Any:
    section = opened(stage, "bank_accounts")
    page = section.page
    page.show_rows((_BANK, _OTHER))
    page.table.go_to(0)
    stage.settle()
    at = datetime(2026, 11, 20, 8, 12, tzinfo=UTC)
    page.statements.show_rows(
        [
            StatementRow(
                day,
                _DAY - timedelta(days=day),
                _DAY - timedelta(days=day),
                Money(411_000_00 + day * 91_17),
                Money(412_881_26 - day * 77_20),
                40 + day,
                0,
                f"statement-202611{20 - day}.sta",
                "The bank sent Monday again" if day == 2 else "",
                "Pat Officer",
                at - timedelta(days=day),
            )
            for day in range(5)
        ]
    )
    return section


def _accounts_listed(stage: Stage) -> QWidget:
    _accounts(stage)
    return stage.window


def _account(stage: Stage) -> QWidget:
    BankSheet(_accounts(stage).page, None, lambda: _DAY).open()
    return stage.fresh(BankSheet)


_RULES: Final = RuleForm(
    (
        RuleRow(1, "council tax", "", "Another service", True),
        RuleRow(2, "worldpay", "cash:card", "Cards", True),
        RuleRow(3, "dwp hb", "universal_credit", "Universal Credit and DWP deductions", False),
    ),
    (("Cards", "cash:card"), ("Universal Credit and DWP deductions", "universal_credit")),
)


def _rules(stage: Stage) -> QWidget:
    page = opened(stage, "bank_rules").page
    page.show_rows(_RULES.rows)
    return stage.window


def _rule(stage: Stage) -> QWidget:
    page = opened(stage, "bank_rules").page
    RuleSheet(page, _RULES, _RULES.rows[1]).open()
    return stage.fresh(RuleSheet)


SCENES = (
    Scene("reception-bank", _open),
    Scene("reception-bank-matched", _matched),
    Scene("reception-bank-match", _match),
    Scene("reception-bank-straight", _straight),
    Scene("reception-bank-several", _several),
    Scene("reception-bank-statement", _statement),
    Scene("reception-bank-sure", _sure),
    Scene("reception-bank-take-back", _back),
    Scene("reception-bank-accounts", _accounts_listed),
    Scene("reception-bank-account", _account),
    Scene("reception-bank-rules", _rules),
    Scene("reception-bank-rule", _rule),
)
