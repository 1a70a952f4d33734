"""The register of debit controls: worked out, looked through, signed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.charges import DebitControl
from app.services.charges.commands import charge_week
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.views.rent.controller.debit_control import DebitControlController
from app.views.rent.debit_control.sheet import SignSheet
from tests.factories import lettings
from tests.views.desktop import press, wait

WEEK = date(2026, 11, 16)


@pytest.fixture
def register(office, qtbot):
    """The register over a week that was charged, with one home let on its Monday."""

    def build(ctx):
        lettings.letting(ctx, "95.00", start_on=WEEK, who=("Pat", "Fresh"))

    office.desk.do(build)
    office.desk.do(charge_week, WEEK)
    made = DebitControlController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1300, 800)
    made.page.show()
    wait(qtbot, lambda: made.page.sheet is not None and not office.tasks.busy)
    return made


def test_the_week_that_is_due_is_worked_out(register):
    page = register.page
    assert page.sheet.week_on == WEEK
    assert [row.week_on for row in page.weeks.rows] == [WEEK]
    assert [(row.address.partition(",")[0], row.after.plain()) for row in page.moves.rows][-1][1] == "95.00"
    assert page.sign.isEnabled()
    assert "Look at the differences" in page._said.text()  # what this landlord's history posted by hand in the week
    assert page.apart.rows


def test_the_account_of_a_movement_is_opened(register, office, qtbot, monkeypatch):
    opened = []
    register.page.account_wanted.connect(opened.append)
    register.page.parts.open_part(1)
    register.page.moves_table.go_to(0)
    press(register.page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened == [register.page.moves.rows[0].account_id]


def test_it_is_signed_as_the_first_of_two(register, office, qtbot):
    office.desk.do(add, NewOfficer("leader", "Team Leader", frozenset({Role.TEAM_LEADER})))
    press(register.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet = register.page.findChild(SignSheet)
    sheet.fields.fill({"explanation": "The let was entered on the day."})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: sheet.over and "waits for a second officer" in office.messages.text)
    register.refresh()
    wait(qtbot, lambda: register.page.sheet.prepared_by != "" and not office.tasks.busy)
    assert register.page.look.isEnabled()
    row = office.desk.ask(lambda ctx: ctx.session.query(DebitControl).one())
    assert row.explanation == "The let was entered on the day."
    wanted = []
    register.page.request_wanted.connect(wanted.append)
    register.page.look.trigger()
    assert wanted == [row.request_id]


def test_one_officer_alone_is_told_that_it_takes_two(register, office, qtbot):
    register.page.sign_wanted.emit()
    sheet = register.page.findChild(SignSheet)
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: "Say why" in sheet.fields.error_of("explanation"))
    sheet.fields.fill({"explanation": "The history was posted by hand."})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: "takes two officers" in sheet.messages.text)
    sheet.close()
