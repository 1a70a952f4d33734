"""The doctor's page: what is found, the worst first, and the bundle seen before it is saved."""

import zipfile

from PySide6.QtGui import QGuiApplication

from app.services.diagnostics import machine
from app.services.diagnostics.dto import Health
from app.views.admin.doctor import BundleSheet
from tests.views.admin.test_sections import manager
from tests.views.admin.test_signing import opened, said
from tests.views.desktop import sheet_of, wait

__all__ = ["manager"]


def test_what_is_found_is_listed_the_worst_first_with_what_to_do(manager, qtbot, monkeypatch):
    monkeypatch.setattr(machine, "font_file", lambda name: machine.Path("/nowhere") / name)
    page = opened(manager, qtbot, "doctor").page
    wait(qtbot, lambda: page.model.rowCount() > 0)
    assert page.model.rows[0].about == "Fonts"
    healths = [each.health for each in page.model.rows]
    assert healths == sorted(healths, key=[Health.FAULT, Health.WARNING, Health.OK].index)
    assert "Something is broken." in said(page)
    assert page.model.rows[0].next == "Install Rentbook again."


def test_the_report_is_copied_as_text(manager, qtbot):
    page = opened(manager, qtbot, "doctor").page
    wait(qtbot, lambda: page.model.rowCount() > 0)
    page.copy_wanted.emit()
    assert "In order: Schema. The database is as this program needs it" in QGuiApplication.clipboard().text()


def test_the_bundle_is_seen_before_it_is_saved(manager, qtbot, tmp_path):
    section = opened(manager, qtbot, "doctor")
    wait(qtbot, lambda: section.page.model.rowCount() > 0)
    section.page.bundle_wanted.emit()
    sheet = sheet_of(qtbot, BundleSheet, section.page)
    assert '"rows"' in sheet.files["database.json"]
    section._save(sheet, tmp_path / "bundle.zip")
    wait(qtbot, lambda: "The bundle is in" in manager.messages.text)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        assert packed.read("database.json").decode() == sheet.files["database.json"]
