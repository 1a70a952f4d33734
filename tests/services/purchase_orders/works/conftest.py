"""The office of the tests of orders, with a home that is let."""

from datetime import date

import pytest

from app.services.approvals.commands import approve
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.works import commands
from app.services.purchase_orders.works.dto import NewWorks
from tests.factories import lettings, purchasing
from tests.prepared import prepared
from tests.services.purchase_orders.orders.conftest import begun, office

__all__ = ["approver", "begun", "home", "office", "works"]

REPORTED = date(2026, 11, 16)


@prepared
def home(office):
    """A let home: (property, account)."""

    def make(ctx):
        let = lettings.letting(ctx, reference="70 0001")
        return let.tenancy.property_id, let.account.id

    return office.desk.do(make)


@prepared
def approver(office):
    """The desk of a second team leader, who approves what the first then says was done."""
    manager = Desk.sit_down(office.desk.database, "manager", office.desk.clock)
    made = manager.do(add, NewOfficer("approver", "Test Approver", frozenset({Role.TEAM_LEADER})))
    office.desk.do(purchasing.limit, made.id)
    return Desk.sit_down(office.desk.database, "approver", office.desk.clock)


@pytest.fixture
def works(office, home, approver):
    """Works raised on the home, asked for and approved: its row."""

    def raised(priority="routine", reported_on=REPORTED, **more):
        new = NewWorks(office.new(title="Leak under the sink"), home[0], "Plumbing", priority, reported_on, **more)
        made = office.desk.do(commands.raise_works, new)
        asked = office.desk.do(orders.ask, made.order_id, made.version)
        approver.do(approve, (asked.request_id,))
        return office.seen(made.order_id)

    return raised
