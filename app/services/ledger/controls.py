"""Control accounts by their key and fund."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.codes import PostingRule
from app.models.values import Fund
from app.services.core.chunks import in_chunks
from app.services.core.context import Context

CONTRA: Final = "CTL"
"""The code of an entry on a control account."""


def control(ctx: Context, key: str, fund: Fund = Fund.HRA) -> int:
    """The control account of a key in a fund; it is there."""
    found = find(ctx, key, fund)
    assert found is not None, f"There is no control account {key}."
    return found


def find(ctx: Context, key: str, fund: Fund) -> int | None:
    """The control account of a key in a fund, if there is one."""
    wanted = PostingRule.control == key, PostingRule.fund == fund
    return ctx.session.scalars(select(PostingRule.account_id).where(*wanted)).one_or_none()


def fund_of(ctx: Context, account_id: int) -> Fund:
    """The fund that an account belongs to."""
    return ctx.session.scalars(select(Account.fund).where(Account.id == account_id)).one()


def funds_of(ctx: Context, account_ids: Iterable[int]) -> dict[int, Fund]:
    """The fund of each of some accounts; those that aren't there are left out."""
    found: dict[int, Fund] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = select(Account.id, Account.fund).where(Account.id.in_(chunk))
        found.update((row.id, row.fund) for row in ctx.session.execute(rows))
    return found
