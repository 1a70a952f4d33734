"""Who holds a tenancy on a day, and where those who left are named no more."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.services.core.tenants import holds
from app.services.letters import gathering
from app.services.rent.header import account_header
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def ended(desk):
    """Held from 3 August to 8 November 2026 by Alex, to 1 November by Bo too, from 5 November by Chris too."""

    def build(ctx):
        people = [lettings.person(ctx, name, "Sample") for name in ("Alex", "Bo", "Chris")]
        made = lettings.letting(ctx, people=people, start_on=date(2026, 8, 3), end_on=date(2026, 11, 8))
        ctx.session.get_one(Tenant, (made.tenancy.id, people[1].id)).to_on = date(2026, 11, 1)
        ctx.session.get_one(Tenant, (made.tenancy.id, people[2].id)).from_on = date(2026, 11, 5)
        ctx.session.flush()
        return made

    return desk.do(build)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2026, 11, 1), "Alex Bo"),
        (date(2026, 11, 2), "Alex"),
        (date(2026, 11, 4), "Alex"),
        (date(2026, 11, 5), "Alex Chris"),
        (date(2026, 11, 8), "Alex Chris"),
        (date(2027, 3, 1), "Alex Chris"),  # after its end: as on its last day
        (date(2026, 1, 1), "Alex Bo"),  # before it: as on its first
    ],
)
def test_who_holds_it_on_a_day(desk, ended, day, who):
    statement = (
        select(Person.first_name)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenancy.id == ended.tenancy.id, holds(day))
        .order_by(Tenant.position)
    )
    assert desk.database.read(lambda session: list(session.scalars(statement))) == who.split()


def test_after_its_end_whoever_held_it_then_is_shown_and_written_to(desk, ended):
    header = desk.ask(account_header, ended.account.id)
    assert [each.name for each in header.people] == ["Mx Alex Sample", "Mx Chris Sample"]
    assert desk.ask(gathering.recipient, ended.account.id).greeting == "Dear Mx Sample and Mx Sample"
