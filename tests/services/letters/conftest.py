"""An office with a landlord, and tenants to write to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.landlord import Landlord
from app.models.people import Person
from app.models.values import FormatNeed
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings
from tests.prepared import prepared


def tenant(ctx, who=("Alex", "Sample"), rent="118.42", **columns):
    """A tenant with an account; more columns are the person's."""
    let = lettings.letting(ctx, rent, who=who, people=[lettings.person(ctx, *who, **columns)])
    return let.account.id


@dataclass
class Hands:
    """A clock that the test moves."""

    at: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def today(self) -> date:
        return self.at.date()

    def now(self) -> datetime:
        return self.at

    def wait(self, **span):
        self.at += timedelta(**span)


@prepared
def landlord(desk):
    def make(ctx):
        ctx.session.add(
            Landlord(
                name="Sample District Council",
                office="Rents team",
                address="1 Sample Street\nTestford\nZZ1 1AA",
                phone="01632 960001",
                email="rents@example.com",
                how_to_pay="By Direct Debit\nOnline",
            )
        )
        ctx.session.flush()

    desk.do(make)


@prepared
def account(desk, landlord):
    """Mx Alex Sample, with e-mail and mobile."""
    return desk.do(tenant, email="alex@example.com", mobile="07700 900123")


@prepared
def second(desk):
    """A senior officer, who may approve letters."""
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("senior", "Test Senior", frozenset({Role.TEAM_LEADER})))
    return Desk.sit_down(desk.database, "senior", desk.clock)


@pytest.fixture
def needs(desk):
    """Change what somebody in an account needs."""

    def change(account_id, **columns):
        def work(ctx):
            from sqlalchemy import select

            from app.models.accounts import Account
            from app.models.people import Tenant

            person = ctx.session.scalars(
                select(Person)
                .join(Tenant, Tenant.person_id == Person.id)
                .join(Account, Account.tenancy_id == Tenant.tenancy_id)
                .where(Account.id == account_id)
            ).first()
            for key, value in columns.items():
                setattr(person, key, value)
            ctx.session.flush()

        desk.do(work)

    return change


__all__ = ["FormatNeed", "tenant"]
