"""The office's certificate is loaded, looked at and taken out of use by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.services.core.session import Desk
from app.services.documents import keeping as documents
from app.services.exports.dto import Column, Table
from app.services.signing import keeping, queries
from app.views.admin.controller import AdminController
from app.views.admin.signing import CertificateSheet, EndSheet, OwnSheet
from app.views.common.office import Office
from tests.certificates import PASSWORD, SIGNER, pfx
from tests.views.admin.test_sections import CTRL, manager, settle
from tests.views.desktop import answer_file, press, sheet_of, type_text, wait

__all__ = ["manager"]
TABLE = Table("A paper", (), (Column("What"),), [("Something",)])


def opened(office, qtbot, section="signing"):
    admin = AdminController(office)
    qtbot.addWidget(admin.page)
    office.bus.changed.connect(admin.page.take_changes)
    admin.page.resize(1400, 800)
    admin.page.show()
    admin.open(section)
    settle(office, qtbot)
    return admin.section(section)


def said(page):
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_it_is_loaded_with_its_password_and_taken_out_of_use(manager, qtbot, tmp_path):
    section = opened(manager, qtbot)
    page = section.page
    assert "have room to sign by hand" in said(page)
    path = tmp_path / "rents.pfx"
    path.write_bytes(pfx())
    section.load(str(path))
    sheet = sheet_of(qtbot, CertificateSheet, page)
    type_text(sheet, "another")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "doesn't open" in sheet.fields.error_of("password"))
    sheet.fields.fill({"password": PASSWORD})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    assert f"signed as {SIGNER}" in manager.messages.text
    wait(qtbot, lambda: "Itself: readers of a PDF" in said(page))
    paper = tmp_path / "paper.pdf"
    pdf = manager.desk.ask(keeping.signed_pdf, TABLE, "Payment request 5").content
    paper.write_bytes(pdf)
    section.check(str(paper))
    wait(qtbot, lambda: f"Payment request 5 was signed as {SIGNER}" in manager.messages.text)
    assert manager.messages.property("tone") == "warning"
    manager.desk.do(documents.put, pdf, "application/pdf")
    section.check(str(paper))
    wait(qtbot, lambda: "It is the one that Rentbook keeps." in manager.messages.text)
    assert manager.messages.property("tone") == "good"
    page.table.setFocus()
    press(page, Qt.Key.Key_Delete, CTRL)
    press(sheet_of(qtbot, EndSheet, page), Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: not page.model.rows[0].in_force)
    settle(manager, qtbot)
    assert not page.end.isVisible()


def test_whoever_may_only_look_loads_nothing(office, manager, qtbot):
    seat = Desk.sit_down(office.desk.database, "leader", office.desk.clock)
    looking = Office(seat, office.tasks, office.bus, office.messages, office.crashed)
    page = opened(looking, qtbot).page
    assert "You may look, but not load or take away certificates." in said(page)
    changing = {"Load a certificate", "Make one of our own"}
    assert not any(each.isVisible() and each.isEnabled() for each in page.actions() if each.text() in changing)
    assert seat.ask(queries.listed) == ()


def test_one_of_our_own_is_made_and_its_public_part_saved(manager, qtbot, tmp_path):
    section = opened(manager, qtbot)
    page = section.page
    press(page, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(sheet_of(qtbot, OwnSheet, page), Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    assert page.model.rows[0].signer == "Housing rents"
    page.table.setFocus()
    press(page, Qt.Key.Key_S, CTRL)
    path = tmp_path / "rents.cer"
    answer_file(qtbot, page, path)
    wait(qtbot, lambda: "Saved as rents.cer" in manager.messages.text)
    assert b"Housing rents" in path.read_bytes()
