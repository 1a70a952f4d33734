"""What keeps the arrears of accounts out of an instalment: cases behind holds, and arrangements; read for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select

from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.holds import Hold, HoldCase, HoldDebt, HoldStop
from app.models.values import ArrangementState, CollectionState, Money, Stop
from app.services.arrangements import policies
from app.services.arrangements import reading as arrangements
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.schedules.owed import Arranged
from app.services.holds.dto import Stopped
from app.services.holds.queries import in_force

_QUARTER: Final = timedelta(days=92)
"""The longest time that a collection pays for."""


def frozen(ctx: Context, held: Mapping[int, Stopped]) -> dict[int, tuple[int, date]]:
    """What cases protect of each account that is held, in pence, with the day of the application.

    Of several holds in force the one that protects most counts; where one has no case, or none that names a debt here, all
    is protected, and the account isn't among those returned.
    """
    found: dict[int, tuple[int, date]] = {}
    whole: set[int] = set()
    debt = and_(HoldDebt.case_id == Hold.case_id, HoldDebt.account_id == Hold.account_id)
    for chunk in in_chunks(sorted(held)):
        rows: Any = (
            select(Hold.account_id, HoldDebt.pence, HoldCase.applied_on)
            .join(HoldStop, HoldStop.hold_id == Hold.id)
            .outerjoin(HoldDebt, debt)
            .outerjoin(HoldCase, HoldCase.id == Hold.case_id)
            .where(
                Hold.account_id.in_(chunk),
                HoldStop.stop == Stop.ARREARS_COLLECTION,
                in_force(ctx.clock.today()),
            )
        )
        for account_id, pence, applied_on in ctx.session.execute(rows):
            if pence is None or applied_on is None:
                whole.add(account_id)
            else:
                found[account_id] = max(found.get(account_id, (pence, applied_on)), (pence, applied_on))
    return {account_id: each for account_id, each in found.items() if account_id not in whole}


def arranged(ctx: Context, ids: Some[int]) -> dict[int, Arranged]:
    """The arrangement in force of each account, with its part of the instalments."""
    rows: dict[int, Arrangement] = {}
    for chunk in in_chunks(sorted(ids)):
        covering = select(ArrangementDebt.arrangement_id).where(ArrangementDebt.account_id.in_(chunk))
        wanted = select(Arrangement).where(
            Arrangement.state == ArrangementState.LIVE,
            or_(Arrangement.account_id.in_(chunk), Arrangement.id.in_(covering)),
        )
        rows.update((row.id, row) for row in ctx.session.scalars(wanted))
    debts = _debts(ctx, rows)
    paid = arrangements.paid_beside(ctx, sorted(row.id for row in rows.values() if row.direct_debit))
    grace = _grace(ctx, rows.values())
    found: dict[int, Arranged] = {}
    for row in sorted(rows.values(), key=lambda row: row.id):
        weights = debts.get(row.id) or {row.account_id: 1}
        plan = arrangements.plan_of(row)
        for account_id in weights:
            found[account_id] = Arranged(
                plan=plan,
                amount=Money(row.amount_pence),
                every=row.frequency,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                beside=row.direct_debit,
                weights=tuple(weights.items()),
                paid=Money(max(paid.get(row.id, 0), 0)),
                grace_days=grace[row.agreed_on or row.starts_on],
            )
    return found


def _grace(ctx: Context, rows: Iterable[Arrangement]) -> dict[date, int]:
    """The days that an instalment may be late, by the day on which its arrangement was agreed."""
    agreed = {row.agreed_on or row.starts_on for row in rows}
    return {on: policies.terms(ctx, on).tolerance_days for on in agreed}


def ahead(ctx: Context, ids: Some[int]) -> dict[int, int]:
    """What the last collection that was posted brought to each account, in pence, if it may still pay for weeks to come."""
    found: dict[int, int] = {}
    since = ctx.clock.today() - _QUARTER
    for chunk in in_chunks(sorted(ids)):
        rows = (
            select(CollectionShare.account_id, Collection.due_on, CollectionShare.pence)
            .join(Collection, Collection.id == CollectionShare.collection_id)
            .where(
                CollectionShare.account_id.in_(chunk),
                Collection.state == CollectionState.POSTED,
                Collection.due_on >= since,
            )
            .order_by(Collection.due_on, Collection.id)
        )
        found.update((account_id, pence) for account_id, _, pence in ctx.session.execute(rows))
    return found


def _debts(ctx: Context, arrangement_ids: Some[int]) -> dict[int, dict[int, int]]:
    """What was owed on each account that an arrangement covers, when it was agreed."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    columns = (ArrangementDebt.arrangement_id, ArrangementDebt.account_id, ArrangementDebt.pence)
    for chunk in in_chunks(sorted(arrangement_ids)):
        rows = select(*columns).where(ArrangementDebt.arrangement_id.in_(chunk)).order_by(ArrangementDebt.account_id)
        for arrangement_id, account_id, pence in ctx.session.execute(rows):
            if pence > 0:
                found[arrangement_id][account_id] = pence
    return dict(found)
