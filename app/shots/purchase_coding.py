"""The scenes of coding: lines that seem to be on a wrong code, and the sheet that moves one, over made-up invoices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money, TransferState
from app.services.purchase_orders.budgets.dto import CodeChoice
from app.services.purchase_orders.coding.dto import CodingReport, CodingRuleRow, Suspect, TransferRow
from app.shots.stage import Scene, Stage
from app.views.purchase_orders.coding_sheets import RuleSheet, TransferSheet

_FROM: Final = date(2026, 8, 24)
_TO: Final = date(2026, 11, 22)
_LINES: Final = ("Boiler service, Sample Court", "Gutter repair, Sample Close", "Paint for voids", "Lift inspection")
_SUPPLIERS: Final = (
    "Sample Heating Services Limited",
    "Madeup Roofing Limited",
    "Specimen Paints Limited",
    "Sample Lifts Limited",
)


def _suspect(at: int) -> Suspect:
    which = at % len(_LINES)
    rule = which in {0, 3}
    return Suspect(
        split_id=at,
        year=2026,
        invoice_id=at,
        invoice=f"IN{310 + at:05}",
        invoice_on=_FROM + timedelta(days=at * 7),
        supplier=_SUPPLIERS[which],
        description=_LINES[which],
        code="HR100 4120",
        should_id=2,
        should=("HR100 4130", "HR100 4140", "HR210 4120", "HR100 4150")[which],
        why="A rule: heating and lifts have codes of their own."
        if rule
        else "9 of 11 lines of this supplier and category in a year are on this code.",
        amount=Money(18_250 + at * 7_411),
        waits="JT00004" if at == 2 else "",
    )


def _report() -> CodingReport:
    lines = tuple(_suspect(at) for at in range(9))
    transfers = tuple(
        TransferRow(
            at,
            f"JT{at:05}",
            at,
            f"IN{300 + at:05}",
            _SUPPLIERS[at % 4],
            "HR100 4120",
            "HR100 4130",
            Money(24_000 + at * 1_050),
            "It is a boiler",
            TransferState.WAITING if at == 4 else TransferState.POSTED,
            "Officer One",
            date(2026, 11, 20 - at),
            None if at == 4 else date(2026, 11, 21 - at),
            at,
        )
        for at in (4, 3, 2, 1)
    )
    rules = (
        CodingRuleRow(1, 1, None, "", None, "", "boiler", "", "4130", "heating and lifts have codes of their own"),
    )
    sums = (("HR100 4120", Money(sum(each.amount.pence for each in lines))), ("HR210 4120", Money(41_200)))
    return CodingReport(_FROM, _TO, lines, transfers, rules, sums)


def _page(stage: Stage) -> Any:
    page = stage.controller("purchase_orders").section("coding").page
    stage.settle()
    page.show_report(_report())
    stage.settle()
    return page


def _coding(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _moving(stage: Stage) -> QWidget:
    codes = (CodeChoice(2, "HR100 4130", "Heating", "Responsive repairs", Money(1_204_000)),)
    sheet = TransferSheet(_page(stage), (_suspect(0),), codes)
    sheet.open()
    stage.settle()
    return sheet


def _rule(stage: Stage) -> QWidget:
    sheet = RuleSheet(_page(stage), _report().rules[0], lambda _text, then: then(()), [(1, "Repairs and maintenance")])
    sheet.open()
    stage.settle()
    return sheet


SCENES = (
    Scene("purchase-coding", _coding),
    Scene("purchase-coding-move", _moving),
    Scene("purchase-coding-rule", _rule),
)
