"""What somebody needs an answer in, as the people of an account say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import FormatNeed
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.tenants import holds


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody needs an answer in."""

    format: FormatNeed = FormatNeed.STANDARD
    language: str = ""


def needs_of(ctx: Context, account_ids: Collection[int]) -> dict[int, Needs]:
    """What the people of the accounts need; where several hold one, the first who needs something else than the standard."""
    found: dict[int, Needs] = {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(Account.id, Person.format_need, Person.language)
            .join(Tenancy, Tenancy.id == Account.tenancy_id)
            .join(Tenant, Tenant.tenancy_id == Tenancy.id)
            .join(Person, Person.id == Tenant.person_id)
            .where(Account.id.in_(chunk), holds(ctx.clock.today()))
            .order_by(Account.id, Tenant.position)
        )
        for account_id, need, language in ctx.session.execute(statement):
            had = found.get(account_id, Needs())
            kept = had.format if had.format is not FormatNeed.STANDARD else need
            found[account_id] = Needs(kept, had.language or language)
    return found
