"""Scenes of cards by telephone: the sheet that waits, the sections, and their sheets, over made-up payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import CardGap, CardProvider, CardRefundState, CardState, Money, TakenBy
from app.services.reception_payments.cards.dto.asked import CardRow, CardSettings, Standing, Waiting
from app.services.reception_payments.cards.dto.days import DayRow, DifferenceRow
from app.services.reception_payments.cards.dto.refunds import CardRefundRow, Refundable, RefundForm
from app.services.reception_payments.cards.rules import reminder, said
from app.shots.stage import Scene, Stage
from app.views.reception_payments.card_sheets import (
    CardRefundSheet,
    CardSettingsSheet,
    ExplainSheet,
    PostTheirsSheet,
    ReadDaySheet,
    SlipSheet,
)
from app.views.reception_payments.card_waiting import WaitingSheet

_AT: Final = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)
_DAY: Final = date(2026, 11, 21)
_STATES: Final = (
    (CardState.CREATED, ""),
    (CardState.SUCCESS, ""),
    (CardState.FAILED, "P0010"),
    (CardState.TIMED_OUT, "P0020"),
    (CardState.SUCCESS, ""),
    (CardState.CANCELLED, "P0040"),
    (CardState.LOST, ""),
)
_PAYERS: Final = ("Robin Sample", "Sam Specimen", "Alex Example", "Test Payer")


def _row(at: int) -> CardRow:
    state, code = _STATES[at % len(_STATES)]
    paid = state is CardState.SUCCESS
    return CardRow(
        at,
        _AT - timedelta(minutes=37 * at),
        f"7000012{at:02}-4F09A1B2C3D4",
        f"7000 01{20 + at}",
        _PAYERS[at % 4],
        Money(8_550 + at * 1_725),
        state,
        said(state, code),
        "Test Officer",
        "Campus West",
        f"WGC{at + 118:06}" if paid else "",
        at if paid else None,
        Money(3_000 if at == 4 else 0),
        "1111" if paid else "",
        (at,),
        False,
        False,
        False,
        _DAY,
    )


def _standing(state: CardState = CardState.CREATED, code: str = "", **rest: Any) -> Standing:
    values: dict[str, Any] = {"finished": state is CardState.SUCCESS or bool(code)}
    values |= {"provider": CardProvider.GOVUK_PAY, "page": "https://www.payments.service.gov.uk/secure/"} | rest
    words = said(state, code, terminal=values["provider"] is CardProvider.TERMINAL)
    return Standing(1, state, words, Money(12_840), reference="70000123-4F09A1B2C3D4", **values)


def _wait(stage: Stage, found: Standing) -> QWidget:
    terminal = found.provider is CardProvider.TERMINAL
    WaitingSheet(stage.window, Waiting(found, reminder("officer", terminal=terminal))).open()
    return stage.fresh(WaitingSheet)


def _waiting(stage: Stage) -> QWidget:
    stage.controller("reception_payments")
    return _wait(stage, _standing())


def _waiting_paid(stage: Stage) -> QWidget:
    stage.controller("reception_payments")
    return _wait(stage, _standing(CardState.SUCCESS, receipt="WGC000123", receipt_id=1))


def _waiting_declined(stage: Stage) -> QWidget:
    stage.controller("reception_payments")
    return _wait(stage, _standing(CardState.FAILED, "P0010"))


def _waiting_trouble(stage: Stage) -> QWidget:
    stage.controller("reception_payments")
    return _wait(
        stage, _standing(CardState.ASKED, page="", trouble="GOV.UK Pay didn't answer, or the connection was cut.")
    )


def _waiting_terminal(stage: Stage) -> QWidget:
    stage.controller("reception_payments")
    return _wait(stage, _standing(CardState.ASKED, provider=CardProvider.TERMINAL, page=""))


def _section(stage: Stage, key: str) -> Any:
    found = stage.controller("reception_payments").section(key)
    stage.settle()
    return found


def _payments(stage: Stage) -> QWidget:
    _section(stage, "cards").show([_row(at) for at in range(9)])
    return stage.window


def _refund_row(at: int) -> CardRefundRow:
    states = tuple(CardRefundState)
    state = states[at % len(states)]
    return CardRefundRow(
        at,
        at,
        f"WGC{at + 118:06}",
        _AT - timedelta(hours=5 * at),
        Money(2_500 + at * 750),
        state,
        "The card's bank didn't take it." if state is CardRefundState.FAILED else "",
        "Paid twice",
        "Test Officer",
        "" if state is CardRefundState.WAITING else "Test Colleague",
        at,
        at % 3 == 2,
        "1111",
        (at,),
    )


def _refunds(stage: Stage) -> QWidget:
    _section(stage, "card_refunds").show([_refund_row(at) for at in range(8)])
    return stage.window


def _day(at: int) -> DayRow:
    return DayRow(
        _DAY - timedelta(days=at),
        _AT,
        "Test Officer",
        14 + at,
        Money(184_250 + at * 9_125),
        14 + at - (at == 0),
        Money(184_250 + at * 9_125 - (2_500 if at == 0 else 0)),
        1,
        Money(3_000),
        1,
        Money(3_000),
        Money(455),
        2 if at == 0 else 0,
        2 if at == 0 else 0,
    )


def _difference(at: int, gap: CardGap, words: str, explained: str = "") -> DifferenceRow:
    return DifferenceRow(
        at,
        _DAY,
        gap,
        False,
        "7000 0124",
        f"hu20sqlact5260q2nanm0q8u9{at}",
        None,
        Money(2_500),
        words,
        explained,
        gap is CardGap.THEIRS_ONLY and not explained,
        1,
    )


def _differences() -> tuple[DifferenceRow, ...]:
    return (
        _difference(1, CardGap.THEIRS_ONLY, "The provider has a payment of £25.00 that isn't here."),
        _difference(2, CardGap.AMOUNT, "The payment is £100.00 here and £90.00 at the provider."),
        _difference(
            3, CardGap.STATE, "The payment is 'paid' here and 'declined' at the provider.", "Ticket 12 (Test Officer)"
        ),
    )


def _days(stage: Stage) -> QWidget:
    page = _section(stage, "card_days").page
    page.show_rows([_day(at) for at in range(6)])
    stage.settle()
    page.card.show_day(_day(0), _differences())
    return stage.window


def _sheet_back(stage: Stage) -> QWidget:
    shares = (
        Refundable(1, "7000 0123", Money(6_000), Money(6_000)),
        Refundable(2, "7100 0044 (garage)", Money(2_550), Money(1_050)),
    )
    form = RefundForm(1, "WGC000123", _DAY, TakenBy.CARD, "1111", shares)
    CardRefundSheet(_section(stage, "cards").page, form).open()
    return stage.fresh(CardRefundSheet)


def _sheet_slip(stage: Stage) -> QWidget:
    SlipSheet(_section(stage, "card_refunds").page, replace(_refund_row(1), at_terminal=True)).open()
    return stage.fresh(SlipSheet)


def _sheet_settings(stage: Stage) -> QWidget:
    found = CardSettings(CardProvider.GOVUK_PAY, "https://www.gov.uk/", has_key=True)
    CardSettingsSheet(_section(stage, "cards").page, found).open()
    return stage.fresh(CardSettingsSheet)


def _sheet_day(stage: Stage) -> QWidget:
    ReadDaySheet(_section(stage, "card_days").page, lambda: _DAY, _DAY - timedelta(days=1)).open()
    return stage.fresh(ReadDaySheet)


def _sheet_post(stage: Stage) -> QWidget:
    page = _section(stage, "card_days").page
    PostTheirsSheet(page, _differences()[0], (("Campus West", 1), ("Hatfield", 2))).open()
    return stage.fresh(PostTheirsSheet)


def _sheet_explain(stage: Stage) -> QWidget:
    ExplainSheet(_section(stage, "card_days").page, _differences()[1]).open()
    return stage.fresh(ExplainSheet)


SCENES = (
    Scene("reception-card-waiting", _waiting),
    Scene("reception-card-paid", _waiting_paid),
    Scene("reception-card-declined", _waiting_declined),
    Scene("reception-card-trouble", _waiting_trouble),
    Scene("reception-card-terminal", _waiting_terminal),
    Scene("reception-cards", _payments),
    Scene("reception-card-refunds", _refunds),
    Scene("reception-card-days", _days),
    Scene("reception-card-back", _sheet_back),
    Scene("reception-card-slip", _sheet_slip),
    Scene("reception-card-settings", _sheet_settings),
    Scene("reception-card-read", _sheet_day),
    Scene("reception-card-post", _sheet_post),
    Scene("reception-card-explain", _sheet_explain),
)
