"""The former tenant's account: opened with what the rent account comes to, and given back where an ending is reversed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, TypeVar

from sqlalchemy import Select, inspect, or_, select

from app.models.accounts import Account
from app.models.db import Base
from app.models.endings import Ending
from app.models.holds import Flag, HoldCase, HoldDebt
from app.models.values import AccountKind, EndReason, JournalKind
from app.services.core.context import Context
from app.services.holds import keeping as holds
from app.services.ledger import periods
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.posting import append
from app.services.ledger.queries import ledger_pages
from app.services.rent.keeping import NewAccount, open_account
from app.services.rent.search import refresh_search
from app.services.tenancies.endings.reading import Case, died_on

CODE: Final = "RIT"
_DAY: Final = timedelta(days=1)
_OWN: Final = frozenset({"id", "version", "account_id"})
_LONGEST: Final = 200

M = TypeVar("M", bound=Base)


def former_account(ctx: Context, found: Case, ending: Ending) -> Account:
    """The former tenant's account of a tenancy: the one that there is, else a new one with a reference of its own.

    After a death it is the executors', where nobody else held the tenancy.
    """
    standing = next((each for each in found.accounts if each.kind is AccountKind.FORMER_TENANT), None)
    if standing is not None:
        standing.closed_on = None
        ctx.session.flush()
        return standing
    dead = ending.reason in {EndReason.DEATH, EndReason.SUCCESSION} and died_on(ctx, found.tenancy.id) is not None
    name = f"Executors of {found.account.name}"[:_LONGEST] if dead else found.account.name
    assert found.account.rent_group_id is not None
    new = NewAccount(
        found.tenancy.id, AccountKind.FORMER_TENANT, found.account.rent_group_id, name, ending.ends_on + _DAY
    )
    return open_account(ctx, new)


def carry(ctx: Context, source: Account, target: Account, on: date, why: str, key: str) -> Posted | None:
    """Move the whole balance of an account to another, belonging to a day; None where there is nothing to move."""
    ctx.session.refresh(source)
    pence = source.balance_pence
    if not pence:
        return None
    lines = (
        Line(source.id, CODE, -pence, on, narrative=f"Carried to {target.payment_reference}"),
        Line(target.id, CODE, pence, on, narrative=f"Brought from {source.payment_reference}"),
    )
    header = JournalHeader(
        kind=JournalKind.ADJUSTMENT,
        accounting_on=periods.first_open_day(ctx.session, ctx.clock.today()),
        source="Ending of a tenancy",
        idempotency_key=key,
        narrative=why,
    )
    posted = append(ctx, header, lines, contras=False)
    ctx.session.refresh(source)
    ctx.session.refresh(target)
    return posted


def carried_on(ctx: Context, account: Account, ends_on: date) -> date:
    """The day that the balance is carried: after the last day and every line, so that a statement to its eve ends with it."""
    after = [line.effective_on for line in ledger_pages(ctx, [account.id], ends_on)[account.id].lines]
    return max([*after, ends_on]) + _DAY


def copy_marks(ctx: Context, source: Account, target: Account, day: date) -> None:
    """Holds and flags in force on an account hold on another too, and its debts in open cases go there with the balance."""
    holds.copy(ctx, source.id, target.id, day)
    for flag in ctx.session.scalars(_flags(source.id, day)).all():
        _copy(ctx, flag, target.id)
    _move_debts(ctx, source.id, target.id)
    ctx.session.flush()


def close(ctx: Context, account: Account, heir: Account) -> None:
    """Nothing more goes onto an account: it keeps its lines and its reference, its debts in open cases are the heir's."""
    today = ctx.clock.today()
    account.closed_on = today
    for hold in holds.standing(ctx, {account.id}, today):
        holds.lift(ctx, hold, "The ending was reversed")
    for flag in ctx.session.scalars(_flags(account.id, today)).all():
        flag.to_on = today
    _move_debts(ctx, account.id, heir.id)
    ctx.session.flush()
    refresh_search(ctx, {account.id})


def _move_debts(ctx: Context, source: int, target: int) -> None:
    wanted = select(HoldDebt).join(HoldCase, HoldCase.id == HoldDebt.case_id)
    for debt in ctx.session.scalars(wanted.where(HoldDebt.account_id == source, HoldCase.ended_on.is_(None))).all():
        if ctx.session.get(HoldDebt, (debt.case_id, target)) is None:
            kept = {name: getattr(debt, name) for name in ("case_id", "pence", "named", "added_on")}
            ctx.session.add(HoldDebt(account_id=target, **kept))
        ctx.session.delete(debt)


def _flags(account_id: int, day: date) -> Select[Flag]:
    return select(Flag).where(
        Flag.account_id == account_id, Flag.from_on <= day, or_(Flag.to_on.is_(None), Flag.to_on >= day)
    )


def _copy(ctx: Context, row: M, account_id: int) -> M:
    """The same row on another account."""
    columns = [each.key for each in inspect(type(row)).column_attrs if each.key not in _OWN]
    made: M = type(row)(**{key: getattr(row, key) for key in columns}, account_id=account_id)
    ctx.session.add(made)
    return made
