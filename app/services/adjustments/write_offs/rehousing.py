"""What was written off of people who take a new tenancy: it may come back once a second officer has approved it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.values import Money
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason
from app.services.adjustments.write_offs.discharged import outstanding
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.tenancies.starting.debts import GROUP
from app.services.tenancies.starting.debts import register as plug_in


def register() -> None:
    """Plug it into what is told of a new tenancy."""
    plug_in(tell)


def tell(ctx: Context, account_ids: Collection[int]) -> Iterator[Effect]:
    """What of each write-off on some accounts has not come back; none that the law has ended."""
    left = func.sum(WriteOffDebt.pence - WriteOffDebt.back_pence)
    for chunk in in_chunks(sorted(account_ids)):
        rows = ctx.session.execute(
            select(WriteOff.number, func.min(Account.payment_reference), left)
            .join(WriteOffDebt, WriteOffDebt.write_off_id == WriteOff.id)
            .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
            .join(Account, Account.id == WriteOffDebt.account_id)
            .where(WriteOffDebt.account_id.in_(chunk), *outstanding())
            .group_by(WriteOff.number)
            .order_by(WriteOff.number)
        )
        for number, reference, pence in rows:
            words = f"Write-off {number} on {reference}: ask for it back under Adjustments"
            yield Effect(GROUP, words, after=f"{Money(pence)} written off", warns=True)
