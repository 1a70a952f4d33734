"""A restore or a backup that is killed while it copies leaves what was there: real processes, SIGKILL."""

import os
import signal
import sqlite3
import sys

import pytest

from app.services.backups import restoring
from app.services.backups.dto import By
from app.services.core import database as databases
from app.services.core import sqlite_files
from app.services.core.clock import SystemClock
from app.services.core.sqlite_files import is_whole
from tests.processes import killed

PAGE = 4096


class Time:
    """A copy looks at the time when it begins and after each portion: killed then, it has written some and not all."""

    def __init__(self, call):
        self.left = call

    def monotonic(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0.0


def killed_copying(copy, path, other, call):
    def work():
        sqlite_files.time = Time(call)
        sqlite_files._PORTION = path.stat().st_size // PAGE // 4 + 1
        copy(path, other)

    assert killed(work)


def put_back(path, backup):
    restoring.restore(path, backup, SystemClock(), By("officer"))


def officers(path):
    with sqlite3.connect(path) as connection:
        found = [row[0] for row in connection.execute("SELECT username FROM officer ORDER BY id")]
    connection.close()
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("call", "over"), [(3, False), (4, False), (7, True), (8, True), (9, True)])
def test_a_killed_restore_leaves_what_was_there(database_file, tmp_path, call, over):
    """Killed while it copies what is there, or the one over the other; as a window does it."""
    backup = tmp_path / "backup.db"
    databases.backup(database_file, backup)
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE officer SET username = 'changed' WHERE username = 'officer'")
    connection.close()
    killed_copying(put_back, database_file, backup, call)
    assert database_file.with_name(f"{database_file.name}-journal").exists() == over
    assert officers(database_file) == ["changed", "system"]
    assert is_whole(database_file)
    put_back(database_file, backup)
    assert officers(database_file) == ["officer", "system"]
    assert not list(database_file.parent.glob(".*rentbook*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("call", [1, 2, 4])
def test_a_killed_backup_is_not_there(database_file, tmp_path, call):
    killed_copying(databases.backup, database_file, tmp_path / "backup.db", call)
    assert not (tmp_path / "backup.db").exists()
    databases.backup(database_file, tmp_path / "backup.db")
    assert officers(tmp_path / "backup.db") == ["officer", "system"]
