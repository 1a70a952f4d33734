"""What goes with the posting of an adjustment and with its reversal, in the same transaction.

The records of a recalculated charge become what was posted, and whoever pays benefit for the rent is told of the change.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.services.adjustments import fixing
from app.services.adjustments.credits import writing_on
from app.services.adjustments.recalculating import records
from app.services.benefits.keeping import rent_changed
from app.services.core.context import Context


def before_posting(ctx: Context, row: Adjustment) -> None:
    """Look at an adjustment again at the moment of posting.

    Raises:
        UserError: the weeks of a recalculation were put right meanwhile, what a line puts right was reversed, or a credit may
            not be written on.
    """
    fixing.refuse_reversed(ctx, row.id)
    writing_on.refuse(ctx, row.id)
    records.refuse_stale(ctx, row)


def posted(ctx: Context, row: Adjustment) -> None:
    """Do what goes with the posting of an adjustment."""
    records.write(ctx, row)
    tell_benefits(ctx, row.id)


def before_taking_back(ctx: Context, row: Adjustment) -> None:
    """Look at an adjustment again before it is reversed.

    Raises:
        UserError: a charge that it recalculated was changed again since.
    """
    records.refuse_changed(ctx, row)


def taken_back(ctx: Context, row: Adjustment) -> None:
    """Do what goes with the reversal of an adjustment."""
    records.put_back(ctx, row)
    tell_benefits(ctx, row.id)


def tell_benefits(ctx: Context, adjustment_id: int) -> int:
    """Make the tasks to tell the benefit office or DWP, where its kinds change rent that benefit is worked out on.

    Only accounts with a live claim have any; returns how many tasks were made. Set-based, for a batch too.
    """
    first = func.min(func.coalesce(AdjustmentLine.from_on, AdjustmentLine.effective_on))
    rows = ctx.session.execute(
        select(AdjustmentLine.account_id, first)
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .where(AdjustmentLine.adjustment_id == adjustment_id, AdjustmentKind.tells_benefit)
        .group_by(AdjustmentLine.account_id)
    )
    accounts: defaultdict[date, set[int]] = defaultdict(set)
    for account_id, on in rows:
        accounts[on].add(account_id)
    return sum(rent_changed(ctx, accounts[on], on) for on in sorted(accounts))
