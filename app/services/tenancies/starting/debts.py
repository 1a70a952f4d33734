"""What the people of a new tenancy owe already, told before it is saved: on other accounts, and what areas above know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.values import Money
from app.services.core import access, plugs
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.rent.rules import KIND_WORDS

SLOT: Final = "debts"
GROUP: Final = "Debts"
Source = Callable[[Context, Collection[int]], Iterable[Effect]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Plug in what tells of these people's accounts, of which the officer may open each; a second time changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def tell(ctx: Context, people: Collection[int]) -> Iterator[Effect]:
    """What they owe on the accounts of other tenancies, and what else is known of those."""
    theirs = select(Tenant.tenancy_id).where(Tenant.person_id.in_(sorted(people)))
    rows = ctx.session.scalars(select(Account).where(Account.tenancy_id.in_(theirs)).order_by(Account.id)).all()
    closed = access.closed_accounts(ctx)
    accounts = [row for row in rows if row.id not in closed]
    for row in accounts:
        if row.balance_pence > 0:
            name = f"{KIND_WORDS[row.kind]} {row.payment_reference}"
            yield Effect(GROUP, name, after=Money(row.balance_pence).dr_cr(), warns=True)
    if accounts:
        plugs.fill(SLOT)
        for source in _SOURCES:
            yield from source(ctx, [row.id for row in accounts])
