"""Which account stands for a person, a property or a tenancy when an officer opens one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Select, case, select

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Subject
from app.services.core.context import Context
from app.services.core.tenants import holds

_WHOSE: Final[dict[Subject, Callable[[Select[int], int], Select[Any]]]] = {
    Subject.ACCOUNT: lambda found, number: found.where(Account.id == number),
    Subject.TENANCY: lambda found, number: found.where(Tenancy.id == number),
    Subject.PROPERTY: lambda found, number: found.where(Tenancy.property_id == number),
    Subject.PERSON: lambda found, number: found.join(Tenant, Tenant.tenancy_id == Tenancy.id).where(
        Tenant.person_id == number
    ),
}


def account_of(ctx: Context, subject: Subject, record_id: int) -> int | None:
    """The account to show for a record: of a live tenancy before one that ended, the rent account before others.

    Of a person a tenancy that they hold or held to its end comes before one that they left.

    None if there is no such record, or it has no account.
    """
    narrowed = _WHOSE.get(subject)
    if narrowed is None:
        return None
    ended = case((Tenancy.end_on.is_(None), 0), else_=1)
    rent = case((Account.kind == AccountKind.RENT, 0), else_=1)
    found = narrowed(select(Account.id).outerjoin(Tenancy, Tenancy.id == Account.tenancy_id), record_id)
    if subject is Subject.PERSON:
        found = found.order_by(case((holds(ctx.clock.today()), 0), else_=1))
    account: int | None = ctx.session.scalar(found.order_by(ended, Tenancy.end_on.desc(), rent, Account.id).limit(1))
    return account
