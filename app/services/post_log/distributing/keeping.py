"""Giving items to somebody, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import or_, select

from app.models.access import DeclaredAccount
from app.models.accounts import Account
from app.models.post_log import PostItem
from app.models.values import PostStep
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.post_log import keeping
from app.services.post_log.dto import Holder


def give(ctx: Context, item: PostItem, to: Holder, because: str = "") -> bool:
    """Give an item to an officer or a team, or to nobody, and say so in its history; whether that changed anything."""
    if (item.officer_id, item.team_id) == (to.officer_id, to.team_id):
        return False
    item.officer_id, item.team_id = to.officer_id, to.team_id
    item.guessed = ",".join(name for name in item.guessed.split(",") if name not in {"", "holder"})
    words = because or ("" if to.officer_id or to.team_id else "to nobody")
    keeping.record(ctx, item.id, PostStep.ALLOCATED, words, to_officer_id=to.officer_id, to_team_id=to.team_id)
    return True


def shut_to(ctx: Context, items: Iterable[PostItem], officers: Collection[int]) -> Mapping[int, frozenset[int]]:
    """The officers who declared the account of an item, so that they may not have it, by the item."""
    by_account: dict[int, list[int]] = {}
    for item in items:
        if item.account_id is not None:
            by_account.setdefault(item.account_id, []).append(item.id)
    declared: dict[int, set[int]] = {}
    for account_id, officer_id in _declarations(ctx, by_account, officers):
        for item_id in by_account[account_id]:
            declared.setdefault(item_id, set()).add(officer_id)
    return {item_id: frozenset(found) for item_id, found in declared.items()}


def _declarations(ctx: Context, accounts: Collection[int], officers: Collection[int]) -> Iterable[tuple[int, int]]:
    """Each account with an officer who declared it, or another account of its tenancy."""
    today = ctx.clock.today()
    in_force = (
        select(DeclaredAccount.account_id, DeclaredAccount.officer_id, Account.tenancy_id)
        .join(Account, Account.id == DeclaredAccount.account_id)
        .where(
            DeclaredAccount.officer_id.in_(sorted(officers)),
            DeclaredAccount.from_on <= today,
            or_(DeclaredAccount.to_on.is_(None), DeclaredAccount.to_on >= today),
        )
    )
    rows = ctx.session.execute(in_force).all() if officers else []
    if not rows:
        return
    for chunk in in_chunks(sorted(accounts)):
        tenancies = ctx.session.execute(select(Account.id, Account.tenancy_id).where(Account.id.in_(chunk)))
        for account_id, tenancy_id in tenancies:
            for row in rows:
                if row.account_id == account_id or (tenancy_id is not None and row.tenancy_id == tenancy_id):
                    yield account_id, row.officer_id
