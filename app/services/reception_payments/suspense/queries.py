"""What is in suspense, as lists, cards and the command line show it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.suspense import KnownPayer, SuspenseItem, SuspenseMove
from app.models.values import Money, SuspenseMoveKind, SuspenseState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.records import record
from app.services.reception_payments.suspense import candidates as finding
from app.services.reception_payments.suspense.dto import STANDING, Candidate, MoveRow, PayerRow, SuspenseRow

_MOST = 5_000


def listed(ctx: Context, states: Sequence[SuspenseState] = STANDING) -> tuple[SuspenseRow, ...]:
    """The items in some states, the oldest first."""
    return rows(ctx, SuspenseItem.state.in_(states))


def item(ctx: Context, item_id: int) -> SuspenseRow | None:
    """One item."""
    return next(iter(rows(ctx, SuspenseItem.id == item_id)), None)


def candidates(ctx: Context, item_id: int) -> tuple[Candidate, ...]:
    """The likeliest accounts of an item, with the reasons."""
    return finding.ranked(ctx, record(ctx, SuspenseItem, item_id, "suspense item"))


def moves(ctx: Context, item_id: int) -> tuple[MoveRow, ...]:
    """Where an item went, or is to go, in its order."""
    maker, approver = aliased(Officer), aliased(Officer)
    rows = (
        select(SuspenseMove, Account, maker.name, approver.name)
        .join(Account, Account.id == SuspenseMove.account_id)
        .join(maker, maker.id == SuspenseMove.confirmed_by)
        .outerjoin(approver, approver.id == SuspenseMove.approved_by)
        .where(SuspenseMove.item_id == item_id)
        .order_by(SuspenseMove.id)
    )
    closed = access.closed_accounts(ctx)
    found = []
    for move, account, confirmed, approved in ctx.session.execute(rows):
        where = account.payment_reference or account.name
        if move.kind is SuspenseMoveKind.REFUND:
            where = "Back to whoever sent it"
        elif account.id in closed:
            where = "Restricted"
        found.append(
            MoveRow(
                move.kind,
                move.state,
                where,
                Money(move.pence),
                move.why,
                confirmed,
                move.confirmed_at,
                approved or "",
                move.journal,
            )
        )
    return tuple(found)


def totals(ctx: Context) -> tuple[int, Money]:
    """How many items stand in suspense, and what they come to."""
    held = select(func.count(), func.coalesce(func.sum(SuspenseItem.left_pence), 0))
    count, pence = ctx.session.execute(held.where(SuspenseItem.state.in_(STANDING))).one()
    return count, Money(int(pence))


def payers(ctx: Context, account_id: int) -> tuple[PayerRow, ...]:
    """The payers who are known for an account, those of late first.

    Raises:
        UserError: it is restricted, and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    known = (
        select(KnownPayer, SuspenseItem.payer_name)
        .join(SuspenseItem, SuspenseItem.id == KnownPayer.learnt_from)
        .where(KnownPayer.account_id == account_id)
        .order_by(KnownPayer.last_on.desc(), KnownPayer.id)
    )
    return tuple(
        PayerRow(each.id, name, each.last_on, each.times, each.active) for each, name in ctx.session.execute(known)
    )


def rows(ctx: Context, *where: ColumnElement[bool], most: int = _MOST) -> tuple[SuspenseRow, ...]:
    """The items for which something holds, the oldest first; at most so many."""
    today = ctx.clock.today()
    found = (
        select(SuspenseItem, Officer.name)
        .outerjoin(Officer, Officer.id == SuspenseItem.officer_id)
        .where(*where)
        .order_by(SuspenseItem.received_on, SuspenseItem.number)
        .limit(most)
    )
    read = ctx.session.execute(found).all()
    known = _known(ctx, [row.SuspenseItem for row in read if row.SuspenseItem.state is SuspenseState.OPEN])
    return tuple(
        SuspenseRow(
            one.id,
            one.number,
            one.state,
            Money(one.pence),
            Money(one.left_pence),
            one.code,
            one.received_on,
            (today - one.received_on).days,
            one.reference_given,
            one.payer_name,
            one.narrative,
            one.source,
            one.officer_id,
            owner or "",
            one.request_id,
            one.note,
            one.version,
            known.get(one.id, ""),
        )
        for one, owner in read
    )


def _known(ctx: Context, items: Sequence[SuspenseItem]) -> dict[int, str]:
    """Of each item the account that its payer paid for before, where that is one alone."""
    payers = {each.id: finding.payer_key(each) for each in items}
    accounts: dict[str, set[int]] = {}
    references: dict[int, str] = {}
    for chunk in in_chunks(sorted({each for each in payers.values() if each})):
        rows = (
            select(KnownPayer.payer, KnownPayer.account_id, Account.payment_reference)
            .join(Account, Account.id == KnownPayer.account_id)
            .where(KnownPayer.payer.in_(chunk), KnownPayer.active == true())
        )
        for payer, account_id, reference in ctx.session.execute(rows):
            accounts.setdefault(payer, set()).add(account_id)
            references[account_id] = reference or ""
    closed = access.closed_accounts(ctx) if accounts else frozenset()
    only = {payer: next(iter(found)) for payer, found in accounts.items() if len(found) == 1 and not found & closed}
    return {item_id: references[only[payer]] for item_id, payer in payers.items() if payer in only}
