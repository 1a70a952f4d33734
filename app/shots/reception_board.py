"""Scenes of the daily board: the board, preparing it, signing it, and what stands behind a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import BankPart, BoardState, Money
from app.services.reception_payments.board.dto import BankSide, Board, BoardRow, ChannelRow, Explained, Item
from app.shots.reception_bank import entry, opened
from app.shots.stage import Scene, Stage
from app.views.reception_payments.board_sheets import ItemsSheet, PrepareSheet, SignSheet

_DAY: Final = date(2026, 11, 20)


def _channel(key: str, title: str, day: int, bank: int, transit: int, late: int = 0) -> ChannelRow:
    items = [Item(entry(at), _DAY + timedelta(days=2 + at), overdue=False) for at in range(bool(transit) * 3)]
    oldest = _DAY - timedelta(days=9) if late else None
    if late:
        items.append(Item(entry(9), _DAY - timedelta(days=3), overdue=True))
    return ChannelRow(
        key,
        title,
        Money(bank + transit + late),
        Money(day),
        Money(day // 2),
        Money(bank),
        Money(transit + late),
        Money(transit),
        Money(late),
        _DAY + timedelta(days=4) if transit else None,
        oldest,
        tuple(items),
    )


def _made() -> Board:
    channels = (
        _channel("cash:counter", "Cash at desks", 118_42, 8_104_10, 239_42),
        _channel("cash:cheque", "Cheques and postal orders", 104_20, 3_220_80, 0, 104_20),
        _channel("cash:card", "Cards", 812_40, 41_220_18, 1_658_60),
        _channel("cash:payment_card", "Payment cards at shops and post offices", 2_410_00, 88_120_50, 4_902_12),
        _channel("cash:bank", "Bank payments", 3_310_00, 60_001_00, 0),
        _channel("cash:standing_order", "Standing orders", 1_204_00, 30_200_00, 0),
        _channel("cash:salary", "Deductions from salary", 0, 1_910_00, 0),
        _channel("direct_debit", "Direct Debit", 0, 120_110_00, 0),
        _channel("universal_credit", "Universal Credit and DWP deductions", 0, 60_200_00, 0),
        _channel("refunds", "Refunds", -40_00, -400_00, -40_00),
    )
    sides = (
        BankSide(
            1,
            "Rents collection",
            Money(415_120_98),
            _DAY,
            Money(412_881_26),
            4,
            Money(2_239_72),
            _DAY - timedelta(days=2),
        ),
        BankSide(2, "General account", Money(88_100_00), _DAY, Money(88_100_00), 0, Money(0), None),
    )
    explained = (Explained(BankPart.FEE, 2, Money(-17_92)), Explained(BankPart.ELSEWHERE, 1, Money(380_44)))
    return Board(_DAY, channels, sides, explained, Money(412_10), 6, _DAY - timedelta(days=31))


def _days() -> tuple[BoardRow, ...]:
    at = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)
    return tuple(
        BoardRow(
            day,
            _DAY - timedelta(days=day),
            BoardState.SIGNED if day else BoardState.PREPARED,
            day not in {0, 3},
            Money(104_20 if day in {0, 3} else 0),
            Money(6_800_14),
            0,
            Money(0),
            "Cheque 000123 is asked for at the bank" if day in {0, 3} else "",
            "Pat Officer",
            at - timedelta(days=day),
            "Sam Leader" if day else "",
            at - timedelta(days=day) if day else None,
        )
        for day in range(6)
    )


def _board(stage: Stage) -> Any:
    section = opened(stage, "board")
    section.page.go_to(_DAY)
    stage.settle()
    section.page.show_board(_made(), _days())
    stage.settle()
    return section


def _board_shown(stage: Stage) -> QWidget:
    _board(stage)
    return stage.window


def _prepare(stage: Stage) -> QWidget:
    PrepareSheet(_board(stage).page, _made()).open()
    return stage.fresh(PrepareSheet)


def _sign(stage: Stage) -> QWidget:
    SignSheet(_board(stage).page, _days()[0]).open()
    return stage.fresh(SignSheet)


def _items(stage: Stage) -> QWidget:
    ItemsSheet(_board(stage).page, _made().channels[2]).open()
    return stage.fresh(ItemsSheet)


SCENES = (
    Scene("reception-board", _board_shown),
    Scene("reception-board-prepare", _prepare),
    Scene("reception-board-sign", _sign),
    Scene("reception-board-items", _items),
)
