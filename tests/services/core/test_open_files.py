"""The database that is open is read by nothing else here: whoever closed it would let go of its locks."""

import os
import subprocess
import sys

import pytest

from app.services.backups import files as backups
from app.services.core import database as databases
from app.services.core import open_files, sqlite_files
from app.services.core.errors import UserError
from app.services.core.session import Database
from app.services.imports import archive, delimited, fingerprints
from app.services.reception_payments.bank import reading as statements
from app.services.reception_payments.files.reading import records
from app.views.common import files as chosen

pytestmark = pytest.mark.sqlite_file

READ = {
    "a document": chosen.read_file,
    "a workbook": archive.examine,
    "a table": delimited.encoding_of,
    "any file that is loaded": fingerprints.file_sha256,
    "a bank statement": statements.read,
    "a file of receipts": lambda path: list(records._rows(path, None)),
    "a backup": backups.digest_of,
}
LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 1 << 30)
    except OSError:
        print("locked")
"""
"""Whether another process is kept off by the locks of ours, at the bytes where SQLite has them."""


@pytest.fixture
def opened(database_file):
    database = Database(databases.database_url(database_file))
    database.read(lambda session: session.connection().exec_driver_sql("SELECT 1").scalar())
    yield database
    database.close()


@pytest.mark.parametrize("what", READ)
def test_it_is_refused_wherever_a_file_is_chosen(opened, database_file, what):
    with pytest.raises(UserError, match="is the database that is open here") as refused:
        READ[what](database_file)
    assert "Admin, Backups" in refused.value.hint


def test_by_another_name_and_what_lies_beside_it_too(opened, database_file, tmp_path):
    link = tmp_path / "evidence.pdf"
    os.link(database_file, link)
    assert open_files.is_open(link)
    assert open_files.is_open(database_file.with_name(f"{database_file.name}-wal"))
    assert not open_files.is_open(tmp_path / "nothing")


def test_once_it_is_closed_it_is_a_file_like_any_other(opened, database_file):
    opened.close()
    assert not open_files.is_open(database_file)
    assert chosen.read_file(database_file)[:6] == b"SQLite"


def test_opening_it_again_lets_go_of_no_lock(opened, database_file):
    sqlite_files.refuse_foreign(database_file)
    told = subprocess.run([sys.executable, "-c", LOCKED, database_file], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "locked"
