"""The scene of the figures of the reception, over made-up figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money, MoneyReceiptState
from app.services.ledger.dto import CodeReceived
from app.services.reception_payments.figures.dto import (
    AccountPaid,
    ReceptionFigures,
    Taken,
    TakenBack,
    TakenOn,
    Waited,
)
from app.shots.stage import Scene, Stage

_TODAY: Final = date(2026, 11, 20)
_NAMES: Final = ("Alex Sample", "Sam Placeholder", "Robin Demonstration-Example", "Jo Madeup", "Kim Specimen")
_CHANNELS: Final = (
    CodeReceived("RHB", "Housing Benefit", 14_100, Money(110_431_200)),
    CodeReceived("RUC", "Universal Credit", 6_020, Money(74_118_930)),
    CodeReceived("RDD", "Direct Debit", 3_912, Money(41_900_160)),
    CodeReceived("RCP", "Card payment", 192, Money(1_643_450)),
    CodeReceived("RCO", "Cash office", 61, Money(231_880)),
)
_BACK: Final = (
    TakenBack(1, "WGC000118", _TODAY, "Cash", Money(6_000), MoneyReceiptState.VOID, "Wrong account", _NAMES[0]),
    TakenBack(
        2,
        "WGC000090",
        _TODAY,
        "Cheque",
        Money(12_640),
        MoneyReceiptState.RETURNED,
        "Refer to drawer",
        _NAMES[1],
    ),
)
_WAITS: Final = (
    Waited("To pay", 96, 2, 6, 21),
    Waited("Arrears and arrangements", 41, 3, 14, 38),
    Waited("Repairs", 12, 0, 4, 9),
    Waited("To hand in a document", 9, 0, None, None),
)


def _figures(stage: Stage) -> QWidget:
    page = stage.controller("reception_payments").section("figures").page
    stage.settle()
    page.show_report(made_up())
    stage.settle()
    return stage.window


def made_up() -> ReceptionFigures:
    """The figures of four weeks: 20 working days of 14 receipts of 74.50 on average."""
    days = tuple(
        TakenOn(on, 14, Money(61_250 + at * 1_310), Money(43_050 - at * 700))
        for at in range(28)
        if (on := _TODAY - timedelta(days=at)).weekday() < 5
    )
    total = sum(each.desks.pence + each.telephone.pence for each in days)
    return ReceptionFigures(
        from_on=_TODAY - timedelta(days=27),
        to_on=_TODAY,
        count=14 * len(days),
        total=Money(total),
        taken_back=Money(18_640),
        average_wait=9,
        days=days,
        ways=(
            Taken("Card by telephone", 118, Money(1_241_300)),
            Taken("Card at the terminal", 74, Money(402_150)),
            Taken("Cash", 61, Money(231_880)),
            Taken("Cheque", 27, Money(219_900)),
        ),
        desks=(Taken("Sample House", 201, Money(1_600_000)), Taken("Placeholder Desk", 79, Money(495_230))),
        officers=tuple(Taken(name, 70 - at * 9, Money(612_000 - at * 77_700)) for at, name in enumerate(_NAMES[:4])),
        hours=tuple(
            Taken(f"{hour:02}:00 to {hour:02}:59", 20 + hour, Money(140_000 + hour * 900)) for hour in range(9, 17)
        ),
        channels=_CHANNELS,
        accounts=tuple(
            AccountPaid(at, f"7000{at:04}", _NAMES[at % 5], 4, Money(48_000 - at * 310)) for at in range(1, 30)
        ),
        undone=_BACK,
        waits=_WAITS,
    )


SCENES = (Scene("reception-figures", _figures),)
