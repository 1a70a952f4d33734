"""Credits that nobody claimed in six years are put forward together; one is left out, and what the others lack is said."""

from datetime import date

import pytest

from app.models.accounts import Account
from app.models.values import Money
from app.services.adjustments import queries
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.views.adjustments.controller.written_on import WrittenOnController
from app.views.adjustments.writing_on import WriteOnSheet
from tests.services.adjustments.conftest import paid
from tests.services.adjustments.credits.conftest import left, tried
from tests.views.desktop import wait

BEGAN = date(2020, 11, 20)


@pytest.fixture
def page(office, qtbot):
    """The section of written-on credits, in an office of two."""
    office.desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    listed = WrittenOnController(office)
    qtbot.addWidget(listed.page)
    listed.page.show()
    wait(qtbot, lambda: not office.tasks.busy)
    yield listed.page
    listed.page.hide()


def unclaimed(office, account_id, pence, *, looked_for=True):
    """A credit of six years and a day, looked for twice unless it says otherwise."""
    account = office.desk.ask(lambda ctx: ctx.session.get_one(Account, account_id))
    left(office.desk, account)
    paid(office.desk, account, "RBP", pence, BEGAN)
    for key, on in (("first", date(2025, 3, 3)), ("second", date(2026, 3, 3))) if looked_for else ():
        tried(office.desk, account, f"{account_id} {key}", on)


def write_on(page, office, qtbot):
    next(each for each in page.actions() if each.text() == "Write on").trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    return next((each for each in page.findChildren(WriteOnSheet) if each.isVisible()), None)


def test_those_that_may_be_are_put_forward_and_one_is_left_out(page, office, accounts, qtbot):
    ids = list(accounts.values())[:3]
    for account_id, pence, looked_for in zip(ids, (-9_000_00, -8_000_00, -7_000_00), (True, True, False), strict=True):
        unclaimed(office, account_id, pence, looked_for=looked_for)
    sheet = write_on(page, office, qtbot)
    assert len(sheet.model.rows) == 2
    sheet.table.go_to(1)
    sheet._leave.trigger()
    (left,) = sheet.model.rows
    assert left.account_id == ids[0]
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not page.findChildren(WriteOnSheet) and not office.tasks.busy)
    found = office.desk.ask(queries.detail, 1)
    assert found.debit == left.unclaimed > Money(8_000_00)


def test_where_none_may_be_it_says_why(page, office, accounts, qtbot):
    assert write_on(page, office, qtbot) is None
    assert "No credit is over six years old." in office.messages.text
