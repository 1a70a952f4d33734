"""The card of the bank: lines that nobody knows, statements that are missing, and how the last daily board stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.models.values import BoardState, Money
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.dto import CardLine, Opens, Tone
from app.services.reception_payments.bank import queries
from app.services.reception_payments.board import queries as boards
from app.services.reception_payments.board.dto import BoardRow

_SHOWN_TO: Final = frozenset({Permission.LOAD_RECEIPTS, Permission.SIGN_BANKING})
_BANK: Final = Opens("reception_payments", "bank")
_BOARD: Final = Opens("reception_payments", "board")


def lines(ctx: Context) -> tuple[CardLine, ...]:
    """What is open at the bank and how the last board stands; nothing for whoever has no part in it, or without a bank account."""
    if not ctx.officer.permissions & _SHOWN_TO:
        return ()
    return tuple(_lines(ctx))


def _lines(ctx: Context) -> Iterator[CardLine]:
    banks = [row for row in queries.banks(ctx) if row.active]
    if not banks:
        return
    open_ = sum(row.open_lines for row in banks)
    if open_:
        amount = Money(sum(row.open_amount.pence for row in banks))
        yield CardLine("Bank lines nobody knows", f"{open_:,}, {amount}", Tone.WARNING, _BANK)
    today = ctx.clock.today()
    due = bacs_days(ctx.policy, today).on_or_before(today - timedelta(days=1))
    for row in banks:
        reached = row.statement_on or row.starts_on - timedelta(days=1)
        if reached < due:
            yield CardLine(f"Statement of {row.name}", f"after {_day(reached)} missing", Tone.WARNING, _BANK)
    newest = boards.newest(ctx)
    if newest is None:
        yield CardLine("Daily board", "none prepared yet", Tone.WARNING, _BOARD)
    else:
        yield _board(newest)


def _board(row: BoardRow) -> CardLine:
    signed = "signed" if row.state is BoardState.SIGNED else "to be signed"
    tone = Tone.PLAIN if row.state is BoardState.SIGNED else Tone.WARNING
    if not row.green:
        signed, tone = f"{signed}, {_unexplained(row)} not explained", Tone.BAD
    return CardLine(f"Board of {_day(row.on)}", signed, tone, _BOARD)


def _unexplained(row: BoardRow) -> str:
    """What is unexplained: of the channels, or in lines of the bank."""
    return f"{row.unexplained}" if row.unexplained else f"{row.open_amount} at the bank"


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
