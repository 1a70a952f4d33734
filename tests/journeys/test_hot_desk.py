"""After an officer's work nothing of a tenant lies on the computer: not in settings, logs, temporary files or drafts."""

import tempfile

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.views.common.handed_out import HandedOut
from app.views.rent.dialogs import StatementSheet
from tests.journeys.test_account import CTRL, found
from tests.views.desktop import press, type_text, wait


def words_in(path):
    content = path.read_bytes().lower()
    return [name for name in ("testert", "maria") if name.encode() in content or name.encode("utf-16-le") in content]


def test_no_name_stays_on_the_computer(desktop_over_landlord, qtbot, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")
    press(program.window, Qt.Key.Key_F8)
    press(program.window, Qt.Key.Key_F6)
    sheet = page.findChild(StatementSheet)
    wait(qtbot, lambda: sheet.document.pageCount() == 1)
    press(sheet, Qt.Key.Key_Escape)
    press(program.window, Qt.Key.Key_K, CTRL)
    type_text(program.window, "maria testerton")
    wait(qtbot, lambda: not program.tasks.busy)
    press(program.window, Qt.Key.Key_Escape)
    outside = HandedOut()
    (outside.folder() / "letter.txt").write_text("Mx Maria Testerton")
    QGuiApplication.clipboard().setText("Mx Maria Testerton")
    program.leave(program.show_welcome)
    wait(qtbot, lambda: program.office is None)

    kept = [path for folder in ("home", "temporary") for path in (tmp_path / folder).rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.name == "desk.ini"], "what is remembered is among them"
    assert QGuiApplication.clipboard().text() == ""
    assert {path.name: words for path in kept if (words := words_in(path))} == {}
