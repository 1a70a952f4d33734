"""The sheets by which a tenancy is changed, told before it is done, and the history that keeps it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.services.rent.header import account_header
from app.services.rent.search import refresh_search
from app.services.tenancies.starting.dto import NewTenant
from app.views.rent.controller.change_tenants import TenantsController
from app.views.rent.controller.correct_dates import DatesController
from app.views.rent.controller.end_trial import TrialController
from app.views.rent.controller.move_tenants import MovingController
from app.views.rent.controller.tenancy_history import TenancyController
from tests.factories import lettings
from tests.views.desktop import wait

ROBIN = NewTenant(title="Mx", first_name="Robin", last_name="Newcome")


@pytest.fixture
def home(office):
    """A home let since April 2025."""

    def build(ctx):
        made = lettings.letting(ctx, "90.00", who=("Pat", "Here"))
        refresh_search(ctx)
        return made

    return office.desk.do(build)


@pytest.fixture
def opened(home, open_sheet):
    """Opens the sheet of a controller on the home's account."""
    return lambda controller: open_sheet(controller, home.account.id)


def shown(sheet):
    fields = sheet.fields
    return {name for name in fields.values() if fields.field(name).isVisible()}


def test_somebody_joins_and_the_history_tells_it(office, home, opened, qtbot):
    sheet = opened(TenantsController)
    assert sheet.fields.values()["name"] == "Mx Pat Here"
    sheet.fields.fill({"what": "to_joint"})
    assert shown(sheet) == {"what", "on", "tenants", "name", "reason", "letter"}
    assert sheet.fields.values()["name"] == ""
    sheet.tenants.add(ROBIN, "Mx Robin Newcome")
    sheet.fields.fill({"on": date(2026, 11, 9), "letter": False})
    wait(qtbot, lambda: "Mx Pat Here and Mx Robin Newcome" in sheet.effects.text())
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: sheet.over)
    name = office.desk.ask(lambda ctx: ctx.session.get_one(Account, home.account.id).name)
    assert name == "Mx Pat Here and Mx Robin Newcome"
    assert "is held by Mx Pat Here and Mx Robin Newcome from 9 Nov 2026" in office.messages.text

    part = TenancyController(office)
    qtbot.addWidget(part.widget)
    with qtbot.waitSignal(part.counted) as counted:
        part.show(home.account.id, office.desk.ask(account_header, home.account.id))
    assert counted.args == [1]
    assert "Held by Mx Pat Here; Mx Robin Newcome from 9 Nov 2026" in part.widget.text()
    assert part.widget.rows.rowCount() == 1


def test_what_cannot_be_taken_stands_beside_its_field(office, home, opened, qtbot):
    sheet = opened(DatesController)
    assert sheet.fields.values()["on"] == lettings.FROM
    sheet.fields.fill({"on": date(2036, 4, 6)})
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: bool(sheet.fields.error_of("on")))
    assert "too far off" in sheet.fields.error_of("on")
    assert office.desk.ask(lambda ctx: ctx.session.get_one(Tenancy, home.tenancy.id).start_on) == lettings.FROM


def test_only_what_fits_the_tenancy_is_offered(office, home, page, opened, qtbot):
    sheet = opened(MovingController)
    choice = sheet.fields.field("what")
    assert list(choice._values) == ["transfer", "exchange", "decant"]
    header = office.desk.ask(account_header, home.account.id)
    TrialController(office, page, header)
    wait(qtbot, lambda: "no introductory tenancy" in office.messages.text)
