"""Everything is exported from the window, in plain text once a second officer agreed."""

from PySide6.QtCore import Qt

from app.services.exit_export import requests
from app.views.admin.exit_export import ExportSheet
from app.views.admin.listed import ReasonSheet
from tests.factories import approving
from tests.views.admin.test_sections import CTRL, manager, settle
from tests.views.admin.test_signing import opened, said
from tests.views.desktop import answer_file, press, sheet_of, wait

__all__ = ["manager"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_everything_is_written_where_the_officer_chooses(manager, qtbot, tmp_path):
    page = opened(manager, qtbot, "exit_export").page
    assert "everybody's personal data" in said(page)
    press(page, Qt.Key.Key_N, CTRL)
    press(sheet_of(qtbot, ExportSheet, page), Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, page, tmp_path)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    settle(manager, qtbot)
    row = page.model.rows[0]
    assert (row.by, row.done, row.opened) == ("Test Manager", True, False)
    (folder,) = tmp_path.glob("rentbook-exit-*")
    assert row.folder == str(folder)
    assert (folder / "manifest.json").exists()
    assert row.manifest_sha256[:4].upper() in said(page)
    assert "Every file agrees with what the database counts" in manager.messages.text


def agreed(ctx):
    """A second officer agreed to an export of the officer's own."""
    with approving.carried_out(ctx, "exit_export", 1):
        requests.allow(ctx, ctx.officer.id)


def test_plain_text_waits_for_a_second_officer(manager, qtbot, tmp_path):
    requests.register()
    desk = manager.desk
    section = opened(manager, qtbot, "exit_export")
    page = section.page
    press(page, Qt.Key.Key_K, CTRL | SHIFT)
    sheet = sheet_of(qtbot, ReasonSheet, page)
    sheet.reason.setPlainText("The council changes to another system")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "waits for a second officer" in said(page))
    settle(manager, qtbot)
    assert not page.ask.isEnabled()
    section.export(str(tmp_path), opened=True)
    wait(qtbot, lambda: "No second officer has agreed" in manager.messages.text)
    assert not list(tmp_path.glob("*exit*"))
    desk.do(agreed)
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: "agreed to one export of yours" in said(page))
    settle(manager, qtbot)
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, ExportSheet, page)
    sheet.fields.fill({"opened": True})
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, page, tmp_path)
    wait(qtbot, lambda: page.model.rowCount() == 1 and page.model.rows[0].done)
    settle(manager, qtbot)
    assert page.model.rows[0].opened
    assert "as you would keep cash" in manager.messages.text
