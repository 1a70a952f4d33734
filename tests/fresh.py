"""The databases of tests: made once, and a fresh one for each (asked for by the names of these fixtures)."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from app.registered import register
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from tests.elsewhere import URL, Elsewhere, about_files
from tests.prepared import copy_of, prepared, staged
from tests.shared import made_once

TODAY = date(2026, 11, 21)
OFFICER = "officer"


@pytest.fixture(scope="session")
def template(tmp_path_factory, _workers_home) -> Path:
    """A migrated file with one officer, made once and copied for each test."""

    def make(folder):
        databases.create(folder / "template.db", OFFICER, "Test Officer", FixedClock(TODAY)).close()

    register()
    return made_once(tmp_path_factory, _workers_home, "template", make) / "template.db"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, _workers_home) -> Path:
    """A small demonstration landlord, made once; a test works on a copy of it."""
    from tests.factories import demonstrations

    def make(folder):
        demonstrations.make(folder / "demonstration.db", TODAY)

    return made_once(tmp_path_factory, _workers_home, "demonstration", make) / "demonstration.db"


@pytest.fixture
def database_file(template, tmp_path) -> Path:
    """A fresh migrated file, not open."""
    return copy_of(template, tmp_path / "rentbook.db")


@pytest.fixture
def file_database(database_file) -> Iterator[Database]:
    """A fresh migrated file, open."""
    opened = Database(databases.database_url(database_file))
    with staged(opened):
        yield opened
    opened.close()


@pytest.fixture(scope="session")
def elsewhere(template, _workers_home) -> Iterator[Elsewhere]:
    """The database of this worker at RENTBOOK_TEST_DB_URL, made after the file of the tests that are about files."""
    register()
    there = Elsewhere(URL, os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
    there.make(OFFICER, "Test Officer", FixedClock(TODAY))
    yield there
    there.drop()


if URL:

    @pytest.fixture
    def database(request, elsewhere, clock) -> Iterator[Database]:
        """A fresh migrated database, elsewhere unless the test is about files; its keys are made before the test has its home."""
        if about_files(request):
            yield request.getfixturevalue("file_database")
            return
        elsewhere.put_back()
        opened = databases.open_database(elsewhere.url, clock)
        yield opened
        opened.close()

else:

    @pytest.fixture
    def database(file_database) -> Database:
        """A fresh migrated database."""
        return file_database


@prepared
def desk(database, clock) -> Desk:
    """The desk of the only officer, who holds every role."""
    return Desk.sit_down(database, OFFICER, clock)


@prepared
def colleague(desk) -> Desk:
    """The desk of a team leader, in an office of three: `desk` no longer administers, an administrator does."""
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("colleague", "Test Colleague", frozenset({Role.TEAM_LEADER})))
    return Desk.sit_down(desk.database, "colleague", desk.clock)


@pytest.fixture
def query_log(database) -> Iterator[list[str]]:
    """Every statement that the database runs from now on; clear it before the part that counts."""
    statements: list[str] = []

    def note(connection, cursor, statement, *_):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)
