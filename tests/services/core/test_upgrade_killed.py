"""A migration killed at any step leaves the file as it was before it: real processes, SIGKILL."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.core import database as databases

ROOT = Path(__file__).resolve().parents[3]

UPGRADE = """
import os, signal, sys
from sqlalchemy import Engine, event
from app.services.core import database

left = int(sys.argv[2])

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *_):
    global left
    if statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "PRAGMA APPLICATION")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

database.upgrade(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [1, 2, 9, 30, 60])
def test_a_killed_migration_leaves_nothing(tmp_path, step):
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.execute("PRAGMA application_id = 0x52454E54")
        old.execute("CREATE TABLE standing (id INTEGER)")
    old.close()
    killed = subprocess.run(
        [sys.executable, "-c", UPGRADE, str(path), str(step)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with sqlite3.connect(path) as left:
        assert left.execute("SELECT name FROM sqlite_master").fetchall() == [("standing",)]
    left.close()
    databases.open_database(path).close()
    assert databases.status(path).state == "current"
