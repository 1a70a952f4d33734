"""Making, opening, upgrading and copying a database, and every file that is refused."""

import sqlite3
import sys

import pytest
from sqlalchemy import select, text

from app.models.officers import Officer
from app.services.backups import restoring
from app.services.backups.dto import By
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.clock import SystemClock
from app.services.core.errors import UserError
from app.services.core.officers import list_officers
from app.services.core.permissions import Role
from app.services.core.session import Desk

BY = By("officer")


def officer_names(path):
    opened = databases.open_database(path)
    try:
        return opened.read(lambda session: sorted(session.scalars(select(Officer.username))))
    finally:
        opened.close()


def rename_officer(path, name):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE officer SET username = ? WHERE username = 'officer'", (name,))
    connection.close()


def test_whoever_creates_a_database_holds_every_role(tmp_path, clock):
    database = databases.create(tmp_path / "new" / "office.db", "amy", "Amy Example", clock)
    people = Desk.sit_down(database, "amy", clock).ask(list_officers)
    database.close()
    assert {person.username: set(person.roles) for person in people} == {
        "amy": {Role.RENTS_OFFICER, Role.TEAM_LEADER, Role.ADMINISTRATOR},
        "system": {Role.SYSTEM},
    }
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["office.db"]


def test_an_existing_file_is_not_created_over(database_file):
    before = database_file.read_bytes()
    with pytest.raises(UserError, match="There is a file at"):
        databases.create(database_file, "amy")
    assert database_file.read_bytes() == before


def test_status_of_a_current_file(database_file):
    status = databases.status(database_file)
    assert (status.state, status.revision, status.engine) == ("current", schema.newest(), "SQLite file")
    assert (status.officers, status.accounts) == (1, 0)
    assert status.size_bytes == database_file.stat().st_size


@pytest.mark.parametrize(
    "typed",
    ["postgresql://host/rents", "sqlite://", "sqlite:///:memory:", "nonsense://", "://"],
)
def test_an_address_that_is_no_database_of_ours(typed):
    with pytest.raises(UserError):
        databases.database_url(typed)


def test_a_path_and_its_url_are_the_same_place(tmp_path):
    path = tmp_path / "rent book.db"
    assert databases.database_url(path) == databases.database_url(f"sqlite:///{path}")


def test_the_default_file_is_in_the_users_data_folder(tmp_path):
    assert databases.default_path().is_relative_to(tmp_path / "home")
    assert databases.default_path().name == "rentbook.db"


def test_backup_and_restore(database_file, tmp_path, clock):
    copy = tmp_path / "backups" / "monday.db"
    assert databases.backup(database_file, copy) == copy.stat().st_size
    before = copy.read_bytes()
    rename_officer(database_file, "changed")
    kept = restoring.restore(database_file, copy, clock, BY).kept
    assert officer_names(database_file) == ["officer", "system"]
    assert officer_names(kept) == ["changed", "system"]
    assert kept.name == "rentbook-before-restore-20261121-120000.db"
    assert copy.read_bytes() == before
    assert list(copy.parent.iterdir()) == [copy]


def test_a_backup_is_whole_while_the_database_is_written(database, database_file, tmp_path):
    with database.engine.connect() as busy:
        busy.execute(text("UPDATE officer SET name = 'half done'"))
        databases.backup(database_file, tmp_path / "copy.db")
        busy.rollback()
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT name FROM officer WHERE username = 'officer'").fetchone() == ("Test Officer",)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()


def test_a_backup_never_replaces_a_file(database_file, tmp_path):
    target = tmp_path / "taken.db"
    target.write_text("mine")
    with pytest.raises(UserError, match="already"):
        databases.backup(database_file, target)
    assert target.read_text() == "mine"


def test_restore_where_nothing_was(database_file, tmp_path):
    done = restoring.restore(tmp_path / "elsewhere" / "new.db", database_file, SystemClock(), BY)
    assert done.kept is None
    assert officer_names(tmp_path / "elsewhere" / "new.db") == ["officer", "system"]


def test_restore_over_a_damaged_file_keeps_it(database_file, tmp_path, clock):
    copy = tmp_path / "copy.db"
    databases.backup(database_file, copy)
    damaged = bytearray(database_file.read_bytes())
    damaged[4096:40960] = b"\xff" * 36864
    database_file.write_bytes(damaged)
    kept = restoring.restore(database_file, copy, clock, BY).kept
    assert officer_names(database_file) == ["officer", "system"]
    assert kept.read_bytes() == bytes(damaged)


def test_restore_refuses_what_is_no_sound_backup(database_file, tmp_path):
    before = database_file.read_bytes()
    (tmp_path / "notes.txt").write_text("x" * 200)
    with pytest.raises(UserError, match="not a database"):
        restoring.restore(database_file, tmp_path / "notes.txt", SystemClock(), BY)
    with pytest.raises(UserError, match="the database itself"):
        restoring.restore(database_file, database_file, SystemClock(), BY)
    assert database_file.read_bytes() == before


def test_a_server_without_its_driver_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "mssql_python", None)
    with pytest.raises(UserError, match="driver"):
        databases.open_database("mssql+mssqlpython://server/rents")


def test_an_upgrade_of_a_current_file_makes_its_reporting_views_anew_and_nothing_else(database_file):
    with sqlite3.connect(database_file) as connection:
        connection.execute("DROP VIEW report_arrears")
        connection.execute("DROP VIEW report_suspense")
        connection.execute("CREATE VIEW report_suspense AS SELECT 1 AS old")
    connection.close()
    done = databases.upgrade(database_file)
    assert (done.before, done.after, done.kept) == (schema.newest(), schema.newest(), None)
    with sqlite3.connect(database_file) as connection:
        connection.execute("SELECT owed_pence FROM report_arrears")
        connection.execute("SELECT left_pence FROM report_suspense")
    connection.close()


def test_an_unfinished_file_is_upgraded_with_a_copy_kept(tmp_path, clock):
    """A file that is ours but has no tables yet, as a kill during an old version's creation would leave."""
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 0x52454E54")
        connection.execute("CREATE TABLE left_over (id INTEGER)")
    connection.close()
    databases.open_database(path, clock).close()
    assert databases.status(path).state == "current"
    assert [kept.name for kept in tmp_path.glob("old-before-*.db")] == [
        f"old-before-{schema.newest()}-was-empty-20261121-120000.db"
    ]
