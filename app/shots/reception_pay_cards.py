"""Scenes of pay point cards: the section, and its sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import PayCardReason, PayCardState
from app.services.imports.dto import Mistake
from app.services.reception_payments.pay_cards.dto import AnsweredCard, AnswerFile, CardFileRow, OrderForm, PayCardRow
from app.shots.reception_desk import section_of
from app.shots.stage import Scene, Stage
from app.views.reception_payments.pay_card_sheets import AnswerSheet, CancelSheet, FilesSheet, OrderSheet

_AT: Final = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
_DAY: Final = date(2026, 11, 20)
_PEOPLE: Final = ("Robin Sample", "Sam Specimen", "Alex Example", "Test Visitor", "Jo Placeholder")
_CARDS: Final = (
    (PayCardState.ORDERED, PayCardReason.FIRST, ""),
    (PayCardState.IN_FILE, PayCardReason.LOST, ""),
    (PayCardState.ISSUED, PayCardReason.FIRST, ""),
    (PayCardState.REFUSED, PayCardReason.DAMAGED, "The address has no postcode"),
    (PayCardState.ENDED, PayCardReason.FIRST, "Lost"),
)


def _card(at: int) -> PayCardRow:
    state, reason, words = _CARDS[at % len(_CARDS)]
    answered = _DAY if state in {PayCardState.ISSUED, PayCardState.REFUSED, PayCardState.ENDED} else None
    return PayCardRow(
        at,
        f"98260000000000{at + 20:04}7",
        at,
        f"7000 01{20 + at}",
        _PEOPLE[at % len(_PEOPLE)],
        state,
        reason,
        _AT - timedelta(days=at),
        "Test Officer",
        4 if state is not PayCardState.ORDERED else None,
        answered,
        _DAY if state is PayCardState.ENDED else None,
        words,
    )


def _cards(stage: Stage) -> QWidget:
    section_of(stage, "pay_cards").page.show_rows([_card(at) for at in range(9)])
    return stage.window


def _order(stage: Stage) -> QWidget:
    sheet = OrderSheet(section_of(stage, "pay_cards").page, lambda _text, _then: None)
    reasons = (PayCardReason.LOST, PayCardReason.STOLEN, PayCardReason.DAMAGED, PayCardReason.NAME)
    sheet.open()
    stage.fresh(OrderSheet)
    sheet.begin_with(OrderForm(2, "7000 0122", "Alex Example", (_card(2), _card(4)), "", reasons))
    stage.settle()
    return sheet


def _cancel(stage: Stage) -> QWidget:
    CancelSheet(section_of(stage, "pay_cards").page, _card(2)).open()
    return stage.fresh(CancelSheet)


def _files(stage: Stage) -> QWidget:
    rows = [CardFileRow(at, 4 - at, 12 + at, 3 if at == 0 else 0, "Test Officer", _AT) for at in range(4)]
    FilesSheet(section_of(stage, "pay_cards").page, rows).open()
    return stage.fresh(FilesSheet)


def _answer(stage: Stage) -> QWidget:
    AnswerSheet(section_of(stage, "pay_cards").page, _answered(), ()).open()
    return stage.fresh(AnswerSheet)


def _wrong(stage: Stage) -> QWidget:
    mistakes = (Mistake(3, "card_reference", "This card isn't with the supplier.", "Look at it in the list."),)
    file = replace(_answered(), mistakes=mistakes)
    AnswerSheet(section_of(stage, "pay_cards").page, file, mistakes).open()
    return stage.fresh(AnswerSheet)


def _answered() -> AnswerFile:
    rows = tuple(
        AnsweredCard(at + 2, f"98260000000000{at + 20:04}7", at != 1, "" if at != 1 else "No postcode", _DAY)
        for at in range(4)
    )
    return AnswerFile(Path("Cards 20 November.csv"), "0" * 64, rows, (), ())


SCENES = (
    Scene("reception-paycards", _cards),
    Scene("reception-paycards-order", _order),
    Scene("reception-paycards-cancel", _cancel),
    Scene("reception-paycards-files", _files),
    Scene("reception-paycards-answer", _answer),
    Scene("reception-paycards-wrong", _wrong),
)
"""The section and every sheet of it."""
