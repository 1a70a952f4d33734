"""An office with a counter, a home that owes rent and its garage, and the hands of an officer at the tab."""

import pytest

from app.models.people import Person
from app.models.values import JournalKind, Subject
from app.services.core import search_index
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.views.common.dialogs import Sheet
from app.views.reception_payments.controller.page import ReceptionController
from tests.conftest import TODAY
from tests.prepared import prepared
from tests.services.reception_payments.conftest import clerk, reception  # noqa: F401  fixtures
from tests.views.purchase_orders.hands import Hands


@prepared
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def owing(landlord_desk, reception):  # noqa: F811
    """The home owes £250.00 of rent and £17.80 for the garage; its tenant is found by name and telephone."""

    def make(ctx):
        lines = [Line(reception.rent, "DBR", 250_00, TODAY), Line(reception.garage, "DGA", 17_80, TODAY)]
        append(ctx, JournalHeader(JournalKind.RECEIPTS, TODAY, "test", "owing"), lines)
        person = ctx.session.get_one(Person, reception.person)
        person.date_of_birth, person.mobile, person.email = TODAY.replace(year=1980), "07700 900123", "a@example.org"
        search_index.index_record(ctx, Subject.ACCOUNT, reception.rent, "Alex Sample", "70 0001", "ZZ11 1AA")
        search_index.index_record(ctx, Subject.PERSON, person.id, "07700 900123", "Alex Sample")

    landlord_desk.do(make)
    return reception


@pytest.fixture
def tab(office, owing, qtbot):
    """The tab, and the hands of the officer at it."""
    controller = ReceptionController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1400, 860)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    hands = Hands(office, controller.page, qtbot)
    hands.until(lambda: True)
    yield controller, hands
    for sheet in controller.page.findChildren(Sheet):
        sheet.close()
    hands.until(lambda: True)
