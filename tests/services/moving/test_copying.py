"""A database goes to another one and back, and is proven to be the same each time."""

import contextlib
import sqlite3

import pytest
from sqlalchemy.dialects import mssql
from sqlalchemy.schema import CreateTable

from app.models.tables import metadata
from app.services.core import database as databases
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Database
from app.services.moving import copying, engines, jobs

pytestmark = pytest.mark.sqlite_file


def url(path):
    return databases.database_url(path)


def copied(source, target, clock, progress=no_progress, cancel=None):
    return jobs.copy(url(source), url(target), clock, progress, cancel or CancelToken())


def dump(path):
    """Every row and every trigger of a file, as SQLite itself reads them."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        made = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        return sorted(made), {
            name: sorted(map(repr, file.execute(f"SELECT * FROM {name}"))) for name in metadata.tables
        }


def test_a_landlord_goes_there_and_back_and_is_the_same(demonstration, tmp_path, clock):
    there = copied(demonstration, tmp_path / "there.db", clock)
    assert there.equal, [line for line in there.lines if not line.equal]
    assert there.rows > 10_000
    assert there.told[1].startswith(f"All {len(there.lines)} comparisons agree")
    lines = {line.what: line for line in there.lines}
    assert {f"{name}, rows" for name in metadata.tables} <= set(lines)
    assert {f"{name}, content" for name in metadata.tables} <= set(lines)
    assert "Balance of all control accounts" in lines
    assert any(what.startswith("Control account HRA:") for what in lines)
    assert lines["Journals whose digest is proven"].source == lines["journal, rows"].source
    assert len(lines["Digest of the last journal"].target) == 64
    assert copied(tmp_path / "there.db", tmp_path / "back.db", clock).equal
    assert dump(tmp_path / "back.db") == dump(demonstration)
    assert sorted(each.name for each in tmp_path.glob("*.db*")) == ["back.db", "there.db"]


def test_a_copy_that_lost_something_on_the_way_is_not_kept(desk, database_file, tmp_path, clock, monkeypatch):
    def lose(target, table, rows):
        kept = [row for row in rows if row.get("username") != "system"]
        if kept:
            target.execute(table.insert(), kept)

    monkeypatch.setattr(copying, "_write", lose)
    with pytest.raises(UserError, match=r"The copy is not the same: officer, rows is 2 in the one and 1 in the other"):
        copied(database_file, tmp_path / "there.db", clock)
    assert not list(tmp_path.glob("*there*"))


def test_what_is_stopped_leaves_nothing(database_file, tmp_path, clock):
    stop = CancelToken()

    def watch(done, _total, _text=""):
        if done:
            stop.cancel()

    with pytest.raises(Cancelled):
        copied(database_file, tmp_path / "there.db", clock, watch, stop)
    assert not list(tmp_path.glob("*there*"))


def test_a_copy_is_never_mixed_into_something(desk, database_file, tmp_path, clock):
    (tmp_path / "there.db").write_bytes(b"")
    with pytest.raises(UserError, match="There is a file at"):
        copied(database_file, tmp_path / "there.db", clock)
    with pytest.raises(UserError, match="the same database twice"):
        copied(database_file, database_file, clock)
    with pytest.raises(UserError, match=r"holds something already \(2 rows of officer\)"):
        desk.database.transact(jobs._refuse_used)


def test_a_database_of_another_version_is_refused(database_file, tmp_path, clock):
    with contextlib.closing(sqlite3.connect(database_file)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(UserError, match="newer than this program"):
        copied(database_file, tmp_path / "there.db", clock)
    with pytest.raises(UserError, match="There is no database at"):
        copied(tmp_path / "none.db", tmp_path / "there.db", clock)


def test_every_table_of_a_new_database_is_copied(database_file):
    with contextlib.closing(sqlite3.connect(database_file)) as file:
        there = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert there - set(metadata.tables) <= {"alembic_version", "sqlite_stat1", "sqlite_sequence"}
    names = [each.name for each in copying.in_order()]
    assert sorted(names) == sorted(metadata.tables)
    assert names.index("entry") < names.index("journal")


def test_on_a_server_the_guards_stand_aside_and_come_back_checked():
    tables = [metadata.tables["journal"], metadata.tables["account"]]
    assert engines.before(tables)[:2] == [
        "ALTER TABLE [journal] DISABLE TRIGGER ALL",
        "ALTER TABLE [journal] NOCHECK CONSTRAINT ALL",
    ]
    assert engines.after(tables) == [
        "ALTER TABLE [journal] WITH CHECK CHECK CONSTRAINT ALL",
        "ALTER TABLE [account] WITH CHECK CHECK CONSTRAINT ALL",
        "ALTER TABLE [journal] ENABLE TRIGGER ALL",
        "ALTER TABLE [account] ENABLE TRIGGER ALL",
    ]


def test_the_demonstration_fits_into_a_server_and_a_text_that_is_too_long_is_named(demonstration, desk):
    database = Database(url(demonstration))
    database.read(lambda session: copying.refuse_too_long(session, mssql.dialect()))
    database.close()
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE officer SET name = ? WHERE id = 1", ("x" * 121,))
    with pytest.raises(UserError, match=r"A text in officer\.name has 121 characters, over 120"):
        desk.database.read(lambda session: copying.refuse_too_long(session, mssql.dialect()))


def test_keys_keep_their_numbers_on_a_server():
    """A table whose key the server counts itself takes the numbers of the source: SQLAlchemy switches IDENTITY_INSERT on for it."""
    dialect = mssql.dialect()
    for table in copying.in_order():
        made = str(CreateTable(table).compile(dialect=dialect))
        counted = "IDENTITY" in made
        assert counted == (table._autoincrement_column is not None), table.name
        assert all(each.name in made for each in table.primary_key.columns)
