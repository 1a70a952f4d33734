"""Arrangements: what a new one can cover, how those in force stand, and the office's list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.officers import Officer
from app.models.values import ArrangementState, Money, PaymentMethod, Stop
from app.services.arrangements import policies, reading
from app.services.arrangements.dto import (
    ArrangementFilter,
    ArrangementForm,
    ArrangementRow,
    ArrangementShown,
    DebtRow,
    Kept,
    Progress,
    Standing,
)
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.holds.queries import stops
from app.services.rent.dto import AccountHeader
from app.services.rent.header import account_header
from app.services.rent.rules import KIND_WORDS

MOST: Final = 2_000
"""The register shows so many at most; a name or a reference finds the rest."""
_STATES: Final = {
    ArrangementShown.LIVE: ArrangementState.LIVE,
    ArrangementShown.BEHIND: ArrangementState.LIVE,
    ArrangementShown.BROKEN: ArrangementState.BROKEN,
    ArrangementShown.COMPLETED: ArrangementState.COMPLETED,
}


def form(ctx: Context, account_id: int) -> ArrangementForm:
    """What an arrangement on an account begins with: the debts that it may cover, the charge, what stops it.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    header = account_header(ctx, account_id)
    today = ctx.clock.today()
    debts = _debts(header)
    held = stops(ctx, [row.account_id for row in debts], Stop.ARREARS_COLLECTION, today).get(account_id)
    return ArrangementForm(
        account_id=account_id,
        reference=header.reference,
        name=header.name,
        debts=debts,
        weekly=header.weekly,
        direct_debit=header.payment_method is PaymentMethod.DIRECT_DEBIT and header.ended_on is None,
        today=today,
        terms=policies.terms(ctx, today),
        standing=standing(ctx, [account_id]).get(account_id),
        stopped=_said(held.reason, written(held.until) if held.until else "") if held else "",
    )


def standing(ctx: Context, account_ids: Collection[int]) -> dict[int, Standing]:
    """The arrangement in force on each account, or that covers it; where there is none, the last that was broken."""
    found: dict[int, Arrangement] = {}
    for chunk in in_chunks(sorted(account_ids)):
        covering = select(ArrangementDebt.arrangement_id).where(ArrangementDebt.account_id.in_(chunk))
        statement = (
            select(Arrangement)
            .where(or_(Arrangement.account_id.in_(chunk), Arrangement.id.in_(covering)), *_shown_on(ctx))
            .order_by(Arrangement.id)
        )
        found.update((row.id, row) for row in ctx.session.scalars(statement))
    rows = sorted(found.values(), key=lambda row: (row.state is ArrangementState.LIVE, row.starts_on, row.id))
    accounts, progress = reading.covered(ctx, rows), reading.measured(ctx, rows)
    result: dict[int, Standing] = {}
    for row in rows:
        each = reading.standing_of(row, accounts[row.id], progress[row.id])
        result.update((account_id, each) for account_id in {row.account_id, *each.covered} & set(account_ids))
    return result


def listed(ctx: Context, wanted: ArrangementFilter) -> tuple[ArrangementRow, ...]:
    """The arrangements of a choice, those furthest behind first, then by the day on which they are paid off."""
    statement = (
        select(Arrangement, Account.payment_reference, Account.name, Officer.name.label("made_by_name"))
        .join(Account, Account.id == Arrangement.account_id)
        .outerjoin(Officer, Officer.id == Arrangement.made_by)
        .order_by(Arrangement.starts_on.desc(), Arrangement.id.desc())
    )
    if wanted.shown in _STATES:
        statement = statement.where(Arrangement.state == _STATES[wanted.shown])
    for word in wanted.text.split():
        statement = statement.where(or_(Account.name.ilike(f"%{word}%"), Account.payment_reference.ilike(f"%{word}%")))
    found = ctx.session.execute(statement.limit(MOST)).all()
    progress: defaultdict[int, Progress] = defaultdict(lambda: Progress(Kept.UNKNOWN))
    in_force = [row.Arrangement for row in found if row.Arrangement.state is ArrangementState.LIVE]
    progress.update(reading.measured(ctx, in_force))
    shut = access.restricted_accounts(ctx)
    rows = [
        _row(
            row.Arrangement, row.payment_reference or "", row.name, row.made_by_name or "", progress[row.Arrangement.id]
        )
        if row.Arrangement.account_id not in shut
        else _row(row.Arrangement, row.payment_reference or "", access.RESTRICTED_NAME, "", Progress(Kept.UNKNOWN))
        for row in found
    ]
    if wanted.shown is ArrangementShown.BEHIND:
        rows = [row for row in rows if row.kept in {Kept.BEHIND, Kept.BROKEN}]
    return tuple(sorted(rows, key=lambda row: -row.short.pence))


def counts(ctx: Context) -> dict[ArrangementShown, int]:
    """How many there are that ask for something to be done."""
    rows = ctx.session.scalars(select(Arrangement).where(Arrangement.state == ArrangementState.LIVE)).all()
    behind = sum(each.kept in {Kept.BEHIND, Kept.BROKEN} for each in reading.measured(ctx, rows).values())
    return {ArrangementShown.LIVE: len(rows), ArrangementShown.BEHIND: behind}


def _debts(header: AccountHeader) -> tuple[DebtRow, ...]:
    """The account, then every other one of theirs that owes something."""
    place = header.address[0] if header.address else ""
    own = DebtRow(header.account_id, header.reference, KIND_WORDS[header.kind], place, header.balance)
    others = (
        DebtRow(each.account_id, each.reference, KIND_WORDS[each.kind], each.address.split(",")[0], each.balance)
        for each in header.linked
        if each.balance.pence > 0
    )
    return (own, *others)


def _shown_on(ctx: Context) -> tuple[ColumnElement[bool], ...]:
    """In force or broken; of those whose debt is unknown, those that haven't run out."""
    return (
        Arrangement.state.in_((ArrangementState.LIVE, ArrangementState.BROKEN)),
        or_(
            Arrangement.debt_pence.is_not(None),
            Arrangement.ends_on.is_(None),
            Arrangement.ends_on >= ctx.clock.today(),
        ),
    )


def _row(row: Arrangement, reference: str, name: str, made_by: str, progress: Progress) -> ArrangementRow:
    return ArrangementRow(
        arrangement_id=row.id,
        account_id=row.account_id,
        reference=reference,
        name=name,
        amount=Money(row.amount_pence),
        every=row.frequency,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        debt=Money(row.debt_pence) if row.debt_pence is not None else None,
        due=progress.due,
        paid=progress.paid,
        short=progress.short,
        kept=progress.kept,
        left=progress.left,
        made_by=made_by,
        state_reason=row.state_reason,
    )


def _said(reason: str, until: str) -> str:
    words = f"Nothing is collected off the arrears now: {reason}"
    return f"{words}, until {until}" if until else words
