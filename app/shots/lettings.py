"""Scenes of starting a tenancy and of the debit control."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.services.tenancies.starting.dto import NewTenant
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.rent.controller.start_tenancy import StartController
from app.views.rent.debit_control.sheet import SignSheet
from app.views.rent.starting.person import NewPersonSheet
from app.views.rent.starting.sheet import StartSheet


def _empty(stage: Stage) -> StartSheet:
    accounts, office = stage.controller("rent"), stage.program.office
    assert office is not None
    sheet: StartSheet = StartController(office, accounts.page).sheet
    stage.wait(lambda: office.drafts is None or not office.drafts.busy)
    offer = sheet.findChild(DraftOffer)
    if offer is not None and offer.isVisible():
        offer.throw.click()
        stage.settle()
    return sheet


def _filled(stage: Stage) -> StartSheet:
    """A home that stands empty, let from a Wednesday to somebody new."""
    sheet = _empty(stage)
    QTest.keyClicks(sheet.place, "void")
    popup = sheet.place.completer_popup()
    stage.wait(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    tenant = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))
    sheet.tenants.add(tenant, "Mx Robin Newcome", "New, born 3 Feb 1990")
    stage.settle()
    sheet.fields.fill({"start_on": date(2026, 11, 25)})
    stage.wait(lambda: bool(sheet.charges.value()) and "25 Nov" in sheet.effects.text())
    sheet.fields.field("start_on").setFocus()
    return sheet


def _refused(stage: Stage) -> QWidget:
    """What stands against it is beside its field."""
    sheet = _filled(stage)
    sheet.charges.set_value([])
    sheet.fields.fill({"start_on": date(2036, 11, 25)})
    stage.settle()
    sheet.confirm_action.trigger()
    stage.settle()
    return sheet


def _person(stage: Stage) -> QWidget:
    """Somebody to be added, with somebody very like them there already."""
    sheet = _empty(stage)
    header = stage.controller("rent").header
    there = header.people[0]
    sheet.tenants.new_wanted.emit(there.name.partition(" ")[2])
    made = stage.sheet(NewPersonSheet)
    made.fields.fill({"date_of_birth": there.date_of_birth})
    stage.wait(lambda: bool(made.alike))
    return made


def _control(stage: Stage) -> QWidget:
    """The sheet of the week that is to be signed next."""
    register = stage.controller("rent").section("debit_control")
    register.show_week(date(2026, 11, 16))
    stage.wait(lambda: register.page.sheet is not None and register.page.sheet.week_on == date(2026, 11, 16))
    register.page.parts.open_part(0)
    stage.settle()
    return stage.window


def _movements(stage: Stage) -> QWidget:
    """What moved the debit, by property, in the week of the newest lets of the demonstration."""
    register = stage.controller("rent").section("debit_control")
    register.show_week(date(2026, 11, 2))
    stage.wait(lambda: register.page.sheet is not None and register.page.sheet.week_on == date(2026, 11, 2))
    register.page.parts.open_part(1)
    stage.settle()
    return stage.window


def _signing(stage: Stage) -> QWidget:
    _control(stage)
    stage.controller("rent").section("debit_control").page.sign_wanted.emit()
    return stage.sheet(SignSheet)


SCENES = (
    Scene("rent-start", _filled),
    Scene("rent-start-empty", _empty),
    Scene("rent-start-refused", _refused),
    Scene("rent-start-person", _person),
    Scene("rent-control", _control),
    Scene("rent-control-movements", _movements),
    Scene("rent-control-signing", _signing),
)
