"""Who serves at the reception of the made-up landlord, on which days, and whose rent is paid there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import case, func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, PaymentMethod
from app.services.core import access
from app.services.core.calendars import office, rent_year
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.officers import current

_NAMES: Final = ("demo.reception", "demo.officer", "demo.senior", "demo.leader", "demo.finance")
_WAYS: Final = (PaymentMethod.CASH, PaymentMethod.PAYMENT_CARD, PaymentMethod.BANK_TRANSFER, PaymentMethod.CARD)
_MOST: Final = 40
_FEWEST: Final = 20
"""Payers: a landlord of fewer homes has no reception."""
LONG_AGO: Final = 15
"""Working days before today of the first file: what is left of it in suspense is old."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A clock that stands still at a moment in UTC."""

    moment: datetime

    def today(self) -> date:
        """The local day."""
        return self.moment.astimezone().date()

    def now(self) -> datetime:
        """The moment."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody whose rent is paid at the desks, and their account."""

    account_id: int
    reference: str
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Who acts: the receptionist, an officer, who signs, who keeps desks and tills, and who reads the bank."""

    reception: Context
    officer: Context
    senior: Context
    leader: Context
    finance: Context

    @property
    def today(self) -> date:
        """The day on which the landlord is made."""
        return self.reception.clock.today()

    def day(self, ago: int) -> date:
        """The working day so many before today."""
        return office().add(self.today, -ago) if ago else self.today

    def at(self, ago: int, hour: int, minute: int = 0) -> Staff:
        """The same on a working day before today, at a time of the office."""
        local = datetime.combine(self.day(ago), time(hour, minute))
        return self._by(Moment(local.astimezone(UTC)))

    def minutes_ago(self, minutes: int) -> Staff:
        """The same a while before now, today."""
        return self._by(Moment(max(midnight(self.today), self.reception.clock.now() - timedelta(minutes=minutes))))

    def _by(self, clock: Moment) -> Staff:
        each = (self.reception, self.officer, self.senior, self.leader, self.finance)
        return Staff(*(replace(one, clock=clock) for one in each))


def staff(ctx: Context) -> Staff | None:
    """The made-up officers; None where they aren't there, or the rent year is too young for what came before."""
    names = select(Officer.username, Officer.id).where(Officer.username.in_(_NAMES))
    ids = {row.username: row.id for row in ctx.session.execute(names)}
    today = ctx.clock.today()
    if len(ids) < len(_NAMES) or office().add(today, -LONG_AGO) < rent_year(today).first_week_on:
        return None
    return Staff(*(replace(ctx, officer=current(ctx.session, ids[name])) for name in _NAMES))


def payers(ctx: Context) -> list[Payer]:
    """Tenants of homes, first those who pay by themselves; nobody whose account is declared or restricted.

    None where they are too few.
    """
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    first = select(func.min(Tenant.person_id)).where(Tenant.tenancy_id == Tenancy.id).scalar_subquery()
    rows = (
        select(Account.id, Account.payment_reference, Person.id, Person.first_name, Person.last_name)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Person, Person.id == first)
        .where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None), Tenancy.end_on.is_(None))
        .order_by(case((Tenancy.payment_method.in_(_WAYS), 0), else_=1), Account.payment_reference)
        .limit(_MOST + len(shut))
    )
    found = [
        Payer(account_id, reference or "", person_id, f"{one} {last}".strip())
        for account_id, reference, person_id, one, last in ctx.session.execute(rows)
        if account_id not in shut
    ][:_MOST]
    return found if len(found) >= _FEWEST else []
