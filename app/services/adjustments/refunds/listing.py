"""The credits of the office: each with its age, its cause and what is kept of it, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.refunds import Refund
from app.models.tenancies import Tenancy
from app.models.values import ZERO, AccountKind, Money, Stop
from app.services.adjustments.credits.dto import Tried
from app.services.adjustments.credits.reading import tried
from app.services.adjustments.credits.rules import aged
from app.services.adjustments.refunds import rules
from app.services.adjustments.refunds.dto import OPEN, Cause, CreditFilter, CreditRow, Credits, Shown
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.holds.queries import stops
from app.services.ledger.credits import credits_since, newest_credits, standing_credits
from app.services.ledger.dto import CreditLine, StandingCredit
from app.services.rent.marks import in_force

MOST: Final = 2_000
"""The list shows so many at most; a name or a reference finds the rest."""
LONG: Final = 28
"""Days after which a credit is one that stays: it is looked at each month."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is read beside the accounts, by account."""

    since: Mapping[int, date]
    lines: Mapping[int, Sequence[CreditLine]]
    old: Mapping[int, StandingCredit]
    weekly: Mapping[int, Money]
    held: Mapping[int, str]
    refunds: Mapping[int, Row[*tuple[Any, ...]]]
    tried: Mapping[int, Tried]
    shut: frozenset[int]


def in_credit(ctx: Context, wanted: CreditFilter) -> Credits:
    """The accounts in credit that a filter asks for, the largest credit first; bands and counts are of all of them."""
    today = ctx.clock.today()
    every = _every(ctx, wanted.text)
    counts = {shown: sum(_fits(row, shown) for row in every) for shown in Shown}
    rows = [row for row in every if _fits(row, wanted.shown)]
    return Credits(
        tuple(rows[:MOST]),
        rules.bands([(row.since, row.credit) for row in rows], today),
        counts,
        sum((row.credit for row in rows), ZERO),
    )


def _every(ctx: Context, text: str) -> list[CreditRow]:
    rows, today = _accounts(ctx, text), ctx.clock.today()
    ids = [row.id for row in rows]
    credits_ = {row.id: Money(-row.balance_pence) for row in rows}
    since = credits_since(ctx, ids)
    beside = _Beside(
        since,
        newest_credits(ctx, since, credits_, rules.REFUNDED),
        standing_credits(ctx, [row.id for row in rows if _ended(row, today) and _old(since.get(row.id), today)]),
        _weekly(ctx, ids),
        {account_id: hold.reason for account_id, hold in stops(ctx, ids, Stop.REFUNDS).items()},
        _refunds(ctx, ids),
        tried(ctx, ids),
        access.restricted_accounts(ctx),
    )
    weeks = ctx.policy.number("refunds.keep_weeks", today)
    monthly = ctx.policy.number("refunds.keep_weeks_monthly", today)
    made = [_row(row, beside, today, (weeks, monthly)) for row in rows]
    return sorted(made, key=lambda row: (-row.credit.pence, row.reference))


def _accounts(ctx: Context, text: str) -> list[Row[*tuple[Any, ...]]]:
    statement = (
        select(
            Account.id,
            Account.payment_reference,
            Account.name,
            Account.kind,
            Account.balance_pence,
            Account.opened_on,
            Account.tenancy_id,
            Account.closed_on,
            Tenancy.end_on,
            Tenancy.payment_method,
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.balance_pence < 0, Account.kind != AccountKind.CONTROL)
    )
    for word in text.split():
        statement = statement.where(has_word(word, Account.name, Account.payment_reference))
    return list(ctx.session.execute(statement.order_by(Account.id)))


def _row(row: Row[*tuple[Any, ...]], beside: _Beside, today: date, weeks: tuple[int, int]) -> CreditRow:
    credit = Money(-row.balance_pence)
    since = min(beside.since.get(row.id, row.opened_on), today)
    former = _ended(row, today)
    goes_on = row.tenancy_id is not None and not former
    parts = rules.made_of(beside.lines.get(row.id, ()), credit)
    refund = beside.refunds.get(row.id)
    attempts = beside.tried.get(row.id, Tried())
    weekly = ZERO if former else beside.weekly.get(row.id, ZERO)
    return CreditRow(
        account_id=row.id,
        reference=row.payment_reference or "",
        name=access.RESTRICTED_NAME if row.id in beside.shut else row.name,
        kind=row.kind,
        credit=credit,
        kept=rules.kept(weekly, row.payment_method, *weeks),
        since=since,
        days=(today - since).days,
        cause=rules.main_cause(rules.shares(parts), former=former),
        former=former,
        unclaimed=ZERO if goes_on else aged(beside.old.get(row.id), credit, today, goes_on=goes_on).amount,
        held=beside.held.get(row.id, ""),
        refund_id=refund.id if refund else None,
        refund_number=refund.number if refund else None,
        refund_state=refund.state if refund else None,
        attempts=attempts.count,
        tried=attempts.last,
    )


def _ended(row: Row[*tuple[Any, ...]], today: date) -> bool:
    return rules.ended(row.kind, row.end_on or row.closed_on, today)


def _old(since: date | None, today: date) -> bool:
    return since is not None and rules.unclaimed_from(since) <= today


def _fits(row: CreditRow, shown: Shown) -> bool:
    match shown:
        case Shown.LONG:
            return row.days > LONG
        case Shown.BENEFIT:
            return row.cause in {Cause.HOUSING_BENEFIT, Cause.UNIVERSAL_CREDIT}
        case Shown.FORMER:
            return row.former
        case Shown.REFUND:
            return row.refund_id is not None
        case Shown.UNCLAIMED:
            return bool(row.unclaimed)
        case _:
            return True


def _weekly(ctx: Context, ids: Collection[int]) -> dict[int, Money]:
    """What each account is charged a week today."""
    found: dict[int, Money] = {}
    today = ctx.clock.today()
    for chunk in in_chunks(sorted(ids)):
        rows = (
            select(Charge.account_id, func.sum(Charge.amount_pence))
            .where(Charge.account_id.in_(chunk), in_force(Charge.from_on, Charge.to_on, today))
            .group_by(Charge.account_id)
        )
        found.update({account_id: Money(int(pence)) for account_id, pence in ctx.session.execute(rows)})
    return found


def _refunds(ctx: Context, ids: Collection[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """The latest refund on its way of each account."""
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for chunk in in_chunks(sorted(ids)):
        rows = (
            select(Refund.account_id, Refund.id, Refund.number, Refund.state)
            .where(Refund.account_id.in_(chunk), Refund.state.in_(OPEN))
            .order_by(Refund.id)
        )
        found.update({row.account_id: row for row in ctx.session.execute(rows)})
    return found
