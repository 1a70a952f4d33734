"""A landlord who writes letters, a tenant with every way of reaching her, and a record that few may open."""

import pytest

from app.models.access import RestrictedReader, RestrictedRecord
from app.models.landlord import Landlord
from app.models.people import Person
from app.models.values import Subject
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def landlord(desk):
    def make(ctx):
        ctx.session.add(
            Landlord(name="Sample District Council", address="1 Sample Street\nTestford\nZZ1 1AA", phone="01632 960001")
        )

    desk.do(make)


@prepared
def home(desk, landlord):
    """The home of Mx Maria Testerton, with the numbers of its rows: (person, account)."""

    def let(ctx):
        maria = lettings.person(
            ctx, "Maria", "Testerton", email="old@example.org", mobile="07700 900123", phone="0191 498 0000"
        )
        made = lettings.letting(ctx, people=[maria])
        made.account.name = "Mx Maria Testerton"
        refresh_search(ctx)
        return maria.id, made.account.id

    return desk.do(let)


@pytest.fixture
def maria(home):
    return home[0]


@pytest.fixture
def account(home):
    return home[1]


def restrict(ctx, person_id, reader_id):
    """Only one officer may open the record from now on."""
    record = RestrictedRecord(
        subject=Subject.PERSON,
        subject_id=person_id,
        reason="Asked for",
        restricted_by=ctx.officer.id,
        restricted_at=ctx.clock.now(),
    )
    ctx.session.add(record)
    ctx.session.flush()
    ctx.session.add(RestrictedReader(restricted_id=record.id, officer_id=reader_id))


def person(desk, person_id):
    """The row of somebody, as it is now."""
    return desk.ask(lambda ctx: ctx.session.get(Person, person_id))
