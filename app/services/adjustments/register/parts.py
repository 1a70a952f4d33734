"""What a line of the register does, account by account, and why."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine, AdjustmentReason
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import Money, RechargeKind
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason
from app.services.adjustments.register.dto import Part, What
from app.services.core import access
from app.services.core.context import Context

TABLES: Final[dict[What, Any]] = {
    What.ADJUSTMENT: Adjustment,
    What.RECHARGE: Recharge,
    What.REFUND: Refund,
    What.WRITE_OFF: WriteOff,
}
"""The table of each of the four."""
MOST_PARTS: Final = 200
"""A batch has ten thousand lines; so many are listed on its card."""


def of(ctx: Context, what: What, record_id: int) -> tuple[tuple[Part, ...], int]:
    """What one of them does on each account, and how many more lines of it there are."""
    if what is What.ADJUSTMENT:
        return _lines(ctx, record_id)
    makers = {What.RECHARGE: _recharge, What.REFUND: _refund, What.WRITE_OFF: _debts}
    return makers[what](ctx, record_id), 0


def note_of(record: Any) -> str:
    """The words of whoever asked for it."""
    if isinstance(record, (Adjustment, WriteOff)):
        return record.note
    return str(record.reason)


def reasons_of(ctx: Context, record: Any) -> str:
    """Why, as the office names it; of a refund what made the credit."""
    if isinstance(record, WriteOff):
        return ctx.session.get_one(WriteOffReason, record.reason).title
    if isinstance(record, Adjustment):
        used = select(AdjustmentLine.reason).where(AdjustmentLine.adjustment_id == record.id)
        titles = select(AdjustmentReason.title).where(AdjustmentReason.key.in_(used))
        return ", ".join(ctx.session.scalars(titles.order_by(AdjustmentReason.place, AdjustmentReason.key)))
    return ""


def _lines(ctx: Context, adjustment_id: int) -> tuple[tuple[Part, ...], int]:
    """Of a transfer, both sides."""
    other, like = aliased(Account), aliased(AdjustmentLine)
    likened = aliased(Adjustment)
    statement = (
        select(AdjustmentLine, AdjustmentKind.title, Account, other, likened.number.label("like"))
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .join(Account, Account.id == AdjustmentLine.account_id)
        .outerjoin(other, other.id == AdjustmentLine.other_account_id)
        .outerjoin(like, like.id == AdjustmentLine.like_id)
        .outerjoin(likened, likened.id == like.adjustment_id)
        .where(AdjustmentLine.adjustment_id == adjustment_id)
        .order_by(AdjustmentLine.place)
        .limit(MOST_PARTS)
    )
    found: list[Part] = []
    shut = access.closed_accounts(ctx)
    read = ctx.session.execute(statement).all()
    for line, kind, account, taking, number in read:
        seen = f"Looks like adjustment {number}: {line.like_reason}" if number else ""
        found.append(_side(line, account, line.pence, kind, seen, shut))
        if line.other_account_id is not None:
            found.append(_side(line, taking, -line.pence, kind, seen, shut))
    count = ctx.session.get_one(Adjustment, adjustment_id).line_count
    return tuple(found), max(0, count - len(read))


def _side(line: AdjustmentLine, account: Account, pence: int, kind: str, seen: str, shut: frozenset[int]) -> Part:
    named, amount = _named(account, shut), Money(pence)
    return Part(*named, kind, line.code, amount, line.effective_on, line.narrative, line.working, seen)


def _recharge(ctx: Context, recharge_id: int) -> tuple[Part, ...]:
    row = ctx.session.get_one(Recharge, recharge_id)
    account = ctx.session.get_one(Account, row.account_id or row.for_account_id)
    is_credit = row.kind is RechargeKind.CREDIT_NOTE
    named = _named(account, access.closed_accounts(ctx))
    sums = [("Net", row.net_pence, row.description, row.working), ("VAT", row.vat_pence, "", "")]
    return tuple(
        Part(*named, kind, "", Money(-pence if is_credit else pence), row.happened_on, words, working)
        for kind, pence, words, working in sums
        if pence
    )


def _refund(ctx: Context, refund_id: int) -> tuple[Part, ...]:
    row = ctx.session.get_one(Refund, refund_id)
    named = _named(ctx.session.get_one(Account, row.account_id), access.closed_accounts(ctx))
    method = row.method.value.replace("_", " ")
    words = f"To {row.payee_name}, by {method}"
    return (Part(*named, "Refund", "", Money(row.pence), row.sent_on, words),)


def _debts(ctx: Context, write_off_id: int) -> tuple[Part, ...]:
    statement = (
        select(WriteOffDebt, Account)
        .join(Account, Account.id == WriteOffDebt.account_id)
        .where(WriteOffDebt.write_off_id == write_off_id)
        .order_by(WriteOffDebt.account_id)
    )
    shut = access.closed_accounts(ctx)
    return tuple(
        Part(*_named(account, shut), "Write-off", "", Money(-debt.pence), None, _of_debt(debt))
        for debt, account in ctx.session.execute(statement)
    )


def _of_debt(debt: WriteOffDebt) -> str:
    said = [f"Owed since {debt.oldest_on.day} {debt.oldest_on:%b %Y}"] if debt.oldest_on else []
    said += [f"{Money(debt.barred_pence)} of it is out of time"] if debt.barred_pence else []
    said += [f"{Money(debt.back_pence)} has come back"] if debt.back_pence else []
    return "; ".join(said)


def _named(account: Account, shut: frozenset[int]) -> tuple[int, str, str]:
    name = access.RESTRICTED_NAME if account.id in shut else account.name
    return account.id, account.payment_reference or "", name
