"""The sheet of a new let: found, proposed, told before it is done, started."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import Money, Tenure
from app.services.rent.search import refresh_search
from app.services.tenancies.starting.dto import NewTenant
from app.views.rent.controller.start_tenancy import StartController
from app.views.rent.starting.person import NewPersonSheet
from tests.factories import lettings
from tests.views.desktop import wait

MONDAY = date(2026, 11, 23)


@pytest.fixture
def empty_home(office):
    """A home that fell empty on 2 November, let at 90.00 before, and a garage that nobody has had."""

    def build(ctx):
        home = lettings.letting(ctx, "90.00", end_on=date(2026, 11, 1), who=("Pat", "Gone"))
        garage = lettings.garage(ctx)
        refresh_search(ctx)
        return home, garage

    return office.desk.do(build)


@pytest.fixture
def sheet(office, empty_home, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1300, 900)
    page.show()
    made = StartController(office, page).sheet
    yield made
    if not made.over:
        made.done(0)


def settled(office, qtbot):
    wait(qtbot, lambda: not office.tasks.busy)


def pick(qtbot, office, picker, text):
    """Type, choose the first found with Enter."""
    picker.setFocus()
    QTest.keyClicks(picker, text)
    wait(qtbot, lambda: bool(picker._offered))
    picker._take(picker._offered[0])
    wait(qtbot, lambda: not office.tasks.busy)


def choose_home(qtbot, office, sheet, found):
    pick(qtbot, office, sheet.place, found.property.ref)
    wait(qtbot, lambda: bool(sheet.charges.value()))


def test_it_is_started_from_what_is_found_and_proposed(office, sheet, empty_home, qtbot):
    home, _ = empty_home
    assert sheet.fields.values()["start_on"] == MONDAY  # the next Monday
    choose_home(qtbot, office, sheet, home)
    assert "Void since 2 Nov 2026." in sheet.place.text()
    assert sheet.charges.total() == Money(9_000)
    sheet.tenants.add(NewTenant(title="Mx", first_name="Robin", last_name="Newcome"), "Mx Robin Newcome")
    wait(qtbot, lambda: "Mx Robin Newcome" in sheet.effects.text())
    assert "First week, from 23 Nov 2026" in {effect.group for effect in sheet.effects.effects}

    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: sheet.over)
    made = office.desk.ask(lambda ctx: ctx.session.scalars(select(Tenancy).where(Tenancy.start_on == MONDAY)).one())
    account = office.desk.ask(
        lambda ctx: ctx.session.scalars(select(Account).where(Account.tenancy_id == made.id)).one()
    )
    assert (made.tenure, account.name) == (Tenure.SECURE, "Mx Robin Newcome")
    assert account.payment_reference in office.messages.text


def test_what_stands_against_it_is_said_beside_its_field(office, sheet, empty_home, qtbot):
    home, _ = empty_home
    choose_home(qtbot, office, sheet, home)
    sheet.tenants.add(NewTenant(last_name="Newcome"), "Newcome")
    sheet.charges.set_value([])
    sheet.fields.fill({"start_on": date(2036, 11, 24)})
    sheet.confirm_action.trigger()
    settled(office, qtbot)
    assert "too far ahead" in sheet.fields.error_of("start_on")
    assert "There is no rent." in sheet.fields.error_of("charges")
    assert not sheet.over


def test_charges_that_were_typed_are_kept_when_the_day_changes(office, sheet, empty_home, qtbot):
    home, _ = empty_home
    choose_home(qtbot, office, sheet, home)
    rows = sheet.charges.typed()
    sheet.charges.set_value([{**rows[0], "amount": "95.00"}])
    sheet.fields.fill({"start_on": date(2026, 11, 30), "tenure": Tenure.INTRODUCTORY})
    wait(qtbot, lambda: sheet.fields.values()["trial_ends_on"] == date(2027, 11, 29))
    assert sheet.charges.total() == Money(9_500)


def test_a_garage_asks_which_home_it_goes_with(office, sheet, empty_home, accounts, qtbot):
    _, garage = empty_home
    pick(qtbot, office, sheet.place, garage.ref)
    wait(qtbot, lambda: sheet.tenure() is Tenure.GARAGE)
    pick(qtbot, office, sheet.tenants.picker, "Testerton")
    home = sheet.fields.field("home_id")
    wait(qtbot, lambda: home.count() == 2)
    assert home.isVisible()
    assert not sheet.fields.field("second_home").isVisible()


def test_two_homes_ask_why(office, sheet, empty_home, accounts, qtbot):
    home, _ = empty_home
    choose_home(qtbot, office, sheet, home)
    pick(qtbot, office, sheet.tenants.picker, "Testerton")
    wait(qtbot, lambda: sheet.fields.field("second_home").isVisible())
    wait(qtbot, lambda: "To put right" in {effect.group for effect in sheet.effects.effects})
    sheet.fields.fill({"second_home": "Moves over a fortnight."})
    sheet.typed_changed.emit()
    wait(qtbot, lambda: "To put right" not in {effect.group for effect in sheet.effects.effects})


def test_somebody_very_like_them_is_used_or_told_apart(office, sheet, empty_home, qtbot):
    born = date(1984, 5, 6)
    there = office.desk.do(lettings.person, "Chris", "Double", date_of_birth=born)
    sheet.tenants.new_wanted.emit("Chris Double")
    adding = sheet.findChild(NewPersonSheet)
    assert adding.tenant().last_name == "Double"
    adding.fields.fill({"date_of_birth": born})
    wait(qtbot, lambda: bool(adding.alike))
    adding.confirm_action.trigger()
    assert "very like them" in adding.messages.text
    assert sheet.tenants.value() == ()
    adding.chosen.emit(adding.alike[0])
    adding.close()
    assert sheet.tenants.person_ids() == [there.id]


def test_what_is_named_is_kept_for_a_draft(sheet):
    sheet.tenants.add(NewTenant(last_name="Newcome", date_of_birth=date(1990, 2, 3)), "Newcome", "New")
    kept = sheet.tenants.typed()
    value = sheet.tenants.value()
    sheet.tenants.set_value(())
    assert sheet.tenants.problem() == "Find the tenant, or add them with New person."
    sheet.tenants.retype(kept)
    assert sheet.tenants.value() == value
    sheet.tenants.picker.setText("half a name")
    assert "Choose the person from the list" in sheet.tenants.problem()


def test_a_day_that_was_typed_is_kept_and_one_that_was_proposed_follows(office, sheet, empty_home, qtbot):
    home, _ = empty_home
    choose_home(qtbot, office, sheet, home)
    trial = sheet.fields.field("trial_ends_on")
    sheet.fields.fill({"tenure": Tenure.INTRODUCTORY})
    wait(qtbot, lambda: trial.value() == date(2027, 11, 22))
    trial.set_value(date(2027, 12, 31))
    sheet.fields.fill({"start_on": date(2026, 11, 30)})
    wait(qtbot, lambda: "30 Nov 2026" in sheet.effects.text())
    assert trial.value() == date(2027, 12, 31)
