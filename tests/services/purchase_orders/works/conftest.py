"""The office of the tests of orders, with a home that is let."""

from datetime import date

import pytest

from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.works import commands
from app.services.purchase_orders.works.dto import NewWorks
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.purchase_orders.orders.conftest import begun, office

__all__ = ["begun", "home", "office", "works"]

REPORTED = date(2026, 11, 16)


@prepared
def home(office):
    """A let home: (property, account)."""

    def make(ctx):
        let = lettings.letting(ctx, reference="70 0001")
        return let.tenancy.property_id, let.account.id

    return office.desk.do(make)


@pytest.fixture
def works(office, home):
    """Works raised on the home, asked for and approved: its row."""

    def raised(priority="routine", reported_on=REPORTED, **more):
        new = NewWorks(office.new(title="Leak under the sink"), home[0], "Plumbing", priority, reported_on, **more)
        made = office.desk.do(commands.raise_works, new)
        asked = office.desk.do(orders.ask, made.order_id, made.version)
        office.approve(asked.request_id)
        return office.seen(made.order_id)

    return raised
