"""What is put right on the account of a tenancy that has ended goes to the former tenant's account, as its balance did."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.models.accounts import Account
from app.models.endings import Ending
from app.models.values import EndingState
from app.services.charges import differences
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.tenancies.endings import keeping


def register() -> None:
    """Plug in what becomes of charges that were put right."""
    differences.register(carry_over)


def carry_over(ctx: Context, account_ids: Collection[int]) -> None:
    """Move what stands on the accounts of ended tenancies to their former tenants' accounts, where they have one."""
    for chunk in in_chunks(sorted(account_ids)):
        ended = (
            select(Ending)
            .join(Account, Account.tenancy_id == Ending.tenancy_id)
            .where(Account.id.in_(chunk), Ending.state == EndingState.ENDED, Ending.former_account_id.is_not(None))
            .order_by(Ending.id)
            .distinct()
        )
        for ending in ctx.session.scalars(ended).all():
            keeping.carry_on(ctx, ending)
