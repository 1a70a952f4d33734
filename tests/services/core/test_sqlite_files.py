"""A database file that can't be used is refused in a sentence, and left as it is."""

import contextlib
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest

from app.services.core import database as databases
from app.services.core.errors import UserError
from app.services.core.sqlite_files import network_share, remove, share_among_mounts

MOUNTS = """/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
//files/rents /mnt/rents cifs rw 0 0
server:/home /mnt/team\\040files nfs4 rw 0 0
/dev/vdb /mnt/rents/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/amy/rentbook.db", ""),
        ("/mnt/rents/rentbook.db", "cifs"),
        ("/mnt/rents2/rentbook.db", ""),
        ("/mnt/rents/local/rentbook.db", ""),
        ("/mnt/team files/deep/rentbook.db", "nfs4"),
    ],
)
def test_the_nearest_mount_decides_what_is_a_share(path, kind):
    assert share_among_mounts(path, MOUNTS) == kind


def test_a_windows_network_path_is_a_share_everywhere():
    assert network_share(Path(r"\\files\rents\rentbook.db")) == "a network path"
    with pytest.raises(UserError, match="network share"):
        databases.create(r"\\files\rents\rentbook.db", "amy")


def refused(path, words):
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError, match=words) as caught:
        databases.open_database(path)
    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_file(tmp_path):
    refused(tmp_path / "none.db", "There is no database at")
    assert list(tmp_path.glob("*.db")) == []


def test_a_folder(tmp_path):
    refused(tmp_path, "is a folder")


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.db").touch()
    refused(tmp_path / "empty.db", "is not a database")


def test_a_file_of_another_kind(tmp_path):
    (tmp_path / "letter.db").write_bytes(b"Dear Sir or Madam, " * 50)
    refused(tmp_path / "letter.db", "is not a database")


def test_a_database_of_another_program(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    refused(tmp_path / "other.db", "some other program")


def test_a_damaged_database(database_file):
    content = bytearray(database_file.read_bytes())
    content[100:8192] = b"\xa5" * 8092
    database_file.write_bytes(content)
    refused(database_file, "damaged")


def test_a_newer_schema(database_file):
    with sqlite3.connect(database_file) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    refused(database_file, "newer Rentbook")
    assert databases.status(database_file).state == "ahead"


def test_a_file_locked_by_another_program(database_file, monkeypatch):
    monkeypatch.setattr("app.services.core.engines._BUSY_TIMEOUT_MS", 100)
    other = sqlite3.connect(database_file)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        refused(database_file, "busy|locked")
    finally:
        other.close()


@contextlib.contextmanager
def as_anybody():
    """Rights as an ordinary user has them: root may read and write anything."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf(database_file):
    """A folder that anybody may enter, with a database in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "office.db"
        path.write_bytes(database_file.read_bytes())
        path.chmod(0o666)
        folder.chmod(0o777)
        yield path
        folder.chmod(0o777)


def test_a_read_only_file(shelf):
    shelf.chmod(0o444)
    with as_anybody(), pytest.raises(UserError, match="may only be read"):
        databases.open_database(shelf)


def test_a_read_only_folder(shelf):
    shelf.parent.chmod(0o555)
    with as_anybody(), pytest.raises(UserError, match="may only be read"):
        databases.open_database(shelf)


def test_an_unreadable_file(shelf):
    shelf.chmod(0)
    with as_anybody(), pytest.raises(UserError, match="may not be read"):
        databases.open_database(shelf)


def test_a_removed_database_leaves_no_companion(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for ending in ("", "-wal", "-shm", "-journal"):
        (folder / f"copy.db{ending}").touch()
    remove(folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_what_to_do_about_a_damaged_database_that_is_backed_up(database_file, tmp_path):
    content = bytearray(database_file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    database_file.write_bytes(content)
    with pytest.raises(UserError, match="is damaged") as refusal:
        databases.backup(database_file, tmp_path / "copy.db")
    assert "rentbook db restore" in refusal.value.hint
