"""The board of a day, and those that were prepared and signed."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.reception_payments.bank import BoardDay
from app.models.values import Money
from app.services.core.context import Context
from app.services.reception_payments.board import figures
from app.services.reception_payments.board.dto import Board, BoardRow
from app.services.reception_payments.tills import sessions

_MOST = 400


def board(ctx: Context, on: date) -> Board:
    """The board at the end of a day, as known now, without what lies in the till that the officer holds open."""
    return figures.board(ctx, on, sessions.journals_in_own_till(ctx))


def newest(ctx: Context) -> BoardRow | None:
    """The board of the newest day that was prepared."""
    return next(iter(_days(ctx, 1)), None)


def days(ctx: Context) -> tuple[BoardRow, ...]:
    """The boards that were prepared and signed, the newest day first."""
    return _days(ctx, _MOST)


def _days(ctx: Context, most: int) -> tuple[BoardRow, ...]:
    maker, signer = aliased(Officer), aliased(Officer)
    rows = (
        select(BoardDay, maker.name, signer.name)
        .join(maker, maker.id == BoardDay.prepared_by)
        .outerjoin(signer, signer.id == BoardDay.signed_by)
        .order_by(BoardDay.on.desc(), BoardDay.id.desc())
        .limit(most)
    )
    me = ctx.officer.id
    return tuple(_row(day, prepared, signed or "", me) for day, prepared, signed in ctx.session.execute(rows))


def _row(day: BoardDay, prepared: str, signed: str, me: int) -> BoardRow:
    found = json.loads(day.figures)
    channels, banks = found["channels"], found["banks"]
    return BoardRow(
        day.id,
        day.on,
        day.state,
        bool(found["green"]),
        Money(sum(each["unexplained"] for each in channels)),
        Money(sum(each["in_transit"] for each in channels)),
        sum(each["open_lines"] for each in banks),
        Money(sum(each["open"] for each in banks)),
        day.note,
        prepared,
        day.prepared_at,
        signed,
        day.signed_at,
        Money(sum(each["statement"] - each["ledger"] - each["open"] for each in banks)),
        mine=day.prepared_by == me,
    )
