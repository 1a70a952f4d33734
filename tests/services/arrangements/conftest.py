"""A home charged 100.00 a week for four weeks, with 400.00 owed on Saturday 21 November 2026."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.models.values import JournalKind
from app.services.charges import jobs as charging
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.conftest import OFFICER, TODAY
from tests.factories import lettings
from tests.prepared import copy_of

START = date(2026, 10, 26)


@pytest.fixture(scope="session")
def owing_home(template, tmp_path_factory):
    """The file and what is in it, made once by each worker."""
    path = tmp_path_factory.mktemp("arrangements") / "home.db"
    shutil.copy(template, path)
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, OFFICER, FixedClock(TODAY))
    made = desk.do(lettings.letting, "100.00", start_on=START)
    charging.catch_up(desk, START)
    charging.catch_up(desk, date(2026, 11, 16))
    database.close()
    return path, made


@pytest.fixture
def database_file(owing_home, tmp_path) -> Path:
    """A copy of the file."""
    return copy_of(owing_home[0], tmp_path / "rentbook.db")


@pytest.fixture
def home(owing_home):
    """The letting; 400.00 is owed."""
    return owing_home[1]


def pay(desk, account, pounds, day, code="RBP"):
    """Somebody pays on a day."""
    header = JournalHeader(JournalKind.RECEIPTS, desk.clock.today(), "test", f"{account.id}:{pounds}:{day}:{code}")
    return desk.do(ledger.post, header, [Line(account.id, code, -round(pounds * 100), day)])
