"""A small landlord whose current year is there, made once, and an empty database for another one."""

from datetime import date

import pytest

from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.demonstration import jobs
from app.services.demonstration.dto import Size
from tests.conftest import OFFICER

TINY = Size(40, 10, 2)
TODAY = date(2025, 6, 10)
"""In the tenth week of a year that follows one of 53."""


@pytest.fixture(scope="session")
def landlord_file(tmp_path_factory, template):
    """A small landlord whose current year is there, made once."""
    path = tmp_path_factory.mktemp("demonstration") / "begun.db"
    path.write_bytes(template.read_bytes())
    desk = sit_down(path)
    jobs.begin(desk, TINY)
    desk.database.close()
    return path


@pytest.fixture
def begun(landlord_file, tmp_path):
    path = tmp_path / "begun.db"
    path.write_bytes(landlord_file.read_bytes())
    desk = sit_down(path)
    yield desk
    desk.database.close()


@pytest.fixture
def empty(database_file):
    desk = sit_down(database_file)
    yield desk
    desk.database.close()


def sit_down(path):
    return Desk.sit_down(Database(databases.database_url(path)), OFFICER, FixedClock(TODAY))
