"""Copies of documents for other programs don't stay on the computer."""

import subprocess
import sys
import tempfile

from PySide6.QtGui import QGuiApplication

from app.services.core.progress import CancelToken, no_progress
from app.services.exports import xlsx
from app.services.exports.dto import Column, Table
from app.views.common import handed_out
from app.views.common.handed_out import HandedOut

CRASH = """
import os
from app.views.common.handed_out import HandedOut
held = HandedOut()
(held.folder() / "letter.pdf").write_text("Zebedee")
os._exit(9)
"""


def left():
    return [path for path in handed_out.root().rglob("*") if path.is_file()] if handed_out.root().exists() else []


def test_copies_go_with_their_window():
    held = HandedOut()
    (held.folder() / "letter.pdf").write_text("Zebedee")
    assert held.folder().stat().st_mode & 0o077 == 0
    handed_out.sweep()
    assert (held.folder() / "letter.pdf").exists(), "a window that still runs keeps its copies"
    del held
    assert left() == []


def test_what_a_crash_left_goes_with_the_next_start():
    subprocess.run([sys.executable, "-c", CRASH], check=False, timeout=60)
    assert [path.name for path in left() if path.suffix == ".pdf"] == ["letter.pdf"]
    handed_out.sweep()
    assert left() == []


def test_copies_and_what_was_copied_go_when_the_officer_leaves(qapp):
    held = HandedOut()
    first = held.folder()
    (first / "letter.pdf").write_text("Zebedee")
    QGuiApplication.clipboard().setText("Zebedee")
    handed_out.officer_left()
    assert (left(), QGuiApplication.clipboard().text()) == ([], "")
    (held.folder() / "letter.pdf").write_text("the next officer's")
    assert held.folder() != first
    held.clear()
    assert left() == []


def test_what_a_library_writes_on_the_way_goes_with_the_program(monkeypatch, tmp_path):
    """Also when the program is killed while it writes a workbook: it lies where the next start sweeps."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    kept = handed_out.keep_temporary_files()
    on_the_way = []

    def rows():
        yield ["Zebedee"]
        on_the_way.extend(left())
        yield ["Zebedee"]

    xlsx.write_xlsx(tmp_path / "out.xlsx", Table("Tenants", (), (Column("Name"),), rows()), no_progress, CancelToken())
    assert [path.name[:8] for path in on_the_way if path.suffix != ".lock"] == ["openpyxl"]
    handed_out.officer_left()
    assert kept.folder().is_dir(), "the next officer's workbooks need it"
    kept.clear()
    assert left() == []
