"""Whether credits may be written on: six years old, still there, and tried to be given back as policy asks (rules.md 2.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.adjustments import AdjustmentLine
from app.models.refunds import Refund
from app.models.tenancies import Tenancy
from app.models.values import ZERO, Money
from app.services.adjustments.credits import reading, rules
from app.services.adjustments.credits.dto import Unclaimed
from app.services.adjustments.refunds import keeping
from app.services.adjustments.refunds.dto import OPEN
from app.services.adjustments.refunds.rules import ended
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger.credits import standing_credits

KIND: Final = "write_on"
"""The key of the kind of adjustment that writes a credit on."""
_HINT: Final = "Look under Credits at what was tried."


@dataclass(frozen=True, slots=True)
class Needed:
    """What policy asks for: so many attempts, so many days apart."""

    attempts: int
    apart: int


def needed(ctx: Context) -> Needed:
    """What policy asks for today."""
    today = ctx.clock.today()
    return Needed(ctx.policy.number("refunds.attempts", today), ctx.policy.number("refunds.attempt_days", today))


def unclaimed(ctx: Context, account_ids: Collection[int]) -> dict[int, Unclaimed]:
    """What of the credits of some accounts is over six years old, by account; set-based."""
    today = ctx.clock.today()
    standing = standing_credits(ctx, account_ids)
    found: dict[int, Unclaimed] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        accounts = (
            select(
                Account.id, Account.kind, Account.balance_pence, Account.tenancy_id, Account.closed_on, Tenancy.end_on
            )
            .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
            .where(Account.id.in_(chunk))
        )
        for row in ctx.session.execute(accounts):
            goes_on = row.tenancy_id is not None and not ended(row.kind, row.end_on or row.closed_on, today)
            found[row.id] = rules.aged(standing.get(row.id), Money(-row.balance_pence), today, goes_on=goes_on)
    return found


def missing(ctx: Context, found: Mapping[int, Unclaimed]) -> dict[int, str]:
    """What a write-on of some credits still lacks, as a sentence by account; those that lack nothing are left out."""
    today, wanted = ctx.clock.today(), needed(ctx)
    rows = reading.attempts(ctx, found)
    said = {
        account_id: rules.missing(rows.get(account_id, ()), each, today, wanted.attempts, wanted.apart)
        for account_id, each in found.items()
    }
    return {account_id: why for account_id, why in said.items() if why}


def tried(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """What was tried to give some credits back, by account, for whoever approves that they are written on."""
    told = reading.tried(ctx, account_ids)
    return {
        account_id: f"Tried {each.count:,} {'time' if each.count == 1 else 'times'}, last: {each.last}"
        for account_id, each in told.items()
    }


def refuse(ctx: Context, adjustment_id: int) -> None:
    """Refuse an adjustment that writes on what may not be, before it is submitted and again when it is posted.

    Raises:
        UserError: a tenancy goes on, what is over six years old of a credit doesn't cover it, it was claimed
            or is on its way back, or too little
            was tried to give it back.
    """
    lines = (
        select(AdjustmentLine.account_id, func.sum(AdjustmentLine.pence))
        .where(AdjustmentLine.adjustment_id == adjustment_id, AdjustmentLine.kind == KIND)
        .group_by(AdjustmentLine.account_id)
    )
    wanted = {account_id: Money(int(pence)) for account_id, pence in ctx.session.execute(lines)}
    if not wanted:
        return
    found = unclaimed(ctx, wanted)
    lacks = missing(ctx, found)
    promised = _promised(ctx, wanted)
    for chunk in in_chunks(sorted(wanted)):
        accounts = select(Account.id, Account.payment_reference).where(Account.id.in_(chunk))
        for row in ctx.session.execute(accounts.order_by(Account.id)):
            why = lacks.get(row.id, "") or rules.above(found[row.id], wanted[row.id], *promised.get(row.id, (ZERO, ())))
            if why:
                raise UserError(f"Account {row.payment_reference or row.id} isn't written on. {why}", _HINT, "amount")


def _promised(ctx: Context, account_ids: Collection[int]) -> dict[int, tuple[Money, list[int]]]:
    """What refunds on their way take of some accounts, and their numbers, by account."""
    taken = keeping.promised(ctx, account_ids)
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for chunk in in_chunks(sorted(taken)):
        rows = select(Refund.account_id, Refund.number).where(Refund.account_id.in_(chunk), Refund.state.in_(OPEN))
        for account_id, number in ctx.session.execute(rows.order_by(Refund.number)):
            numbers[account_id].append(number)
    return {account_id: (pence, numbers[account_id]) for account_id, pence in taken.items()}
