"""A file dialog in the folder of the database that is open takes nothing from it."""

import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QListView, QWidget

from app.services.core import database as databases
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.views.common import dialogs
from tests.conftest import OFFICER


@pytest.fixture
def parent_window(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    return made


LOOK = "import sqlite3, sys; found = sqlite3.connect(sys.argv[1]); found.execute('SELECT 1 FROM officer').fetchall(); found.close()"


def test_what_was_saved_last_is_still_there_when_another_program_has_looked_at_the_file(
    template, tmp_path, qtbot, parent_window
):
    """Qt's own icons would have let go of the locks: the other program would have thrown the last changes away."""
    (tmp_path / "office").mkdir()
    file = shutil.copyfile(template, tmp_path / "office" / "rentbook.db")
    desk = Desk.sit_down(Database(databases.database_url(file)), OFFICER)
    desk.do(add, NewOfficer("winifred", "Test Winifred", frozenset({Role.AUDITOR})))
    made = dialogs.ask_open(parent_window, "Choose a file", "All files (*)")
    made.setDirectory(str(file.parent))
    qtbot.waitUntil(lambda: listed(made, file.name))
    subprocess.run([sys.executable, "-c", LOOK, str(file)], check=True)
    made.close()
    kept = file.with_name(f"{file.name}-wal").exists()
    desk.database.close()
    assert kept


def listed(made, name):
    view = made.findChild(QListView, "listView")
    model = view.model()
    root = view.rootIndex()
    return any(model.index(row, 0, root).data() == name for row in range(model.rowCount(root)))


def test_the_next_dialog_begins_where_the_last_file_was_chosen(parent_window, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "_LAST", [])
    first = dialogs.ask_open(parent_window, "Choose a file", "All files (*)")
    assert first.directory().absolutePath() == QDir.homePath()
    first.setDirectory(str(tmp_path))
    QFileDialog.done(first, QFileDialog.DialogCode.Accepted)
    again = dialogs.ask_open(parent_window, "Choose a file", "All files (*)")
    assert again.directory().absolutePath() == str(tmp_path)
    again.close()
