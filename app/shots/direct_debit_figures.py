"""The scene of the figures of Direct Debit, over made-up figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import MandateState, Money, PaymentMethod
from app.services.core.calendars import months_after
from app.services.direct_debits.figures.dto import (
    DayOfCollections,
    DebitFigures,
    MandateToSee,
    MonthCollected,
    OwingAccount,
    ReasonReturned,
    Standing,
    Sum,
    TakeUp,
)
from app.shots.stage import Scene, Stage

_TODAY: Final = date(2026, 11, 22)
_JANUARY: Final = date(2026, 1, 1)
_NAMES: Final = ("Alex Sample", "Sam Placeholder", "Robin Demonstration-Example", "Jo Madeup", "Kim Specimen")
_SEE: Final = MandateToSee(
    1,
    1,
    "TESTFORD000001",
    "70000001",
    _NAMES[0],
    MandateState.SUSPENDED,
    date(2026, 10, 2),
    date(2026, 10, 30),
    "No account (ARUDD 5)",
)


def _figures(stage: Stage) -> QWidget:
    page = stage.controller("direct_debits").section("figures").page
    stage.settle()
    page.show_report(_report())
    stage.settle()
    return stage.window


def _report() -> DebitFigures:
    ends = [months_after(_JANUARY, at) - timedelta(days=1) for at in range(11)]
    take_up = tuple(TakeUp(on, 3_400 + at * 61, 9_000 - at * 4) for at, on in enumerate([*ends, _TODAY]))
    days = tuple(
        DayOfCollections(on, 900 + at * 110, at * 3, Money(38_000_000 + at * 4_100_000))
        for at, on in enumerate((date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22)))
    )
    return DebitFigures(
        as_at=_TODAY,
        from_on=date(2026, 1, 1),
        to_on=_TODAY,
        standing=Standing(3_912, 41, 23, 19, 6, 12, 3, Sum(1, Money(40_100)), Sum(214, Money(9_120_000))),
        days=days,
        returned=(
            ReasonReturned("0", "Refer to payer", 31, Money(1_271_200)),
            ReasonReturned("1", "Instruction cancelled", 12, Money(493_100)),
            ReasonReturned("B", "Account closed", 4, Money(160_300)),
        ),
        months=_months(),
        take_up=tuple(reversed(take_up)),
        left_alone=(_SEE, replace(_SEE, mandate_id=2, reference="TESTFORD000002", payer=_NAMES[1])),
        dormant_soon=(_SEE,),
        owing=tuple(
            OwingAccount(at, f"7000{at:04}", _NAMES[at % 5], Money(90_000 - at * 800), PaymentMethod.PAYMENT_CARD)
            for at in range(1, 40)
        ),
    )


def _months() -> tuple[MonthCollected, ...]:
    found = (
        MonthCollected(
            months_after(_JANUARY, at),
            Sum(3_400 + at * 60, Money(140_000_000 + at * 2_510_000)),
            Sum(70 - at, Money(2_900_000 - at * 41_300)),
        )
        for at in range(11)
    )
    return tuple(reversed(tuple(found)))


SCENES = (Scene("direct-debits-figures", _figures),)
