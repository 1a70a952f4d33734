"""What was tried to give a credit back, and the credits that were written on, as they are shown."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.refunds import Refund
from app.models.values import ZERO, AdjustmentState, Money, RefundState
from app.services.adjustments import requests
from app.services.adjustments.credits import reading, rules, writing_on
from app.services.adjustments.credits.dto import AccountAttempts, WrittenOnRow
from app.services.core import access
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.ledger.credits import standing_credits
from app.services.rent.header import account_header

MOST: Final = 500
"""The list shows so many written-on credits at most, the newest first; a name or a reference finds the rest."""
_OVER: Final = (RefundState.REFUSED, RefundState.WITHDRAWN)


def attempts(ctx: Context, account_id: int) -> AccountAttempts:
    """Everything that was tried to give one credit back, and what a write-on of it still lacks.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    header = account_header(ctx, account_id)
    rows = reading.attempts(ctx, [account_id]).get(account_id, ())
    standing = standing_credits(ctx, [account_id]).get(account_id)
    wanted = writing_on.needed(ctx)
    since = standing.since if standing else None
    count = rules.counted(rows, since, ctx.clock.today(), wanted.apart) if since else 0
    return AccountAttempts(
        account_id,
        header.reference,
        header.name,
        max(-header.balance, ZERO),
        since,
        rows,
        wanted.attempts,
        count,
        writing_on.missing(ctx, [account_id]).get(account_id, ""),
    )


def written_on(ctx: Context, text: str = "") -> tuple[WrittenOnRow, ...]:
    """The credits that were written on and stand so, or were claimed since, the newest first; `text`: words of the account."""
    rows = list(ctx.session.execute(_written_on(text)))
    shut = access.restricted_accounts(ctx)
    return tuple(_row(ctx, row, shut) for row in rows)


def _written_on(text: str) -> Select[*tuple[Any, ...]]:
    """One row an account that an adjustment wrote on: stands, or was reversed because somebody claimed it."""
    latest = (
        select(Refund.write_on_id, Refund.account_id, func.max(Refund.id).label("refund_id"))
        .where(Refund.write_on_id.is_not(None), Refund.state.not_in(_OVER))
        .group_by(Refund.write_on_id, Refund.account_id)
        .subquery("latest")
    )
    amount = func.sum(AdjustmentLine.pence).label("pence")
    grouped = (
        select(AdjustmentLine.adjustment_id, AdjustmentLine.account_id, amount)
        .where(AdjustmentLine.kind == writing_on.KIND)
        .group_by(AdjustmentLine.adjustment_id, AdjustmentLine.account_id)
        .subquery("written")
    )
    rows = (
        select(
            Adjustment.id,
            Adjustment.number,
            Adjustment.state,
            Adjustment.accounting_on,
            grouped.c.account_id,
            grouped.c.pence,
            Account.payment_reference,
            Account.name,
            Refund.id.label("refund_id"),
            Refund.number.label("refund_number"),
            Refund.state.label("refund_state"),
        )
        .join(grouped, grouped.c.adjustment_id == Adjustment.id)
        .join(Account, Account.id == grouped.c.account_id)
        .outerjoin(latest, (latest.c.write_on_id == Adjustment.id) & (latest.c.account_id == grouped.c.account_id))
        .outerjoin(Refund, Refund.id == latest.c.refund_id)
        .where((Adjustment.state == AdjustmentState.POSTED) | Refund.id.is_not(None), Adjustment.journal.is_not(None))
    )
    for word in text.split():
        rows = rows.where(has_word(word, Account.name, Account.payment_reference))
    return rows.order_by(Adjustment.id.desc(), Account.id).limit(MOST)


def _row(ctx: Context, row: Row[*tuple[Any, ...]], shut: frozenset[int]) -> WrittenOnRow:
    going_back = row.refund_id is not None and row.state is AdjustmentState.POSTED
    return WrittenOnRow(
        row.id,
        row.number,
        row.account_id,
        row.payment_reference or "",
        access.RESTRICTED_NAME if row.account_id in shut else row.name,
        Money(row.pence),
        row.accounting_on,
        row.refund_id,
        row.refund_number,
        row.refund_state,
        going_back and requests.reversal_waiting(ctx, row.id) is not None,
    )
