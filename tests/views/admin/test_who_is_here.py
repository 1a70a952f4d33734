"""Who is here is listed, a desk is asked to sign out, and maintenance is announced and ended by keyboard."""

from PySide6.QtCore import Qt

from app.services.admin import maintenance
from app.services.admin.sessions.beating import beat
from app.services.admin.sessions.dto import Told
from app.services.core.session import Desk
from app.views.admin.who_is_here import AskSheet, MaintenanceSheet, OpenSheet
from tests.views.admin.test_sections import CTRL, manager
from tests.views.admin.test_signing import opened, said
from tests.views.desktop import press, sheet_of, wait

__all__ = ["manager"]


def test_a_desk_is_asked_to_sign_out_and_rentbook_is_closed_and_opened(manager, qtbot):
    desk = manager.desk
    other = Desk.sit_down(desk.database, "leader", desk.clock)
    other.do(beat, Told("w2", "DESK-12", "0.4.0", "Post"))
    page = opened(manager, qtbot, "who_is_here").page
    wait(qtbot, lambda: page.model.rowCount() == 1)
    page.table.go_to(0)
    wait(qtbot, lambda: "0.4.0; this desk has" in said(page))
    press(page, Qt.Key.Key_Delete, CTRL)
    sheet = sheet_of(qtbot, AskSheet, page)
    sheet.fields.fill({"words": "Please go home"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "is asked to sign out" in manager.messages.text)
    assert other.do(beat, Told("w2", "DESK-12", "0.4.0", "Post")).asked.words == "Please go home"
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, MaintenanceSheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Say what it is for" in sheet.fields.error_of("words"))
    sheet.fields.fill({"minutes": 0, "words": "Upgrade"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "closed for maintenance" in manager.messages.text)
    wait(qtbot, lambda: "Closed for maintenance since" in said(page))
    press(page, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    sheet = sheet_of(qtbot, OpenSheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "open again" in manager.messages.text)
    assert desk.ask(maintenance.standing) is None
