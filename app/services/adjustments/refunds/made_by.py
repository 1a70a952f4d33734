"""The lines that made the credit that is refunded; of one that had been written on, those from before it was."""

from __future__ import annotations

from sqlalchemy import select

from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.refunds import Refund
from app.services.core.context import Context
from app.services.ledger.credits import credits_before, standing_credits
from app.services.ledger.dto import CreditLine


def credit_lines(ctx: Context, account_id: int) -> tuple[CreditLine, ...]:
    """The lines that credited an account since it is in credit; none where it isn't."""
    found = standing_credits(ctx, [account_id]).get(account_id)
    return found.lines if found else ()


def lines_of(ctx: Context, row: Refund) -> tuple[CreditLine, ...]:
    """The lines that made the credit of a refund.

    What takes a write-on back only says that there was a credit: what credited the account before it was written on made it,
    and what came after it that isn't of the write-on.
    """
    standing = credit_lines(ctx, row.account_id)
    journal = ctx.session.scalar(select(Adjustment.journal).where(Adjustment.id == row.write_on_id))
    if journal is None:
        return standing
    of_it = (AdjustmentLine.account_id == row.account_id, AdjustmentLine.fixed_journal == journal)
    back = select(Adjustment.journal).join(AdjustmentLine, AdjustmentLine.adjustment_id == Adjustment.id).where(*of_it)
    taken_back = set(ctx.session.scalars(back))
    since = (line for line in standing if line.journal > journal and line.journal not in taken_back)
    return (*credits_before(ctx, row.account_id, journal), *since)
