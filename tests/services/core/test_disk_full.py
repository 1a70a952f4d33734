"""A disk that fills while work is under way: a sentence, and nothing half done."""

import contextlib
import sqlite3
import sys

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError

from app.models.landlord import Setting
from app.services.core import database as databases
from app.services.core.driver_words import raise_for_officer
from app.services.core.errors import UserError
from app.services.core.sqlite_files import is_whole

unix = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix matter")


@contextlib.contextmanager
def files_no_larger_than(size):
    """No file may grow over `size` bytes, as where an officer's share of the disk is used up."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(session):
    rows = [{"key": f"key {n}", "value": "x" * 4000, "version": 1} for n in range(2000)]
    session.execute(insert(Setting), rows)


def settings(database):
    return database.read(lambda session: session.scalar(select(func.count()).select_from(Setting)))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("SQLITE_IOERR_SHMSIZE", "The disk is full"),
        ("SQLITE_IOERR_READ", "can't be read from its disk"),
        ("SQLITE_IOERR_SHORT_READ", "can't be read from its disk"),
        ("SQLITE_IOERR_WRITE", "doesn't take what is written"),
        ("SQLITE_IOERR_FSYNC", "doesn't take what is written"),
        ("", "doesn't take what is written"),
    ],
)
def test_a_disk_that_fails_is_not_said_to_be_full(name, says):
    driver = sqlite3.OperationalError("disk I/O error")
    driver.sqlite_errorname = name
    with pytest.raises(UserError, match=says):
        raise_for_officer(OperationalError("INSERT", {}, driver))


@pytest.mark.sqlite_file
def test_a_full_database_saves_nothing(database):
    def fill_a_small_one(session):
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
        fill(session)

    before = settings(database)
    with pytest.raises(UserError, match="disk is full"):
        database.transact(fill_a_small_one)
    assert settings(database) == before


@unix
def test_a_full_disk_saves_nothing(database, database_file):
    before = settings(database)
    with files_no_larger_than(1_000_000), pytest.raises(UserError, match="It may be full for you"):
        database.transact(fill)
    assert settings(database) == before
    database.close()
    assert is_whole(database_file)


@unix
def test_creating_on_a_full_disk_leaves_nothing(tmp_path):
    with files_no_larger_than(100_000), pytest.raises(UserError, match="It may be full for you"):
        databases.create(tmp_path / "new" / "office.db", "amy")
    assert list((tmp_path / "new").iterdir()) == []


@unix
def test_a_backup_to_a_full_disk_leaves_nothing(database_file, tmp_path):
    with files_no_larger_than(100_000), pytest.raises(UserError, match=r"disk is full: .*/copies/copy\.db could not"):
        databases.backup(database_file, tmp_path / "copies" / "copy.db")
    assert list((tmp_path / "copies").iterdir()) == []
