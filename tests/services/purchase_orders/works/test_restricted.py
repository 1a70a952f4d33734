"""Works in the home of a restricted record: masked in lists, shut to whoever may not open it, not worked on by them."""

import pytest

from app.models.access import RestrictedReader, RestrictedRecord
from app.models.values import Subject
from app.services.core import finding
from app.services.core.access import RESTRICTED_NAME
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders import queries as register
from app.services.purchase_orders.orders.dto import CancelRest
from app.services.purchase_orders.works import commands, queries
from app.services.purchase_orders.works.dto import NewWorks
from tests.prepared import prepared
from tests.services.purchase_orders.works.conftest import REPORTED


@prepared
def shut(office, home, works):
    """Works in a home whose account only the colleague may open."""
    order = works()

    def restrict(ctx):
        record = RestrictedRecord(
            subject=Subject.ACCOUNT,
            subject_id=home[1],
            reason="Made up",
            restricted_by=ctx.officer.id,
            restricted_at=ctx.clock.now(),
        )
        ctx.session.add(record)
        ctx.session.flush()
        ctx.session.add(RestrictedReader(restricted_id=record.id, officer_id=office.colleague.officer.id))

    office.desk.do(restrict)
    return order


def test_lists_say_nothing_to_anybody_and_the_finder_nothing_to_those_it_is_shut_to(office, shut):
    for desk, is_shut in ((office.desk, True), (office.colleague, False)):
        (row,) = desk.ask(register.rows, (shut.id,))
        assert (row.title, row.shut) == (RESTRICTED_NAME, is_shut)
        (of_works,) = desk.ask(queries.rows, (shut.id,))
        assert (of_works.title, of_works.address, of_works.shut) == (RESTRICTED_NAME, RESTRICTED_NAME, is_shut)
        assert bool(desk.ask(finding.find, "PO00001")) is not is_shut


def test_only_those_named_open_it(office, home, shut):
    for ask in ((register.detail, shut.id), (queries.detail, shut.id), (queries.of_property, home[0])):
        with pytest.raises(UserError, match="restricted record"):
            office.desk.ask(*ask)
    assert office.colleague.ask(register.detail, shut.id).row.title == "Leak under the sink"
    assert office.colleague.ask(queries.detail, shut.id).row.address != RESTRICTED_NAME
    assert office.desk.ask(queries.properties, "sample") == office.desk.ask(queries.properties, "nowhere at all")


def test_only_those_named_work_on_it(office, home, shut):
    with pytest.raises(UserError, match="restricted record"):
        office.desk.do(orders.cancel_rest, CancelRest(shut.id, shut.version, "Not wanted"))
    with pytest.raises(UserError, match="restricted record"):
        office.desk.do(commands.raise_works, NewWorks(office.new(), home[0], "Plumbing", "urgent", REPORTED))
