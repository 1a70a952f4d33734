"""Rows of sessions, with what the officer who asks may know of each and do with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import Banking, Till, TillCount, TillReceipt, TillSession
from app.models.values import Money, TakenBy, TillCountKind, TillState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.tills import sessions
from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import SessionRow

MOST = 500
IS_OPEN = TillSession.state == TillState.OPEN
_HOLDER, _SIGNER = aliased(Officer), aliased(Officer)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A till that is counted for a colleague who hasn't agreed yet; in pence what should have been in it then."""

    to_id: int
    to: str
    expected: int


_NOBODY: Final = _Offer(0, "", 0)


def rows(ctx: Context, *where: ColumnElement[bool]) -> tuple[SessionRow, ...]:
    """The newest sessions for which this holds, the newest first."""
    found = (
        select(
            TillSession,
            Till,
            PaymentDesk.name.label("desk"),
            _HOLDER.name.label("holder"),
            _SIGNER.name.label("signer"),
            Banking.number.label("banking"),
        )
        .join(Till, Till.id == TillSession.till_id)
        .join(PaymentDesk, PaymentDesk.id == Till.desk_id)
        .join(_HOLDER, _HOLDER.id == TillSession.holder_id)
        .outerjoin(_SIGNER, _SIGNER.id == TillSession.signed_by)
        .outerjoin(Banking, Banking.id == TillSession.banking_id)
        .where(*where)
        .order_by(TillSession.number.desc())
        .limit(MOST)
    )
    read = ctx.session.execute(found).all()
    taken = _taken(ctx, [each.TillSession.id for each in read])
    offers = _offers(ctx, [each.TillSession.id for each in read if each.TillSession.state is TillState.OPEN])
    held = sessions.held_among(
        ctx, [each.TillSession.id for each in read if each.TillSession.state is TillState.COUNTED]
    )
    return tuple(_row(ctx, each, taken.get(each.TillSession.id, {}), offers, held) for each in read)


def may_know(ctx: Context, session: TillSession) -> bool:
    """Whether the officer may know what should be in a till: nobody who holds one before they have counted it."""
    if session.state is not TillState.OPEN:
        return True
    return Permission.SIGN_BANKING in ctx.officer.permissions and session.holder_id != ctx.officer.id


def _row(
    ctx: Context,
    found: Any,
    ways: Mapping[TakenBy, tuple[int, int]],
    offers: Mapping[int, _Offer],
    held: Collection[int],
) -> SessionRow:
    session, open_ = found.TillSession, found.TillSession.state is TillState.OPEN
    counted, knows = session.counted_pence, may_know(ctx, session)
    hidden = {TakenBy.CASH} if knows else sessions.IN_HAND
    goes_on = open_ and not sessions.day_is_over(ctx, session)
    offer, cash = offers.get(session.id, _NOBODY), ways.get(TakenBy.CASH, (0, 0))[0]
    handed_to = offer.to if offer.expected == session.float_pence + cash else ""
    hands = _hands(ctx, session, offer, goes_on=goes_on) if open_ else set()
    return SessionRow(
        session_id=session.id,
        number=session.number,
        till=found.Till.name,
        desk=found.desk,
        desk_id=found.Till.desk_id,
        state=session.state,
        business_on=session.business_on,
        holder_id=session.holder_id,
        holder=found.holder,
        opened_at=session.opened_at,
        float_=Money(session.float_pence),
        receipts=sum(count for _, count in ways.values()),
        cash=Money(cash) if knows else None,
        others={way: Money(pence) for way, (pence, _) in ways.items() if way not in hidden},
        over=None if counted is None else Money(counted - (session.expected_pence or 0)),
        counted=None if counted is None else Money(counted),
        cheques=Money(session.cheque_pence or 0),
        why=session.why,
        signed_by=found.signer or "",
        signed_at=session.signed_at,
        banking=found.banking,
        may_take=goes_on,
        acts=frozenset(_acts(ctx, session, held=session.id in held) | hands),
        handed_to=handed_to,
    )


def _acts(ctx: Context, session: TillSession, *, held: bool) -> set[TillAct]:
    may, own = ctx.officer.permissions, session.holder_id == ctx.officer.id
    takes, signs = Permission.TAKE_PAYMENTS in may, Permission.SIGN_BANKING in may
    found: set[TillAct] = set()
    if session.state is not TillState.OPEN:
        found.add(TillAct.SHEET)
    if session.state is not TillState.CLOSED and takes and (own or signs):
        found.add(TillAct.CASH_UP if session.state is TillState.OPEN else TillAct.COUNT_AGAIN)
    if session.state is TillState.COUNTED and signs and not held:
        found.add(TillAct.SIGN)
    if session.state is TillState.OPEN and signs and not own:
        found.add(TillAct.SPOT_CHECK)
    return found


def _hands(ctx: Context, session: TillSession, offer: _Offer, *, goes_on: bool) -> set[TillAct]:
    """How an open till goes from hand to hand."""
    own = session.holder_id == ctx.officer.id
    if Permission.TAKE_PAYMENTS not in ctx.officer.permissions:
        return set()
    if own:
        return {TillAct.HAND_OVER} if goes_on else set()
    return {TillAct.TAKE_OVER} if offer.to_id == ctx.officer.id else set()


def _offers(ctx: Context, session_ids: Sequence[int]) -> dict[int, _Offer]:
    """The sessions whose newest count hands them to somebody who hasn't agreed yet."""
    if not session_ids:
        return {}
    newest = (
        select(func.max(TillCount.id))
        .where(TillCount.session_id.in_(sorted(session_ids)[:MOST]))
        .group_by(TillCount.session_id)
    )
    rows = (
        select(TillCount.session_id, Officer.id, Officer.name, TillCount.expected_pence)
        .join(Officer, Officer.id == TillCount.to_officer_id)
        .where(TillCount.id.in_(newest), TillCount.kind == TillCountKind.HANDOVER, TillCount.accepted_at.is_(None))
    )
    return {session_id: _Offer(to_id, to, expected) for session_id, to_id, to, expected in ctx.session.execute(rows)}


def _taken(ctx: Context, session_ids: Sequence[int]) -> dict[int, dict[TakenBy, tuple[int, int]]]:
    """What stands of each session's receipts, by how it was taken: in pence, and how many."""
    found: dict[int, dict[TakenBy, tuple[int, int]]] = {}
    for chunk in in_chunks(session_ids):
        read = (
            select(TillReceipt.session_id, Receipt.taken_by, func.sum(Receipt.pence), func.count())
            .join(Receipt, Receipt.id == TillReceipt.receipt_id)
            .where(TillReceipt.session_id.in_(chunk), sessions.STANDS)
            .group_by(TillReceipt.session_id, Receipt.taken_by)
        )
        for session_id, way, pence, count in ctx.session.execute(read):
            found.setdefault(session_id, {})[way] = (int(pence), count)
    return found
