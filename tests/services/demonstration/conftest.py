"""A small landlord whose current year is there, made once, and an empty database for another one."""

import shutil
from datetime import date

import pytest

from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.demonstration import jobs
from app.services.demonstration.dto import Size
from tests.conftest import OFFICER
from tests.shared import made_once

TINY = Size(40, 10, 2)
TODAY = date(2025, 6, 10)
"""In the tenth week of a year that follows one of 53."""


@pytest.fixture(scope="session")
def landlord_file(tmp_path_factory, _workers_home, template):
    """A small landlord whose current year is there, made once for all workers, with the keys of the template."""

    def make(folder):
        shutil.copytree(_workers_home, folder / "home", dirs_exist_ok=True)
        desk = sit_down(shutil.copy(template, folder / "begun.db"))
        jobs.begin(desk, TINY)
        desk.database.close()

    return made_once(tmp_path_factory, _workers_home, "begun", make) / "begun.db"


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
