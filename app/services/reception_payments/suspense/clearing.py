"""An item taken out of suspense: on accounts, on other income, or back to whoever sent it; under the lock, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.suspense import KnownPayer, SuspenseItem, SuspenseMove
from app.models.values import JournalKind, Money, SuspenseMoveKind, SuspenseMoveState, SuspenseSource, SuspenseState
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import numbering, periods, reversing
from app.services.ledger.controls import CONTRA
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.services.reception_payments.suspense import looking_after, repairs
from app.services.reception_payments.suspense.candidates import payer_key

OUT: Final = "RSU"
_OPEN: Final = frozenset({SuspenseState.OPEN, SuspenseState.PROPOSED, SuspenseState.REFUND_ASKED})


def register() -> None:
    """Tell the ledger which journals are of suspense; a line that went to a wrong account may be moved by itself."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Reception", lines_move=True))


def post(ctx: Context, item: SuspenseItem, moves: Sequence[SuspenseMove], authorised_by: int | None = None) -> int:
    """Post moves of an item as one journal, on the day on which it was paid; returns the journal.

    Raises:
        UserError: the item is cleared, or holds less than that.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    ctx.session.refresh(item)
    total = sum(move.pence for move in moves)
    if item.state not in _OPEN or abs(total) > abs(item.left_pence):
        raise UserError(
            f"Item {item.number} holds {Money(item.left_pence)}; {Money(total)} can't be taken from it.",
            "A colleague may have cleared it: look at it again.",
        )
    on = item.received_on
    words = f"Suspense item {item.number}"
    lines = [_line(item, move) for move in moves]
    lines.append(Line(item.account_id, OUT, total, on, week_monday(on), words))
    key = "-".join(str(move.id) for move in moves)
    header = JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, on),
        words,
        f"suspense_move:{key}",
        authorised_by=authorised_by,
        narrative=words,
    )
    journal = append(ctx, header, lines, contras=False).journal
    for move in moves:
        move.state, move.journal, move.posted_at = SuspenseMoveState.POSTED, journal, ctx.clock.now()
        move.approved_by = authorised_by
        if move.learn and move.kind is SuspenseMoveKind.ACCOUNT:
            learn(ctx, item, move.account_id)
        looking_after.to_send_back(ctx, item, move)
    _settle(ctx, item, moves, total)
    repairs.ask(ctx, item, moves)
    return journal


def taken_back(ctx: Context, item: SuspenseItem, words: str) -> None:
    """What put an untouched item into suspense is reversed: nothing is left of it, and nobody looks after it any more."""
    item.state, item.left_pence, item.settled_on = SuspenseState.CLEARED, 0, ctx.clock.today()
    item.note = words
    looking_after.settled(ctx, item, words)


def learn(ctx: Context, item: SuspenseItem, account_id: int) -> None:
    """Remember the payer of an item for an account; nothing is remembered of one without a name."""
    payer = payer_key(item)
    if not payer:
        return
    same = select(KnownPayer).where(KnownPayer.payer == payer, KnownPayer.account_id == account_id)
    known = ctx.session.scalars(same).one_or_none()
    if known is None:
        known = KnownPayer(payer=payer, account_id=account_id, learnt_from=item.id, last_on=item.received_on, times=0)
        ctx.session.add(known)
    known.times += 1
    known.last_on = max(known.last_on, item.received_on)
    known.active = True
    ctx.session.flush()


def _line(item: SuspenseItem, move: SuspenseMove) -> Line:
    on = item.received_on
    if move.kind is SuspenseMoveKind.REFUND:
        return Line(move.account_id, CONTRA, -move.pence, on, None, f"Suspense item {item.number} sent back")
    return Line(move.account_id, item.code, -move.pence, on, week_monday(on), f"Suspense item {item.number}")


def _settle(ctx: Context, item: SuspenseItem, moves: Sequence[SuspenseMove], total: int) -> None:
    item.left_pence -= total
    item.request_id = None
    if item.left_pence:
        item.state = SuspenseState.OPEN
    else:
        sent_back = all(move.kind is SuspenseMoveKind.REFUND for move in moves)
        item.state = SuspenseState.REFUNDED if sent_back else SuspenseState.CLEARED
        item.settled_on = ctx.clock.today()
        looking_after.settled(ctx, item, "It is where it belongs")
    ctx.session.flush()


def _made(ctx: Context, journal: int) -> str:
    rows = (
        select(SuspenseItem.number)
        .join(SuspenseMove, SuspenseMove.item_id == SuspenseItem.id)
        .where(SuspenseMove.journal == journal)
    )
    number = ctx.session.scalars(rows).first()
    into = select(SuspenseItem.number).where(
        SuspenseItem.journal == journal, SuspenseItem.source != SuspenseSource.FILE
    )
    number = ctx.session.scalars(into).first() if number is None else number
    return "" if number is None else f"suspense item {number}"
