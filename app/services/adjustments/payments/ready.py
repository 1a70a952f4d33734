"""Which approved refunds can be sent at this moment, and why others can't: in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.models.accounts import Account
from app.models.bacs import BankDetail
from app.models.refunds import Refund
from app.models.values import ZERO, DetailState, Money, Stop
from app.services.adjustments.refunds import keeping, rules
from app.services.bacs.open_claims import open_claims
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.holds.queries import stops


def why_not(ctx: Context, rows: Sequence[Refund]) -> dict[int, str]:
    """Why some approved refunds can't be sent by the officer who acts, as sentences by refund; the others can.

    Of several refunds of one account the first ones take the credit.
    """
    accounts = {row.account_id for row in rows}
    left = _credits(ctx, accounts)
    held = stops(ctx, accounts, Stop.REFUNDS)
    usable = _in_force(ctx, {row.bank_detail_id for row in rows if row.bank_detail_id is not None})
    claimed = open_claims(ctx, accounts)
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    found: dict[int, str] = {}
    for row in rows:
        credit = left.get(row.account_id, ZERO)
        if row.account_id in shut:
            found[row.id] = "You may not work on its account."
        elif told := keeping.why_not_pay(ctx, row):
            found[row.id] = told
        elif row.account_id in held:
            found[row.id] = f"Refunds of the account are stopped: {held[row.account_id].reason}."
        elif row.account_id in claimed:
            found[row.id] = f"{claimed[row.account_id]} Paid now, the payer would have the money twice."
        elif rules.needs_bank(row.method) and row.bank_detail_id not in usable:
            found[row.id] = "Its bank details are not in force any more: withdraw it, and ask anew."
        elif credit < Money(row.pence):
            found[row.id] = f"Only {credit} stands to the credit of the account now."
        else:
            left[row.account_id] = credit - Money(row.pence)
    return found


def _credits(ctx: Context, accounts: Collection[int]) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for chunk in in_chunks(sorted(accounts)):
        rows = select(Account.id, Account.balance_pence).where(Account.id.in_(chunk))
        found.update({row.id: max(Money(-row.balance_pence), ZERO) for row in ctx.session.execute(rows)})
    return found


def _in_force(ctx: Context, detail_ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in in_chunks(sorted(detail_ids)):
        found.update(
            ctx.session.scalars(
                select(BankDetail.id).where(BankDetail.id.in_(chunk), BankDetail.state == DetailState.IN_FORCE)
            )
        )
    return found
