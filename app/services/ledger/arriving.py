"""What follows from money on an account, inside the posting transaction: areas above plug it in, as `app/registered.py` says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Select, func, select

from app.models.codes import TransactionCode
from app.models.ledger import Entry
from app.models.values import CodeKind, JournalKind
from app.services.core import plugs
from app.services.core.context import Context
from app.services.ledger.dto import JournalHeader, Posted

SLOT: Final = "money_in"
_KINDS: Final = frozenset({JournalKind.RECEIPTS, JournalKind.ADJUSTMENT})
"""Journals that bring money to tenants' accounts; history that is loaded has had its consequences."""
_MONEY: Final = (CodeKind.RECEIPT, CodeKind.TRANSFER)
Follower = Callable[[Context, JournalHeader, Posted], None]

_followers: list[Follower] = []


def register(follow: Follower) -> None:
    """Plug in what is done once a journal is posted that may have brought money in."""
    if follow not in _followers:
        _followers.append(follow)


def tell(ctx: Context, header: JournalHeader, posted: Posted) -> None:
    """Have done what follows from a journal that was posted just now."""
    if header.kind not in _KINDS or posted.duplicate:
        return
    plugs.fill(SLOT)
    for follow in _followers:
        follow(ctx, header, posted)


def received(ctx: Context, journal: int, among: Select[int]) -> dict[int, int]:
    """What a journal brought to each of the accounts that a select finds: payments and transfers to it, in pence."""
    rows = ctx.session.execute(
        select(Entry.account_id, func.sum(-Entry.pence))
        .join(TransactionCode, TransactionCode.code == Entry.code)
        .where(
            Entry.journal == journal,
            Entry.pence < 0,
            TransactionCode.kind.in_(_MONEY),
            Entry.account_id.in_(among),
        )
        .group_by(Entry.account_id)
        .order_by(Entry.account_id)
    )
    return {account_id: int(pence) for account_id, pence in rows}
