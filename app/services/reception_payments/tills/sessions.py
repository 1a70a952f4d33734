"""Which session a payment belongs to, what it has taken, and what may no longer be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Select, and_, func, or_, select, true

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.reception_payments.tills import Till, TillCount, TillReceipt, TillSession
from app.models.values import MoneyReceiptState, TakenBy, TillCountKind, TillState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.reception_payments.receipts import taken
from app.services.reception_payments.tills import rules

IN_HAND: Final = frozenset({TakenBy.CASH, TakenBy.CHEQUE, TakenBy.POSTAL_ORDER})
"""What lies in a till."""
PAPER: Final = frozenset({TakenBy.CHEQUE, TakenBy.POSTAL_ORDER})
STANDS: Final = Receipt.state != MoneyReceiptState.VOID
"""A cheque that the bank sent back was in the till all the same."""


def register() -> None:
    """Plug into what follows a payment: it belongs to the till of whoever took it."""
    taken.register(attach)


def attach(ctx: Context, receipt: Receipt, shares: Sequence[ReceiptShare]) -> None:
    """Put a payment at a desk into the open session of the officer who took it. A desk without tills needs none.

    Raises:
        UserError: it is cash, a cheque or a postal order, and the officer holds no open till there, or one whose day is over.
    """
    del shares
    if receipt.taken_by is TakenBy.CARD or not _has_till(ctx, receipt.desk_id):
        return
    open_here = (
        select(TillSession)
        .join(Till, Till.id == TillSession.till_id)
        .where(Till.desk_id == receipt.desk_id, TillSession.state == TillState.OPEN)
        .order_by(TillSession.id)
    )
    sessions = ctx.session.scalars(open_here).all()
    own = next((each for each in sessions if each.holder_id == ctx.officer.id), None)
    if own is None:
        if receipt.taken_by in IN_HAND:
            raise _no_till(ctx, receipt.desk_id, sessions)
        return
    if day_is_over(ctx, own):
        raise UserError(
            f"Your till has been open since {day_of(own)}.", "Cash it up, and open it again for today.", "taken_by"
        )
    ctx.session.add(TillReceipt(receipt_id=receipt.id, session_id=own.id))
    ctx.session.flush()


def refuse_void(ctx: Context, receipt: Receipt) -> None:
    """Refuse to void what was counted: its till is cashed up, or on its way to the bank.

    Raises:
        UserError: it was.
    """
    if receipt.taken_by not in IN_HAND:
        return
    of_it = (
        select(TillSession)
        .join(TillReceipt, TillReceipt.session_id == TillSession.id)
        .where(TillReceipt.receipt_id == receipt.id)
    )
    session = ctx.session.scalars(of_it).one_or_none()
    if session is not None and session.state is not TillState.OPEN:
        raise UserError(
            f"Session {session.number} of its till is cashed up, so it can't be void.",
            "Put it right by an adjustment, or give the money back as a refund.",
        )


def goes_on(ctx: Context, receipt: Receipt) -> bool:
    """Whether a receipt lies in a till that is open and whose business day isn't over, though midnight may have passed."""
    of_it = (
        select(TillSession)
        .join(TillReceipt, TillReceipt.session_id == TillSession.id)
        .where(TillReceipt.receipt_id == receipt.id, TillSession.state == TillState.OPEN)
    )
    session = ctx.session.scalars(of_it).one_or_none()
    return session is not None and not day_is_over(ctx, session)


def held_among(ctx: Context, session_ids: Sequence[int]) -> frozenset[int]:
    """The sessions that the officer held at any time, or counted for the float, for a change of hands or at the end."""
    me, found = ctx.officer.id, set[int]()
    own = TillCount.kind != TillCountKind.SPOT
    for chunk in in_chunks(session_ids):
        held = select(TillSession.id).where(or_(TillSession.opened_by == me, TillSession.holder_id == me))
        found.update(ctx.session.scalars(held.where(TillSession.id.in_(chunk))))
        counted = and_(TillCount.counted_by == me, own)
        agreed = and_(TillCount.to_officer_id == me, TillCount.accepted_at.is_not(None))
        counts = select(TillCount.session_id).where(or_(counted, agreed), TillCount.session_id.in_(chunk))
        found.update(ctx.session.scalars(counts))
    return frozenset(found)


def in_own_till(ctx: Context) -> Select[int]:
    """The receipts of what lies in the till that the officer holds open: what it comes to is told once it is cashed up."""
    return (
        select(TillReceipt.receipt_id)
        .join(TillSession, TillSession.id == TillReceipt.session_id)
        .join(Receipt, Receipt.id == TillReceipt.receipt_id)
        .where(
            TillSession.state == TillState.OPEN,
            TillSession.holder_id == ctx.officer.id,
            Receipt.taken_by.in_(sorted(IN_HAND)),
        )
    )


def journals_in_own_till(ctx: Context) -> frozenset[int]:
    """The journals of what stands of that."""
    rows = select(Receipt.journal).where(Receipt.id.in_(in_own_till(ctx)), STANDS)
    return frozenset(ctx.session.scalars(rows))


def day_is_over(ctx: Context, session: TillSession) -> bool:
    """Whether a session takes no more payments: its business day is over."""
    until = ctx.policy.number("tills.until_hour", session.business_on)
    return rules.is_over(session.business_on, ctx.clock.now().astimezone(), until)


def day_of(session: TillSession) -> str:
    """The business day of a session, as it is written."""
    return f"{session.business_on:%a} {session.business_on.day} {session.business_on:%b}"


def expected(ctx: Context, session: TillSession) -> int:
    """What cash should be in a till, in pence: its float and what was taken in cash, less what was voided."""
    return session.float_pence + taken_in(ctx, session.id, frozenset({TakenBy.CASH}))[0]


def taken_in(ctx: Context, session_id: int, ways: frozenset[TakenBy]) -> tuple[int, int]:
    """What stands of a session's receipts that were taken in some ways: in pence, and how many."""
    rows = (
        select(func.coalesce(func.sum(Receipt.pence), 0), func.count())
        .join(TillReceipt, TillReceipt.receipt_id == Receipt.id)
        .where(TillReceipt.session_id == session_id, Receipt.taken_by.in_(sorted(ways)), STANDS)
    )
    pence, count = ctx.session.execute(rows).one()
    return int(pence), count


def _has_till(ctx: Context, desk_id: int) -> bool:
    active = select(Till.id).where(Till.desk_id == desk_id, Till.active == true())
    return ctx.session.scalars(active).first() is not None


def _no_till(ctx: Context, desk_id: int, sessions: Sequence[TillSession]) -> UserError:
    desk = ctx.session.get_one(PaymentDesk, desk_id).name
    if not sessions:
        return UserError(f"No till is open at {desk}.", "Open one with its float first.", "taken_by")
    holder = ctx.session.get_one(Officer, sessions[0].holder_id).name
    return UserError(
        f"You hold no till at {desk}: {holder} does.", "Take it over from them, or open another one.", "taken_by"
    )
