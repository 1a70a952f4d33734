"""A cheque in the post is taken from its register, for the day on which it came, and from the item itself."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.reception_payments.receipts import Receipt
from app.models.values import TakenBy
from app.services.core.session import Desk
from app.views.common.begin_work import BeginFromPost, BeginWork
from app.views.post_log.controller.valuables import ValuablesController
from app.views.reception_payments.from_post import FromPostSheet
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import TakenSheet
from tests.services.reception_payments.conftest import cheque_in_the_post  # noqa: F401  a fixture
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key

pytestmark = pytest.mark.usefixtures("cheque_in_the_post")


@pytest.fixture
def landlord_desk(colleague) -> Desk:
    """A team leader's: whoever administers takes no payments."""
    return colleague


def test_it_is_taken_for_the_day_on_which_it_came(tab, landlord_desk, owing):
    _, hands = tab
    listed = hands.opens(FromPostSheet, Key.Key_I, BOTH)
    assert [(row.receipt, row.reference) for row in listed.model.rows] == [("R000012", "70 0001")]

    hands.press(Key.Key_Return, CTRL, on=listed)
    sheet = hands.sheet(TakeSheet)
    hands.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    assert (sheet.how.taken_by, sheet.amount.value().pence) == (TakenBy.CHEQUE, 118_42)
    hands.press(Key.Key_0, on=sheet.who)
    hands.types(sheet, cheque_drawer="A Sample", cheque_number="000123")
    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.sheet(TakenSheet)
    (row,) = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(Receipt)).all())
    kept = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(PostValuable)).one())
    assert (row.taken_on, row.pence, row.valuable_id) == (date(2026, 11, 20), 118_42, kept.id)
    assert kept.paid_in == "Receipt WGC000001"


def test_an_item_of_the_post_begins_its_payment(tab, landlord_desk):
    controller, hands = tab
    item = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(PostItem.id)).one())

    controller.show_only(BeginFromPost(item, "taking"))

    sheet = hands.sheet(TakeSheet)
    assert sheet.amount.value().pence == 118_42


def test_the_register_of_the_post_hands_it_over(office, owing, qtbot):
    wanted = []
    object.__setattr__(office, "show_only", lambda area, begun: wanted.append((area, begun)))
    section = ValuablesController(office)
    qtbot.addWidget(section.page)
    section.page.resize(1200, 700)
    section.page.show()
    section.refresh()
    hands = Hands(office, section.page, qtbot)
    hands.until(lambda: section.page.model.rowCount() == 1)

    hands.press(Key.Key_T, BOTH)

    assert wanted == [("reception_payments", BeginWork(owing.rent, "taking", {"valuable_id": 1}))]
