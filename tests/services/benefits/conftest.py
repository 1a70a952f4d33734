"""A home charged 100.00 a week for four weeks, up to that of 16 November 2026; who lives there may claim."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.models.values import BenefitKind, ClaimState, JournalKind, Money
from app.services.benefits import commands
from app.services.benefits.dto import KeepClaim, SetAward
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
WEEKS = [START + timedelta(weeks=week) for week in range(4)]


@pytest.fixture(scope="session")
def charged_home(template, tmp_path_factory):
    """The file and what is in it, made once by each worker."""
    path = tmp_path_factory.mktemp("benefits") / "home.db"
    shutil.copy(template, path)
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, OFFICER, FixedClock(TODAY))
    made = desk.do(lettings.letting, "100.00", start_on=START, DSC="4.50", DHW="6.00")
    charging.catch_up(desk, START)
    charging.catch_up(desk, WEEKS[-1])
    database.close()
    return path, made


@pytest.fixture
def database_file(charged_home, tmp_path) -> Path:
    """A copy of the file."""
    return copy_of(charged_home[0], tmp_path / "rentbook.db")


@pytest.fixture
def home(charged_home):
    """The letting: rent 100.00 and service 4.50, which benefit can pay, and hot water 6.00, which it can't."""
    return charged_home[1]


def claim(home, **changed):
    """A claim to Housing Benefit from the first week on, 60.00 a week to us."""
    values = {
        "account_id": home.account.id,
        "person_id": home.person.id,
        "kind": BenefitKind.HOUSING_BENEFIT,
        "state": ClaimState.LIVE,
        "claimed_on": START,
        "award": SetAward(START, Money(60_00), to_landlord=True),
    }
    return KeepClaim(**values | changed)


def kept(desk, home, **changed):
    """The same, kept."""
    return desk.do(commands.keep_claim, claim(home, **changed))


def credit(desk, account, *lines):
    """Lines of (code, pence, day, week) on an account."""
    header = JournalHeader(JournalKind.RECEIPTS, desk.clock.today(), "test", f"{account.id}:{lines}")
    return desk.do(ledger.post, header, [Line(account.id, code, -pence, *rest) for code, pence, *rest in lines])
