"""A restore or a backup that is killed while it copies leaves what was there: real processes, SIGKILL."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.core import database as databases
from app.services.core.sqlite_files import is_whole

ROOT = Path(__file__).resolve().parents[3]

# A copy looks at the time when it begins and after each portion: killed then, it has written some and not all.
KILLED = """
import os, signal, sys
from pathlib import Path
from app.services.core import database, sqlite_files

class Time:
    calls = 0
    def monotonic(self):
        Time.calls += 1
        if Time.calls == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)
        return 0.0

sqlite_files.time = Time()
sqlite_files._PORTION = 15
if sys.argv[1] == "restore":
    database.restore(sys.argv[2], Path(sys.argv[3]))
else:
    database.backup(sys.argv[2], Path(sys.argv[3]))
"""


def killed(what, path, other, call):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, what, str(path), str(other), str(call)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def officers(path):
    with sqlite3.connect(path) as connection:
        found = [row[0] for row in connection.execute("SELECT username FROM officer ORDER BY id")]
    connection.close()
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("call", [2, 5, 8, 11, 14, 17])
def test_a_killed_restore_leaves_what_was_there(database_file, tmp_path, call):
    """Killed while it copies the backup, or what is there, or the one over the other."""
    backup = tmp_path / "backup.db"
    databases.backup(database_file, backup)
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE officer SET username = 'changed' WHERE username = 'officer'")
    connection.close()
    killed("restore", database_file, backup, call)
    assert officers(database_file) == ["changed", "system"]
    assert is_whole(database_file)
    databases.restore(database_file, backup)
    assert officers(database_file) == ["officer", "system"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("call", [1, 2, 4])
def test_a_killed_backup_is_not_there(database_file, tmp_path, call):
    killed("backup", database_file, tmp_path / "backup.db", call)
    assert not (tmp_path / "backup.db").exists()
    databases.backup(database_file, tmp_path / "backup.db")
    assert officers(tmp_path / "backup.db") == ["officer", "system"]
