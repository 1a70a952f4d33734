"""Who changed this: a person's number is changed, and the account tells who did it and what it was."""

from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.people import Person
from app.views.common.history import HistorySheet
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_h_on_an_account_tells_who_changed_it(desktop_over_landlord, qtbot, accounts):
    program = desktop_over_landlord

    def change(ctx):
        person = ctx.session.scalars(select(Person).where(Person.last_name == "Testerton")).one()
        person.mobile = "01632 960001"

    program.office.desk.do(change)
    program.controllers["rent"].open_account(accounts["Testerton"])
    wait(qtbot, lambda: not program.tasks.busy)
    press(program.window, Qt.Key.Key_H, CTRL)
    wait(qtbot, lambda: program.window.findChild(HistorySheet) is not None)
    sheet = program.window.findChild(HistorySheet)
    wait(qtbot, lambda: sheet.changes.rowCount() > 0)
    latest = sheet.changes.rows[0]
    assert latest.officer == program.office.desk.officer.name
    assert (latest.kind, latest.summary) == ("Person", "Mobile: nothing to 01632 960001")
    assert sheet.fields.rows[0].after == "01632 960001"
    press(sheet, Qt.Key.Key_Escape)
    wait(qtbot, lambda: program.window.findChild(HistorySheet) is None)
