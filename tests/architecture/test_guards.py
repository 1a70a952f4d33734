"""The guards of tests/conftest.py do catch what they are there for."""

import pytest
from sqlalchemy import text


def view_code(path):
    """A function that runs what it is given, as if its source lay at `path`."""
    names = {}
    exec(compile("def run(work):\n    return work()", path, "exec"), names)
    return names["run"]


def test_sql_that_a_view_runs_on_the_gui_thread_is_caught(qapp, database):
    run = view_code("/somewhere/app/views/rent/page.py")
    with pytest.raises(AssertionError, match="SQL on the GUI thread"):
        run(lambda: database.read(lambda session: session.execute(text("SELECT 1")).all()))


def test_sql_that_a_service_runs_is_not(qapp, database):
    run = view_code("/somewhere/app/services/rent/queries.py")
    assert run(lambda: database.read(lambda session: session.execute(text("SELECT 1")).all())) == [(1,)]


def test_a_modal_that_opens_unasked_is_caught(qtbot):
    from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

    dialog = QDialog()
    qtbot.addWidget(dialog)
    for ask in (dialog.exec, lambda: QMessageBox.question(None, "a", "b"), QFileDialog.getOpenFileName):
        with pytest.raises(AssertionError, match="a modal opened unasked"):
            ask()
