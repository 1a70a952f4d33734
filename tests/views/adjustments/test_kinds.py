"""The kinds of adjustment and their reasons on screen: listed, changed, added."""

import pytest

from app.services.adjustments.catalogue import queries
from app.services.approvals.dto import View
from app.services.approvals.queries import queue
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.views.adjustments.controller.kinds import KindsController
from app.views.adjustments.controller.reasons import ReasonsController
from app.views.adjustments.controller.write_off_reasons import WriteOffReasonsController
from tests.views.desktop import wait


@pytest.fixture
def shown(qtbot):
    """Show the page of a section and wait for its list."""

    def show(office, controller):
        qtbot.addWidget(controller.page)
        controller.page.resize(1300, 800)
        controller.page.show()
        wait(qtbot, lambda: not office.tasks.busy and controller.page.model.rows)
        return controller.page

    return show


def act(qtbot, office, controller, does, values, words=""):
    """Do it to the first line with these words, fill the sheet and save it."""
    opened(qtbot, controller, does, words)
    return saved(qtbot, office, controller, values)


def opened(qtbot, controller, does, words=""):
    """The sheet that does it to the first line with these words."""
    page = controller.page
    page.text.setText(words)
    wait(qtbot, lambda: all(words in str(row).casefold() for row in page.model.rows))
    page.table.go_to(0)
    next(action for action in page.actions() if action.text() == does).trigger()
    return controller.sheet


def saved(qtbot, office, controller, values):
    """The sheet, filled and saved; it may be gone by now."""
    controller.sheet.fields.fill(values)
    controller.sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    return controller.sheet


def test_a_kind_is_made_stricter_at_once_and_looser_by_a_second_officer(office, qtbot, shown):
    office.desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    controller = KindsController(office)
    shown(office, controller)
    act(qtbot, office, controller, "Change", {"rules": ("In use", "Needs evidence")}, "debit correction")
    controller.page.refresh_wanted.emit(None)
    wait(qtbot, lambda: not office.tasks.busy and controller.page.model.rows[0].kind.needs_evidence)
    sheet = act(qtbot, office, controller, "Change", {"rules": ("In use",)}, "debit correction")
    assert sheet.isVisible()
    assert "Say why" in sheet.fields.error_of("reason")
    sheet.fields.fill({"reason": "Nobody has any"})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    (request,) = office.desk.ask(queue, View.MINE).rows
    assert request.summary == "Kind of adjustment 'Debit correction': no evidence is needed"


def test_a_kind_with_a_sheet_of_its_own_keeps_its_code(office, qtbot, shown):
    controller = KindsController(office)
    shown(office, controller)
    sheet = opened(qtbot, controller, "Change", "rechargeable repair")
    assert not sheet.fields.labels["code"].isVisible()
    saved(qtbot, office, controller, {"title": "Repair recharged"})
    rows = {each.kind.key: each.kind for each in office.desk.ask(queries.catalogue).kinds}
    assert (rows["recharge"].title, rows["recharge"].code) == ("Repair recharged", "DRR")


def test_a_reason_is_added(office, qtbot, shown):
    controller = ReasonsController(office)
    shown(office, controller)
    act(qtbot, office, controller, "New", {"title": "Flood", "kinds": ("Credit correction",)})
    found = next(each for each in office.desk.ask(queries.catalogue).reasons if each.reason.key == "flood")
    assert (found.fits, found.reason.active) == ("Credit correction", True)


def test_a_reason_of_write_offs_is_made_stricter_at_once_and_a_new_one_by_a_second_officer(office, qtbot, shown):
    office.desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    controller = WriteOffReasonsController(office)
    page = shown(office, controller)
    before = next(row for row in page.model.rows if row.reason.key == "untraced")
    letters = before.reason.least_letters + 1
    sheet = act(qtbot, office, controller, "Change", {"least_letters": letters}, "untraced")
    assert "law" not in sheet.fields.labels
    controller.page.refresh_wanted.emit(None)
    wait(qtbot, lambda: any(row.reason.least_letters == letters for row in page.model.rows))

    values = {"title": "Moved abroad", "law": "unenforceable", "reason": "Agreed by Cabinet", "rules": ("In use",)}
    act(qtbot, office, controller, "New", values)
    (request,) = office.desk.ask(queue, View.MINE).rows
    assert "Moved abroad" in request.summary
