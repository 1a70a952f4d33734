"""The sheet of an ending and the registers of endings and voids."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from app.models.endings import Ending, VoidPeriod
from app.models.values import EndingState, EndReason, VoidReason
from app.services.rent.header import account_header
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import EndingShown, Finish, NoteEnding
from app.views.rent.controller.end_tenancy import EndingController
from app.views.rent.controller.endings import EndingsController
from app.views.rent.controller.reverse_ending import TakeBackController
from app.views.rent.controller.voids import VoidsController
from app.views.rent.ending import HourField, read_hour
from tests.factories import lettings
from tests.views.desktop import wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def home(office):
    return office.desk.do(lettings.letting, "70.00", start_on=date(2026, 1, 5), who=("Pat", "Leaver"))


def opened(office, page, home, qtbot):
    controller = EndingController(office, page, office.desk.ask(account_header, home.account.id))
    wait(qtbot, lambda: controller.sheet is not None and not office.tasks.busy)
    return controller.sheet


def rows(office, model):
    return office.desk.database.read(lambda session: session.scalars(select(model)).all())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("2 pm", time(14)),
        ("12am", time(0)),
        ("12 PM", time(12)),
        ("25", None),
        ("13 pm", None),
        ("10:75", None),
        ("soon", None),
    ],
)
def test_an_hour_is_read_as_it_is_typed(typed, meant):
    assert read_hour(typed) == meant


def test_an_hour_that_is_none_is_told_and_an_empty_one_is_noon(qtbot):
    field = HourField()
    qtbot.addWidget(field)
    assert (field.value(), field.problem()) == (time(12), "")
    field.setText("soon")
    assert "Type an hour" in field.problem()
    field.set_value(time(9, 5))
    assert field.text() == "09:05"


def test_only_what_matters_can_be_typed_into_and_the_button_says_what_it_does(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot)
    enabled = {
        name for name in ("notice_on", "public_trustee", "keys_at", "void") if sheet.fields.field(name).isEnabled()
    }
    assert enabled == {"notice_on"}
    assert sheet.primary.text() == "Keep the notice  Ctrl+S"
    assert sheet.command() is None
    sheet.fields.fill({"now": True, "reason": EndReason.DEATH, "keys_on": date(2026, 11, 20)})
    sheet.fields.changed.emit()
    assert all(sheet.fields.field(name).isEnabled() for name in ("notice_on", "public_trustee", "keys_at", "void"))
    assert sheet.primary.text() == "End the tenancy  Ctrl+S"
    sheet.fields.fill({"reason": EndReason.EVICTED})
    sheet.fields.changed.emit()
    assert not sheet.fields.field("notice_on").isEnabled()
    sheet.done(0)


def test_what_is_typed_is_what_is_asked_for(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot)
    sheet.fields.fill({"now": True, "notice_on": date(2026, 10, 12), "keys_on": date(2026, 11, 9), "keys_at": time(9)})
    wanted = sheet.command()
    assert (wanted.reason, wanted.notice_on, wanted.agreed_on) == (EndReason.TENANT_NOTICE, date(2026, 10, 12), None)
    assert (wanted.keys_on, wanted.keys_at) == (date(2026, 11, 9), time(9))
    assert wanted.finish == Finish()
    assert isinstance(wanted.finish.void, VoidReason)
    sheet.done(0)


def test_it_is_told_then_saved_and_shown_again(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot)
    sheet.fields.fill({"notice_on": date(2026, 11, 18)})
    sheet.typed_changed.emit()
    wait(qtbot, lambda: "Sunday 20 Dec 2026" in sheet.effects.text())
    QTest.keyClick(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "ends on 20 Dec 2026" in office.messages.text)
    again = opened(office, page, home, qtbot)
    assert again.fields.values()["notice_on"] == date(2026, 11, 18)
    again.fields.fill({"notice_on": None})
    QTest.keyClick(again, Qt.Key.Key_S, CTRL)
    assert "Say when the notice came" in again.fields.error_of("notice_on")
    again.done(0)


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(office, page, home, qtbot):
    sheet = opened(office, page, home, qtbot)
    sheet.fields.fill({"notice_on": date(2026, 11, 18), "agreed_on": date(2036, 12, 20), "contact_name": "Robin"})
    QTest.keyClick(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Check the year" in sheet.fields.error_of("agreed_on"))
    assert sheet.fields.values()["contact_name"] == "Robin"
    assert rows(office, Ending) == []
    sheet.done(0)


def test_an_ended_tenancy_has_no_sheet_but_may_be_taken_back(office, page, home, qtbot):
    keys = {"keys_on": date(2026, 11, 9), "agreed_on": date(2026, 11, 8), "finish": Finish()}
    done = office.desk.do(commands.save, NoteEnding(home.tenancy.id, EndReason.SURRENDER, **keys))
    header = office.desk.ask(account_header, done.former_account_id)
    EndingController(office, page, header)
    wait(qtbot, lambda: "has ended already" in office.messages.text)
    controller = TakeBackController(office, page, header)
    wait(qtbot, lambda: controller.sheet is not None and not office.tasks.busy)
    assert controller.sheet.windowTitle() == "Reverse the ending"
    QTest.keyClick(controller.sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Say why" in controller.sheet.fields.error_of("reason"))
    controller.sheet.fields.fill({"reason": "Wrong account"})
    QTest.keyClick(controller.sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "the tenancy goes on" in office.messages.text)
    assert [each.state for each in rows(office, Ending)] == [EndingState.REVERSED]
    TakeBackController(office, page, office.desk.ask(account_header, home.account.id))
    wait(qtbot, lambda: "No notice or ending" in office.messages.text)


def test_the_register_of_endings(office, home, qtbot):
    office.desk.do(commands.save, NoteEnding(home.tenancy.id, EndReason.TENANT_NOTICE, notice_on=date(2026, 10, 12)))
    controller = EndingsController(office)
    register = controller.page
    qtbot.addWidget(register)
    register.resize(1200, 700)
    register.show()
    wait(qtbot, lambda: register.model.rows and not office.tasks.busy)
    (row,) = register.model.rows
    assert (row.name, row.next_step) == ("Mx Pat Leaver", "Keys overdue since 9 Nov 2026")
    texts = [each.text() for each in register._buttons]
    assert texts[:2] == ["Under way  1", "Keys overdue  1"]
    register.text.setText("nobody")
    wait(qtbot, lambda: not register.model.rows and not office.tasks.busy)
    register.text.setText("leaver")
    wait(qtbot, lambda: register.model.rows and not office.tasks.busy)
    register._buttons[3].click()
    wait(qtbot, lambda: not register.model.rows and not office.tasks.busy)
    assert register.choice is EndingShown.ENDED


def test_the_register_of_voids_gives_a_reason(office, qtbot):
    office.desk.do(lettings.letting, "70.00", end_on=date(2026, 11, 1))
    register = VoidsController(office).page
    qtbot.addWidget(register)
    register.resize(1200, 700)
    register.show()
    wait(qtbot, lambda: register.model.rows and not office.tasks.busy)
    assert "2 voids without a reason" in register._said.text()
    controller = register.findChild(VoidsController) or next(
        each for each in register.children() if isinstance(each, VoidsController)
    )
    controller._change(register.model.rows[0])
    sheet = controller._sheet
    sheet.fields.fill({"reason": VoidReason.REPAIRS, "note": "New kitchen"})
    sheet.typed_changed.emit()
    wait(qtbot, lambda: "Repairs" in sheet.effects.text())
    QTest.keyClick(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: rows(office, VoidPeriod) and not office.tasks.busy)
    assert [(each.reason, each.note) for each in rows(office, VoidPeriod)] == [(VoidReason.REPAIRS, "New kitchen")]
