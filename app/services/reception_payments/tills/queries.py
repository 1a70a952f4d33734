"""Tills, sessions and bankings as pages and the command line show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import (
    Banking,
    Till,
    TillCount,
    TillCountLine,
    TillReceipt,
    TillSession,
)
from app.models.values import Money, TakenBy, TillState
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.tills import sessions
from app.services.reception_payments.tills.dto import BankingRow, SessionRow, TillRow

_MOST = 500
_HOLDER, _SIGNER = aliased(Officer), aliased(Officer)


def tills(ctx: Context) -> tuple[TillRow, ...]:
    """Every till, those in use first, each with the session that is open at it."""
    open_ = {each.till_id: each.id for each in ctx.session.scalars(select(TillSession).where(_OPEN))}
    rows = {row.session_id: row for row in _sessions(ctx, TillSession.id.in_(sorted(open_.values())))}
    found = (
        select(Till, PaymentDesk.name)
        .join(PaymentDesk, PaymentDesk.id == Till.desk_id)
        .order_by(Till.active.desc(), PaymentDesk.name, Till.name)
    )
    return tuple(
        TillRow(
            till.id,
            till.name,
            desk,
            till.desk_id,
            Money(till.float_pence),
            till.active,
            rows.get(open_.get(till.id, 0)),
        )
        for till, desk in ctx.session.execute(found)
    )


def recent(ctx: Context, desk_id: int | None = None) -> tuple[SessionRow, ...]:
    """The newest sessions, of one desk or of all."""
    of_desk = () if desk_id is None else (Till.desk_id == desk_id,)
    return _sessions(ctx, *of_desk)


def session(ctx: Context, session_id: int) -> SessionRow | None:
    """One session."""
    return next(iter(_sessions(ctx, TillSession.id == session_id)), None)


def own_session(ctx: Context) -> SessionRow | None:
    """The session that the officer holds open, if they do."""
    return next(iter(_sessions(ctx, _OPEN, TillSession.holder_id == ctx.officer.id)), None)


def to_bank(ctx: Context, desk_id: int) -> tuple[SessionRow, ...]:
    """The closed sessions of a desk whose money is in no bag."""
    return _sessions(
        ctx, Till.desk_id == desk_id, TillSession.state == TillState.CLOSED, TillSession.banking_id.is_(None)
    )


def receipts(ctx: Context, session_id: int) -> Sequence[Receipt]:
    """The receipts of a session, in their order."""
    of_it = select(Receipt).join(TillReceipt, TillReceipt.receipt_id == Receipt.id)
    return ctx.session.scalars(of_it.where(TillReceipt.session_id == session_id).order_by(Receipt.id)).all()


def counts(ctx: Context, session_id: int) -> tuple[tuple[TillCount, Mapping[int, int]], ...]:
    """The counts of a session in their order, each with how many of each note and coin."""
    made = ctx.session.scalars(select(TillCount).where(TillCount.session_id == session_id).order_by(TillCount.id)).all()
    lines: dict[int, dict[int, int]] = {}
    of_them = select(TillCountLine).where(TillCountLine.count_id.in_([each.id for each in made]))
    for line in ctx.session.scalars(of_them):
        lines.setdefault(line.count_id, {})[line.denomination_pence] = line.quantity
    return tuple((each, lines.get(each.id, {})) for each in made)


def bankings(ctx: Context) -> tuple[BankingRow, ...]:
    """The newest bankings."""
    rows = (
        select(Banking, PaymentDesk.name.label("desk"), _HOLDER.name.label("maker"), _SIGNER.name.label("sealer"))
        .join(PaymentDesk, PaymentDesk.id == Banking.desk_id)
        .join(_HOLDER, _HOLDER.id == Banking.made_by)
        .outerjoin(_SIGNER, _SIGNER.id == Banking.sealed_by)
        .order_by(Banking.number.desc())
        .limit(_MOST)
    )
    return tuple(
        BankingRow(
            banking.id,
            banking.number,
            desk,
            banking.bag,
            banking.state,
            Money(banking.cash_pence),
            Money(banking.cheque_pence),
            banking.cheque_count,
            maker,
            banking.made_at,
            sealer or "",
            banking.banked_on,
            None if banking.banked_pence is None else Money(banking.banked_pence),
            banking.cancelled_why,
        )
        for banking, desk, maker, sealer in ctx.session.execute(rows)
    )


_OPEN = TillSession.state == TillState.OPEN


def _sessions(ctx: Context, *where: ColumnElement[bool]) -> tuple[SessionRow, ...]:
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
        .limit(_MOST)
    )
    rows = ctx.session.execute(found).all()
    taken = _taken(ctx, [row.TillSession.id for row in rows])
    return tuple(_row(ctx, row, taken.get(row.TillSession.id, {})) for row in rows)


def _row(ctx: Context, found: Any, ways: Mapping[TakenBy, tuple[int, int]]) -> SessionRow:
    """A session as it may be shown: nobody who holds a till is told what should be in it before they have counted."""
    session, open_ = found.TillSession, found.TillSession.state is TillState.OPEN
    may_know = Permission.SIGN_BANKING in ctx.officer.permissions and session.holder_id != ctx.officer.id
    over = None if session.counted_pence is None else Money(session.counted_pence - (session.expected_pence or 0))
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
        cash=Money(ways.get(TakenBy.CASH, (0, 0))[0]) if may_know or not open_ else None,
        others={way: Money(pence) for way, (pence, _) in ways.items() if way is not TakenBy.CASH},
        over=over,
        why=session.why,
        signed_by=found.signer or "",
        banking=found.banking,
        may_take=open_ and not sessions.day_is_over(ctx, session),
    )


def _taken(ctx: Context, session_ids: Sequence[int]) -> dict[int, dict[TakenBy, tuple[int, int]]]:
    """What stands of each session's receipts, by how it was taken: in pence, and how many."""
    rows = (
        select(TillReceipt.session_id, Receipt.taken_by, func.sum(Receipt.pence), func.count())
        .join(Receipt, Receipt.id == TillReceipt.receipt_id)
        .where(TillReceipt.session_id.in_(session_ids), sessions.STANDS)
        .group_by(TillReceipt.session_id, Receipt.taken_by)
    )
    found: dict[int, dict[TakenBy, tuple[int, int]]] = {}
    for session_id, way, pence, count in ctx.session.execute(rows):
        found.setdefault(session_id, {})[way] = (int(pence), count)
    return found
