"""Tills, sessions and bankings as pages and the command line show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import (
    Banking,
    BankingLine,
    Till,
    TillCount,
    TillCountLine,
    TillReceipt,
    TillSession,
)
from app.models.values import BankingState, Money, TillCountKind, TillState
from app.services.core.context import Context
from app.services.core.officers import holders
from app.services.core.permissions import Permission
from app.services.core.records import missing, record
from app.services.reception_payments.tills import listing
from app.services.reception_payments.tills.acts import BankingAct, TillAct
from app.services.reception_payments.tills.dto import (
    BankingCard,
    BankingRow,
    CountRow,
    SessionCard,
    SessionRow,
    TillRow,
)

_HOLDER, _SIGNER = aliased(Officer), aliased(Officer)


def tills(ctx: Context) -> tuple[TillRow, ...]:
    """Every till, those in use first, each with the session that is open at it."""
    open_ = {each.till_id: each.id for each in ctx.session.scalars(select(TillSession).where(listing.IS_OPEN))}
    rows = {row.session_id: row for row in listing.rows(ctx, TillSession.id.in_(sorted(open_.values())))}
    waits = select(TillSession.till_id, func.count()).where(TillSession.state == TillState.COUNTED)
    to_sign = dict(ctx.session.execute(waits.group_by(TillSession.till_id)).all())
    opens = frozenset({TillAct.OPEN} if Permission.TAKE_PAYMENTS in ctx.officer.permissions else ())
    found = (
        select(Till, PaymentDesk.name)
        .join(PaymentDesk, PaymentDesk.id == Till.desk_id)
        .order_by(Till.active.desc(), PaymentDesk.name, Till.name)
    )
    made = []
    for till, desk in ctx.session.execute(found):
        row = rows.get(open_.get(till.id, 0))
        acts = row.acts if row is not None else opens if till.active else frozenset()
        made.append(
            TillRow(
                till.id,
                till.name,
                desk,
                till.desk_id,
                Money(till.float_pence),
                till.active,
                row,
                till.version,
                to_sign.get(till.id, 0),
                acts,
            )
        )
    return tuple(made)


def recent(ctx: Context, desk_id: int | None = None) -> tuple[SessionRow, ...]:
    """The newest sessions, of one desk or of all."""
    of_desk = () if desk_id is None else (Till.desk_id == desk_id,)
    return listing.rows(ctx, *of_desk)


def of_till(ctx: Context, till_id: int) -> tuple[SessionRow, ...]:
    """The newest sessions of a till."""
    return listing.rows(ctx, TillSession.till_id == till_id)


def session(ctx: Context, session_id: int) -> SessionRow | None:
    """One session."""
    return next(iter(listing.rows(ctx, TillSession.id == session_id)), None)


def session_card(ctx: Context, session_id: int) -> SessionCard:
    """A session whole. What should have been in the till at a count is told to those alone who may know it.

    Raises:
        UserError: there is no such session.
    """
    row = session(ctx, session_id)
    if row is None:
        raise missing("session")
    kept = ctx.session.get_one(TillSession, session_id)
    told = _told_counts(ctx, kept)
    made = counts(ctx, session_id)
    names = _names(ctx, {each.counted_by for each, _ in made} | {each.to_officer_id or 0 for each, _ in made})
    return SessionCard(row, tuple(_count(each, lines, names, told=told(each)) for each, lines in made))


def till_of(ctx: Context, session_id: int) -> int:
    """The till of a session.

    Raises:
        UserError: there is no such session.
    """
    return record(ctx, TillSession, session_id, "session").till_id


def to_bank(ctx: Context, desk_id: int | None = None) -> tuple[SessionRow, ...]:
    """The closed sessions of a desk, or of all, whose money is in no bag."""
    of_desk = () if desk_id is None else (Till.desk_id == desk_id,)
    return listing.rows(ctx, *of_desk, TillSession.state == TillState.CLOSED, TillSession.banking_id.is_(None))


def colleagues(ctx: Context) -> tuple[tuple[str, int], ...]:
    """Who may be handed a till: the officers who take payments, without whoever asks."""
    found = holders(ctx.session, Permission.TAKE_PAYMENTS)
    return tuple((each.name, each.id) for each in found if each.id != ctx.officer.id)


def receipts(ctx: Context, session_id: int) -> Sequence[Receipt]:
    """The receipts of a session, in their order."""
    of_it = select(Receipt).join(TillReceipt, TillReceipt.receipt_id == Receipt.id)
    return ctx.session.scalars(of_it.where(TillReceipt.session_id == session_id).order_by(Receipt.id)).all()


def counts(ctx: Context, session_id: int) -> tuple[tuple[TillCount, Mapping[int, int]], ...]:
    """The counts of a session in their order, each with how many of each note and coin."""
    made = ctx.session.scalars(select(TillCount).where(TillCount.session_id == session_id).order_by(TillCount.id)).all()
    lines: dict[int, dict[int, int]] = {}
    of_it = select(TillCountLine).join(TillCount, TillCount.id == TillCountLine.count_id)
    for line in ctx.session.scalars(of_it.where(TillCount.session_id == session_id)):
        lines.setdefault(line.count_id, {})[line.denomination_pence] = line.quantity
    return tuple((each, lines.get(each.id, {})) for each in made)


def bankings(ctx: Context) -> tuple[BankingRow, ...]:
    """The newest bankings."""
    return banking_rows(ctx)


def banking_card(ctx: Context, banking_id: int) -> BankingCard:
    """A banking whole.

    Raises:
        UserError: there is no such banking.
    """
    row = next(iter(banking_rows(ctx, Banking.id == banking_id)), None)
    if row is None:
        raise missing("banking")
    lines = select(BankingLine).where(BankingLine.banking_id == banking_id)
    quantities = {each.denomination_pence: each.quantity for each in ctx.session.scalars(lines)}
    return BankingCard(row, listing.rows(ctx, TillSession.banking_id == banking_id), quantities)


def banking_rows(ctx: Context, *where: ColumnElement[bool]) -> tuple[BankingRow, ...]:
    """The newest bankings for which this holds."""
    rows = (
        select(Banking, PaymentDesk.name.label("desk"), _HOLDER.name.label("maker"), _SIGNER.name.label("sealer"))
        .join(PaymentDesk, PaymentDesk.id == Banking.desk_id)
        .join(_HOLDER, _HOLDER.id == Banking.made_by)
        .outerjoin(_SIGNER, _SIGNER.id == Banking.sealed_by)
        .where(*where)
        .order_by(Banking.number.desc())
        .limit(listing.MOST)
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
            banking.sealed_at,
            banking.desk_id,
            frozenset(_banking_acts(ctx, banking)),
        )
        for banking, desk, maker, sealer in ctx.session.execute(rows)
    )


def _banking_acts(ctx: Context, banking: Banking) -> set[BankingAct]:
    if banking.state is not BankingState.MADE:
        return set()
    held = ctx.officer.permissions
    found = {BankingAct.CANCEL} if Permission.TAKE_PAYMENTS in held else set()
    seals = Permission.SIGN_BANKING in held and banking.made_by != ctx.officer.id
    return found | ({BankingAct.SEAL} if seals else set())


def _names(ctx: Context, officer_ids: Collection[int]) -> Mapping[int, str]:
    rows = select(Officer.id, Officer.name).where(Officer.id.in_(sorted(officer_ids)))
    return dict(ctx.session.execute(rows).all())


def _told_counts(ctx: Context, session: TillSession) -> Callable[[TillCount], bool]:
    """Of which counts the officer is told what they were over or under: of their float, and of a spot check that was theirs."""
    knows, holds = listing.may_know(ctx, session), session.holder_id == ctx.officer.id

    def told(made: TillCount) -> bool:
        spot = made.kind is TillCountKind.SPOT and not holds
        return knows or (made.counted_by == ctx.officer.id and (spot or made.kind is TillCountKind.FLOAT))

    return told


def _count(made: TillCount, lines: Mapping[int, int], names: Mapping[int, str], *, told: bool) -> CountRow:
    return CountRow(
        made.id,
        made.kind,
        names[made.counted_by],
        made.counted_at,
        Money(made.pence),
        Money(made.pence - made.expected_pence) if told else None,
        made.why,
        names.get(made.to_officer_id or 0, ""),
        made.accepted_at is not None,
        lines,
    )
