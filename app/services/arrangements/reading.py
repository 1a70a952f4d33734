"""Arrangements as they stand: what was due, what was paid, however many are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.charges import Charge
from app.models.values import CodeKind, ExplainGroup, Frequency, Money
from app.services.arrangements import policies, rules
from app.services.arrangements.dto import Kept, Plan, Progress, Standing, Terms
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.queries import lines_select

_DEDUCTION: Final = "RDP"
"""A deduction from benefit off the arrears counts beside a Direct Debit, as cash does."""
_LONGEST_YEARS: Final = 500
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Tested:
    """An arrangement that can be tested, with its plan, the policy of the day it was agreed, its accounts and the due day."""

    row: Arrangement
    plan: Plan
    terms: Terms
    covered: tuple[int, ...]
    tested_on: date | None

    @property
    def counted_to(self) -> date:
        """What is charged after this day need not be paid yet."""
        return self.tested_on or self.row.agreed_on or self.row.starts_on - _DAY


def covered(ctx: Context, rows: Iterable[Arrangement]) -> dict[int, tuple[int, ...]]:
    """The accounts whose debt each arrangement covers; its own where nothing says."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = list(rows)
    for chunk in in_chunks([row.id for row in rows]):
        statement = select(ArrangementDebt.arrangement_id, ArrangementDebt.account_id).where(
            ArrangementDebt.arrangement_id.in_(chunk)
        )
        for arrangement_id, account_id in ctx.session.execute(statement.order_by(ArrangementDebt.account_id)):
            found[arrangement_id].append(account_id)
    return {row.id: tuple(found.get(row.id, (row.account_id,))) for row in rows}


def plan_of(row: Arrangement) -> Plan | None:
    """The plan of an arrangement; unknown of a loaded one, whose debt nobody told."""
    if row.debt_pence is None or row.debt_pence <= 0 or row.amount_pence <= 0:
        return None
    first = Money(row.first_pence) if row.first_pence else None
    return rules.plan(
        Money(row.debt_pence), Money(row.amount_pence), row.frequency, row.starts_on, first, _LONGEST_YEARS
    )


def measured(ctx: Context, rows: Sequence[Arrangement]) -> dict[int, Progress]:
    """How each arrangement stands today: five statements for every 900 accounts, however many arrangements."""
    if not rows:
        return {}
    today = ctx.clock.today()
    tested = _tested(ctx, rows, today)
    ids = sorted({account_id for each in tested for account_id in each.covered})
    balances = _balances(ctx, ids)
    charged = _charged_after(ctx, ids, min((each.counted_to for each in tested), default=today))
    paid = paid_beside(ctx, [each.row.id for each in tested if each.row.direct_debit])
    weekly = _weekly(ctx, {each.row.account_id for each in tested if each.row.frequency is Frequency.MONTHLY})
    result = {row.id: Progress(Kept.UNKNOWN) for row in rows}
    for each in tested:
        owed = sum(balances.get(account_id, 0) for account_id in each.covered)
        later = sum(_after(charged[account_id], each.counted_to) for account_id in each.covered)
        left = owed - later
        allowed = Money(weekly.get(each.row.account_id, 0))
        if each.row.direct_debit and owed > 0:
            left, allowed = each.plan.debt.pence - paid.get(each.row.id, 0), Money(0)
        result[each.row.id] = rules.progress(each.plan, each.terms, each.tested_on, Money(left), allowed)
    return result


def _tested(ctx: Context, rows: Sequence[Arrangement], today: date) -> list[_Tested]:
    accounts = covered(ctx, rows)
    by_day: dict[date, Terms] = {}
    found: list[_Tested] = []
    for row in rows:
        plan = plan_of(row)
        if plan is None:
            continue
        agreed_on = row.agreed_on or row.starts_on
        if agreed_on not in by_day:
            by_day[agreed_on] = policies.terms(ctx, agreed_on)
        terms = by_day[agreed_on]
        found.append(_Tested(row, plan, terms, accounts[row.id], rules.tested_day(plan, terms, today)))
    return found


def standing_of(row: Arrangement, accounts: tuple[int, ...], progress: Progress) -> Standing:
    """An arrangement with how it stands."""
    return Standing(
        arrangement_id=row.id,
        version=row.version,
        account_id=row.account_id,
        amount=Money(row.amount_pence),
        every=row.frequency,
        first=Money(row.first_pence) if row.first_pence else None,
        debt=Money(row.debt_pence) if row.debt_pence is not None else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        agreed_on=row.agreed_on,
        direct_debit=row.direct_debit,
        state=row.state,
        state_on=row.state_on,
        state_reason=row.state_reason,
        note=row.note,
        covered=accounts,
        progress=progress,
    )


def _balances(ctx: Context, account_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in in_chunks(account_ids):
        statement = select(Account.id, Account.balance_pence).where(Account.id.in_(chunk))
        found.update((row.id, row.balance_pence) for row in ctx.session.execute(statement))
    return found


def _charged_after(ctx: Context, account_ids: Sequence[int], day: date) -> defaultdict[int, list[tuple[date, int]]]:
    """What was charged after a day, by account: the day that it belongs to, and the pence."""
    found: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    lines = lines_select().order_by(None).subquery()
    for chunk in in_chunks(account_ids):
        statement = (
            select(lines.c.account_id, lines.c.effective_on, func.sum(lines.c.pence))
            .where(lines.c.account_id.in_(chunk), lines.c.effective_on > day, lines.c.kind == CodeKind.CHARGE)
            .group_by(lines.c.account_id, lines.c.effective_on)
        )
        for account_id, on, pence in ctx.session.execute(statement):
            found[account_id].append((on, pence))
    return found


def _after(charged: Sequence[tuple[date, int]], day: date) -> int:
    return sum(pence for on, pence in charged if on > day)


def paid_beside(ctx: Context, ids: Sequence[int]) -> dict[int, int]:
    """What came since each arrangement was made that is neither a Direct Debit nor benefit for the charge, in pence."""
    found: dict[int, int] = {}
    lines = lines_select().order_by(None).subquery()
    for chunk in in_chunks(ids):
        statement = (
            select(Arrangement.id, func.sum(lines.c.pence))
            .join(ArrangementDebt, ArrangementDebt.arrangement_id == Arrangement.id)
            .join(lines, lines.c.account_id == ArrangementDebt.account_id)
            .where(
                Arrangement.id.in_(chunk),
                or_(lines.c.explain_group == ExplainGroup.CASH, lines.c.code == _DEDUCTION),
                or_(lines.c.effective_on > Arrangement.agreed_on, lines.c.recorded_at > Arrangement.made_at),
            )
            .group_by(Arrangement.id)
        )
        found.update((row[0], -row[1]) for row in ctx.session.execute(statement))
    return found


def _weekly(ctx: Context, account_ids: Iterable[int]) -> dict[int, int]:
    """What is charged a week today."""
    today = ctx.clock.today()
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(Charge.account_id, func.sum(Charge.amount_pence))
            .where(
                Charge.account_id.in_(chunk),
                Charge.from_on <= today,
                or_(Charge.to_on.is_(None), Charge.to_on >= today),
            )
            .group_by(Charge.account_id)
        )
        found.update((row[0], row[1]) for row in ctx.session.execute(statement))
    return found
