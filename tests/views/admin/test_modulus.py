"""The weight tables: what is used is said with its age, and the current ones are loaded by keyboard."""

from PySide6.QtCore import Qt

from app.services.bacs import queries
from app.services.core.session import Desk
from app.views.admin.modulus import TablesSheet
from app.views.common.office import Office
from tests.services.bacs.conftest import SUBSTITUTIONS, WEIGHTS
from tests.views.admin.test_sections import CTRL, manager
from tests.views.admin.test_signing import opened, said
from tests.views.desktop import press, sheet_of, type_text, wait

__all__ = ["manager"]


def test_the_current_tables_are_loaded(manager, qtbot, tmp_path):
    section = opened(manager, qtbot, "modulus")
    page = section.page
    assert "came with Rentbook (specification 3.10, before 2016), which is over 10 years old" in said(page)
    for name, content in (("valacdos.txt", WEIGHTS), ("scsubtab.txt", SUBSTITUTIONS)):
        (tmp_path / name).write_bytes(content)
    section.load([str(tmp_path / "valacdos.txt"), str(tmp_path / "scsubtab.txt")])
    sheet = sheet_of(qtbot, TablesSheet, page)
    type_text(sheet, "v8.50")
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet.fields.error_of("valid_from")
    sheet.fields.fill({"valid_from": manager.desk.clock.today()})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 2)
    assert "Loaded: " in manager.messages.text
    wait(qtbot, lambda: "Checked against v8.50, in force from 21 Nov 2026: 0 months old." in said(page))
    assert manager.desk.ask(queries.check, "08-99-99", "66374959").refuses


def test_whoever_may_only_look_loads_nothing(office, manager, qtbot):
    seat = Desk.sit_down(office.desk.database, "leader", office.desk.clock)
    looking = Office(seat, office.tasks, office.bus, office.messages, office.crashed)
    page = opened(looking, qtbot, "modulus").page
    assert "You may look, but not load tables." in said(page)
    assert not any(each.isVisible() and each.isEnabled() for each in page.actions() if "Load" in each.text())
