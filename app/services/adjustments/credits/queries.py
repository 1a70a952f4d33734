"""What was tried to give a credit back, and the credits that were written on, as they are shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.refunds import Refund
from app.models.values import ZERO, AdjustmentState, Money
from app.services.adjustments import fixing
from app.services.adjustments.credits import reading, rules, writing_on
from app.services.adjustments.credits.dto import AccountAttempts, WrittenOnRow
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.rent.header import account_header

MOST: Final = 500
"""The list shows so many written-on credits at most, the newest first; a name or a reference finds the rest."""


def attempts(ctx: Context, account_id: int) -> AccountAttempts:
    """Everything that was tried to give one credit back, and what a write-on of it still lacks.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    header = account_header(ctx, account_id)
    rows = reading.attempts(ctx, [account_id]).get(account_id, ())
    wanted, today = writing_on.needed(ctx), ctx.clock.today()
    found = writing_on.unclaimed(ctx, [account_id])[account_id]
    first = found.last_on or found.since
    return AccountAttempts(
        account_id,
        header.reference,
        header.name,
        max(-header.balance, ZERO),
        found.since,
        rows,
        wanted.attempts,
        rules.counted(rows, first, today, wanted.apart) if first else 0,
        rules.missing(rows, found, today, wanted.attempts, wanted.apart),
    )


def written_on(ctx: Context, text: str = "") -> tuple[WrittenOnRow, ...]:
    """The credits that were written on, the newest first, with the refunds of those that were claimed; `text`: words of the account."""
    rows = list(ctx.session.execute(_written_on(text)))
    refunds = _claimed(ctx, {row.id for row in rows})
    back = _taken_back(ctx, {row.journal for row in rows})
    shut = access.restricted_accounts(ctx)
    return tuple(
        _row(row, refunds.get((row.id, row.account_id)), back.get((row.journal, row.account_id)), shut) for row in rows
    )


def _written_on(text: str) -> Select[*tuple[Any, ...]]:
    """One row for each account that an adjustment wrote on and that stands."""
    rows = (
        select(
            Adjustment.id,
            Adjustment.number,
            Adjustment.journal,
            Adjustment.accounting_on,
            AdjustmentLine.account_id,
            Account.payment_reference,
            Account.name,
            func.sum(AdjustmentLine.pence).label("pence"),
        )
        .join(AdjustmentLine, AdjustmentLine.adjustment_id == Adjustment.id)
        .join(Account, Account.id == AdjustmentLine.account_id)
        .where(AdjustmentLine.kind == writing_on.KIND, Adjustment.state == AdjustmentState.POSTED)
        .group_by(
            Adjustment.id,
            Adjustment.number,
            Adjustment.journal,
            Adjustment.accounting_on,
            AdjustmentLine.account_id,
            Account.payment_reference,
            Account.name,
        )
    )
    for word in text.split():
        rows = rows.where(has_word(word, Account.name, Account.payment_reference))
    return rows.order_by(Adjustment.id.desc(), AdjustmentLine.account_id).limit(MOST)


def _claimed(ctx: Context, adjustment_ids: Collection[int]) -> dict[tuple[int, int], Refund]:
    """The latest refund that was begun for each written-on credit, by the write-on and the account."""
    found: dict[tuple[int, int], Refund] = {}
    for chunk in in_chunks(sorted(adjustment_ids)):
        rows = select(Refund).where(Refund.write_on_id.in_(chunk)).order_by(Refund.id)
        found.update({(row.write_on_id or 0, row.account_id): row for row in ctx.session.scalars(rows)})
    return found


def _taken_back(ctx: Context, journals: Collection[int]) -> dict[tuple[int, int], AdjustmentState]:
    """How far the adjustments that put these write-ons right have come, by journal and account."""
    found: dict[tuple[int, int], AdjustmentState] = {}
    for chunk in in_chunks(sorted(journals)):
        rows = (
            select(AdjustmentLine.fixed_journal, AdjustmentLine.account_id, Adjustment.state)
            .join(Adjustment, Adjustment.id == AdjustmentLine.adjustment_id)
            .where(AdjustmentLine.fixed_journal.in_(chunk), Adjustment.state.in_(fixing.STANDING))
            .order_by(Adjustment.id)
        )
        found.update({(row.fixed_journal or 0, row.account_id): row.state for row in ctx.session.execute(rows)})
    return found


def _row(
    row: Row[*tuple[Any, ...]], refund: Refund | None, back: AdjustmentState | None, shut: frozenset[int]
) -> WrittenOnRow:
    return WrittenOnRow(
        row.id,
        row.number,
        row.account_id,
        row.payment_reference or "",
        access.RESTRICTED_NAME if row.account_id in shut else row.name,
        Money(row.pence),
        row.accounting_on,
        back,
        refund.id if refund else None,
        refund.number if refund else None,
        refund.state if refund else None,
    )
