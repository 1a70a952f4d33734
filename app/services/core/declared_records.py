"""What hangs on the accounts that the officer who acts declared: they may look at it, a colleague works on it."""

from __future__ import annotations

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.values import Subject
from app.services.core.access import declared_accounts, records_about
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def declared_records(ctx: Context) -> frozenset[tuple[Subject, int]]:
    """The records that `access.touch_subject` refuses because of a declaration, for lists of what can be done."""
    accounts = declared_accounts(ctx)
    found = records_about(ctx, accounts)
    for chunk in in_chunks(sorted(accounts)):
        people = select(Tenant.person_id).join(Account, Account.tenancy_id == Tenant.tenancy_id)
        found.update((Subject.PERSON, each) for each in ctx.session.scalars(people.where(Account.id.in_(chunk))))
    return frozenset(found)
