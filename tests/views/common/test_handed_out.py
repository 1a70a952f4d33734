"""Copies of documents for other programs don't stay on the computer."""

import subprocess
import sys

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
