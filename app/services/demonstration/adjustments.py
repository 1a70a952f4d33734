"""What was adjusted at the made-up landlord: posted, moved, taken back, and waiting for a second officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.adjustments import Adjustment
from app.models.officers import Officer
from app.models.values import AccountKind, Money
from app.services.adjustments import commands
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.kinds import reasons
from app.services.core import access
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires

_ENTERED: Final = (
    ("debit", 18_40, 9, "Heating charge left out in one week"),
    ("credit", -12_75, 12, "Lost key charged twice"),
    ("credit", -64_00, 30, "Decant: a week charged after the move"),
    ("credit", -186_50, 5, "Rent charged after the keys came back"),
    ("debit", 240_00, 16, "Credit of another account taken back"),
)
"""Kind, pence, how many days ago it belongs to, and what the statement says; the last two are above the officer's limit."""
_MOVED: Final = 55_00


@requires(Permission.LOAD_LANDLORD)
def adjust_some(ctx: Context) -> None:
    """Enter adjustments as the made-up rents officer: one is reversed, one is a transfer, two wait for the team leader."""
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == "demo.officer"))
    if officer_id is None or ctx.session.scalar(select(func.count()).select_from(Adjustment)):
        return
    acting = replace(ctx, officer=current(ctx.session, officer_id))
    shut = access.declared_accounts(acting) | access.closed_accounts(acting)
    found = select(Account.id).where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None))
    accounts = [each for each in ctx.session.scalars(found.order_by(Account.id).limit(40)) if each not in shut]
    if len(accounts) < len(_ENTERED) + 2:
        return
    made = []
    for at, (kind, pence, ago, words) in enumerate(_ENTERED):
        line = _line(acting, accounts[at], kind, pence, ago, words)
        made.append(commands.enter(acting, NewAdjustment(f"demonstration:{at}", words, (line,))))
    commands.reverse(acting, made[0].adjustment_id, "Charged already in the week before")
    moved = replace(
        _line(acting, accounts[-1], "transfer", _MOVED, 3, "Payment moved to the right account"),
        other_account_id=accounts[-2],
    )
    commands.enter(acting, NewAdjustment("demonstration:moved", "Payment on the wrong account", (moved,)))


def _line(ctx: Context, account_id: int, kind: str, pence: int, ago: int, words: str) -> NewLine:
    on = ctx.clock.today() - timedelta(days=ago)
    reason = next(each.key for each in reasons(ctx).values() if each.active and (not each.kinds or kind in each.kinds))
    return NewLine(account_id, kind, Money(pence), on, reason, words)
