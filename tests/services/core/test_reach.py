"""A database that is locked, moved away, replaced or gone says so, and nothing is written in the wrong place."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from app.models.officers import Officer
from app.services.core import engines
from app.services.core import session as sessions
from app.services.core.reach import OutOfReach, refuse_unreachable


def count(session) -> int:
    return len(session.scalars(select(Officer.id)).all())


def add(name: str):
    return lambda session: session.add(Officer(username=name, name=name))


def test_a_file_moved_away_is_noticed_and_no_empty_one_is_made(database, database_file):
    before = database.read(count)
    away = database_file.rename(database_file.with_name("elsewhere.db"))
    with pytest.raises(OutOfReach, match="moved or removed"):
        database.read(count)
    with pytest.raises(OutOfReach, match="moved or removed"):
        database.transact(add("late"))
    assert not database_file.exists()
    away.rename(database_file)
    assert database.read(count) == before
    database.transact(add("back"))
    assert database.read(count) == before + 1


def test_another_file_in_its_place_is_not_written_to(database, database_file):
    before = database.read(count)
    database_file.rename(database_file.with_name("elsewhere.db"))
    shutil.copy(database_file.with_name("elsewhere.db"), database_file)
    with pytest.raises(OutOfReach, match="replaced") as refused:
        database.transact(add("wrong"))
    assert refused.value.replaced
    with closing(sqlite3.connect(database_file)) as plain:
        assert plain.execute("SELECT count(*) FROM officer").fetchone() == (before,)


def test_a_file_that_stays_locked_is_out_of_reach_for_a_while(database, database_file, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_TIMEOUT_MS", 50)
    slow = sessions.Database(database.url)
    try:
        with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OutOfReach, match="busy"):
                slow.transact(add("late"))
            other.execute("ROLLBACK")
        slow.transact(add("back"))
    finally:
        slow.close()


def test_what_drivers_say_of_a_server_that_is_gone_is_known():
    with pytest.raises(OutOfReach):
        refuse_unreachable("[08s01] tcp provider: an existing connection was forcibly closed")
    refuse_unreachable("no such table: officer")
