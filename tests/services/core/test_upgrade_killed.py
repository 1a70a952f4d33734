"""A migration killed at any step leaves the file as it was before it: real processes, SIGKILL."""

import sqlite3
import sys

import pytest

from app.services.core import database as databases
from tests.processes import killed, killed_at


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [1, 2, 9, 30, 60])
def test_a_killed_migration_leaves_nothing(tmp_path, step):
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.execute("PRAGMA application_id = 0x52454E54")
        old.execute("CREATE TABLE standing (id INTEGER)")
    old.close()

    def upgrade():
        killed_at(step, "CREATE", "INSERT", "UPDATE", "PRAGMA APPLICATION")
        databases.upgrade(path)

    assert killed(upgrade)
    with sqlite3.connect(path) as left:
        assert left.execute("SELECT name FROM sqlite_master").fetchall() == [("standing",)]
    left.close()
    databases.open_database(path).close()
    assert databases.status(path).state == "current"
