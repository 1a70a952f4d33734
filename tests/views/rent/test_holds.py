"""The sheets of holds and cases, and their register."""

from datetime import date

import pytest
from PySide6.QtWidgets import QDialog

from app.models.values import CaseEnd, HoldKind, JournalKind, Stop
from app.services.holds import commands, queries
from app.services.holds.cases import commands as cases
from app.services.holds.cases import queries as case_queries
from app.services.holds.cases.dto import OpenCase
from app.services.holds.dto import HoldFilter, HoldsShown, PlaceHold
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from app.services.rent.header import account_header
from app.views.rent.controller.hold_case import HoldCaseController
from app.views.rent.controller.holds import HoldsController
from app.views.rent.controller.place_hold import PlaceHoldController
from app.views.rent.controller.release_hold import ReleaseHoldController
from tests.factories import lettings
from tests.views.desktop import wait

TODAY = date(2026, 11, 21)


def owe(office, account_id, pence, code="DBR"):
    """What an account was charged before the day of the application."""
    day = date(2026, 11, 2)
    header = JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", f"{account_id}:{code}")
    office.desk.do(ledger.post, header, [Line(account_id, code, pence, day, day)])


@pytest.fixture
def home(office):
    """A home of two people."""

    def build(ctx):
        people = [lettings.person(ctx, "Robin", "Pauser"), lettings.person(ctx, "Sam", "Pauser")]
        return lettings.letting(ctx, "70.00", people=people)

    return office.desk.do(build)


def opened(office, page, home, qtbot, kind):
    controller = kind(office, page, office.desk.ask(account_header, home.account.id))
    wait(qtbot, lambda: controller.sheet is not None and not office.tasks.busy)
    return controller.sheet


def told(office, sheet, qtbot, words):
    sheet.typed_changed.emit()
    wait(qtbot, lambda: words in sheet.effects.text() and not office.tasks.busy)


def save(office, sheet, qtbot):
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)


def stopped(office, home):
    found = {stop: office.desk.ask(queries.stopped, home.account.id, stop) for stop in Stop}
    return {stop: each.until for stop, each in found.items() if each}


def enter(office, home, **more):
    applied = date(2026, 11, 10)
    values = {"kind": HoldKind.BREATHING_SPACE, "reference": "BS-0001", "person_ids": (home.person.id,)} | more
    days = {"applied_on": applied, "notified_on": applied, "start_on": date(2026, 11, 11)}
    return office.desk.do(cases.open_case, OpenCase(**values, **days, named=(home.account.id,), searched=True)).case_id


def test_a_hold_is_placed_with_what_is_usual(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot, PlaceHoldController)
    told(office, sheet, qtbot, "Recovery: at once, until it is released")
    assert "Look at this: It has no end and no day to look at it" in sheet.effects.text()
    save(office, sheet, qtbot)
    assert "needs its reason" in sheet.fields.error_of("reason")
    sheet.fields.field("kind").set_value(HoldKind.COMPLAINT)
    sheet.fields.fill({"reason": "About repairs", "to_on": date(2026, 12, 31)})
    save(office, sheet, qtbot)
    assert stopped(office, home) == {Stop.RECOVERY: date(2026, 12, 31)}
    assert office.messages.text == "The hold is placed."


def test_a_hold_that_ends_before_it_starts_is_refused_beside_its_field(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot, PlaceHoldController)
    sheet.fields.fill({"reason": "About repairs", "to_on": date(2026, 11, 20)})
    told(office, sheet, qtbot, "The hold ends before it starts.")
    save(office, sheet, qtbot)
    assert "ends before it starts" in sheet.fields.error_of("to_on")
    assert stopped(office, home) == {}
    sheet.close()


def test_another_hold_on_the_same_days_is_explained(office, page, home, qtbot):
    dispute = PlaceHold(home.account.id, HoldKind.DISPUTE, "Heating", to_on=date(2027, 1, 15))
    office.desk.do(commands.place, dispute)
    sheet = opened(office, page, home, qtbot, PlaceHoldController)
    sheet.fields.field("kind").set_value(HoldKind.COMPLAINT)
    told(office, sheet, qtbot, "Recovery: dispute (Heating). It goes on again when the last hold ends")
    assert "until 15 Jan 2027" in sheet.effects.text()
    sheet.close()


def test_a_hold_is_released_and_says_why(office, page, home, qtbot):
    office.desk.do(commands.place, PlaceHold(home.account.id, HoldKind.DISPUTE, "Heating", date(2026, 11, 1)))
    sheet = opened(office, page, home, qtbot, ReleaseHoldController)
    told(office, sheet, qtbot, "Write-off")
    save(office, sheet, qtbot)
    assert "Say why it is released" in sheet.fields.error_of("released")
    sheet.fields.fill({"released": "Settled"})
    save(office, sheet, qtbot)
    assert stopped(office, home) == {}
    (row,) = office.desk.ask(queries.listed, home.account.id)
    assert (row.to_on, row.released) == (date(2026, 11, 20), "Settled")


def test_a_hold_is_changed(office, page, home, qtbot):
    office.desk.do(commands.place, PlaceHold(home.account.id, HoldKind.DISPUTE, "Heating", date(2026, 11, 1)))
    sheet = opened(office, page, home, qtbot, ReleaseHoldController)
    sheet.fields.field("release").set_value(False)
    sheet.fields.fill({"stops": [Stop.RECOVERY, Stop.LETTERS], "to_on": date(2026, 12, 31)})
    told(office, sheet, qtbot, "Letters: goes on becomes stopped")
    assert "Refunds: stopped becomes goes on again" in sheet.effects.text()
    save(office, sheet, qtbot)
    assert stopped(office, home) == {Stop.RECOVERY: date(2026, 12, 31), Stop.LETTERS: date(2026, 12, 31)}


def test_nothing_to_release_is_said(office, page, home, qtbot):
    ReleaseHoldController(office, page, office.desk.ask(account_header, home.account.id))
    wait(qtbot, lambda: "Nothing is stopped on this account" in office.messages.text)


def test_a_case_is_entered_with_what_the_search_found(office, page, home, qtbot):
    garage = office.desk.do(lettings.garage_letting, home=home)
    owe(office, home.account.id, 400_00)
    owe(office, garage.account.id, 30_00, "DGA")
    sheet = opened(office, page, home, qtbot, HoldCaseController)
    save(office, sheet, qtbot)
    assert "Nobody is in the case" in sheet.fields.error_of("people")
    assert sheet.effects.text().startswith("Tick whom it protects")
    sheet.fields.fill({"people": [home.person.id], "applied_on": date(2026, 11, 10), "start_on": date(2026, 11, 11)})
    sheet.search()
    wait(qtbot, lambda: sheet.fields.field("debts").count() == 2 and not office.tasks.busy)
    assert sheet.fields.field("debts").value() == {home.account.id}
    sheet.fields.fill({"reference": "BS-0001", "found": [garage.account.id]})
    told(office, sheet, qtbot, "11 Nov 2026, until 9 Jan 2027")
    assert "Midway review by the adviser: 5 Dec 2026 to 15 Dec 2026" in sheet.effects.text()
    assert "Mx Sam Pauser owes it too and isn't protected" in sheet.effects.text()
    save(office, sheet, qtbot)
    assert stopped(office, home)[Stop.ARREARS_COLLECTION] == stopped(office, garage)[Stop.LETTERS] == date(2027, 1, 9)
    assert "it protects 2 accounts until 9 Jan 2027" in office.messages.text


def test_an_account_without_a_debt_is_offered_unticked(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot, HoldCaseController)
    sheet.fields.fill({"people": [home.person.id], "applied_on": date(2026, 11, 10)})
    sheet.search()
    debts = sheet.fields.field("debts")
    wait(qtbot, lambda: debts.count() == 1 and not office.tasks.busy)
    assert debts.item(0).text().startswith("Nothing owed (£0.00)")
    assert debts.value() == frozenset()
    assert not sheet.fields.field("found").count()
    sheet.done(QDialog.DialogCode.Rejected)


def test_a_standing_case_is_shown_and_ended(office, page, home, qtbot):
    case_id = enter(office, home)
    sheet = opened(office, page, home, qtbot, HoldCaseController)
    sheet.fields.field("end").set_value(True)
    save(office, sheet, qtbot)
    assert "Say on which day it ended" in sheet.fields.error_of("last_on")
    sheet.fields.fill({"last_on": date(2026, 11, 20), "end_reason": CaseEnd.CANCELLED})
    told(office, sheet, qtbot, "9 Jan 2027 becomes 20 Nov 2026")
    save(office, sheet, qtbot)
    assert stopped(office, home) == {}
    assert office.desk.ask(case_queries.detail, case_id).end_reason is CaseEnd.CANCELLED


def test_the_end_of_treatment_ends_a_crisis_breathing_space(office, page, home, qtbot):
    enter(office, home, crisis=True)
    sheet = opened(office, page, home, qtbot, HoldCaseController)
    sheet.fields.fill({"treatment_ended_on": date(2026, 11, 20)})
    told(office, sheet, qtbot, "no end yet becomes 20 Dec 2026")
    save(office, sheet, qtbot)
    assert set(stopped(office, home).values()) == {date(2026, 12, 20)}


def test_the_register_lists_and_finds(office, home, qtbot):
    enter(office, home)
    controller = HoldsController(office)
    qtbot.addWidget(controller.page)
    controller.page.show()
    controller.refresh()
    wait(qtbot, lambda: controller.page.model.rows and not office.tasks.busy)
    (row,) = controller.page.model.rows
    assert (row.case, row.to_on) == ("BS-0001", date(2027, 1, 9))
    assert controller.page.foot.in_words() == "1 hold   Balance £0.00"
    assert office.desk.ask(queries.register, HoldFilter(HoldsShown.ALL, "nobody")) == ()
    next(each for each in controller.page.actions() if each.text() == "Case").trigger()
    wait(qtbot, lambda: controller._sheet is not None and controller._sheet.sheet is not None and not office.tasks.busy)
    assert "BS-0001" in controller._sheet.sheet.windowTitle()
    controller._sheet.sheet.close()
    next(each for each in controller.page.actions() if each.text() == "Change or release").trigger()
    wait(qtbot, lambda: isinstance(controller._sheet, ReleaseHoldController) and controller._sheet.sheet is not None)
    assert controller._sheet.sheet.row.case == "BS-0001"
    wait(qtbot, lambda: not office.tasks.busy)
    controller._sheet.sheet.close()
