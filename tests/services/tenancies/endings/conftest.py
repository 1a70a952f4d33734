"""A home with its garage and Housing Benefit, charged for four weeks up to that of 16 November 2026."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.models.values import JournalKind, PaymentMethod
from app.services.charges import jobs as charging
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.ledger import commands as ledger
from app.services.ledger import queries
from app.services.ledger.dto import JournalHeader, Line
from tests.conftest import OFFICER, TODAY
from tests.factories import lettings
from tests.prepared import copy_of

START = date(2026, 8, 3)
FIRST = date(2026, 10, 26)
WEEKS = [FIRST + timedelta(weeks=week) for week in range(4)]


def post(desk, account, *lines):
    """Lines of (code, pence, day, week) on an account."""
    kind = JournalKind.CHARGE_RUN if lines[0][0].startswith("D") else JournalKind.RECEIPTS
    header = JournalHeader(kind, desk.clock.today(), "test", f"{account.id}:{lines}")
    return desk.do(ledger.post, header, [Line(account.id, *line) for line in lines])


def balance(desk, account_id):
    return desk.ask(queries.balance, account_id)


def control(desk, key, fund):
    return balance(desk, desk.ask(queries.control_account, key, fund))


@pytest.fixture(scope="session")
def ended_home(template, tmp_path_factory):
    """The file and what is in it, made once by each worker."""
    path = tmp_path_factory.mktemp("endings") / "home.db"
    shutil.copy(template, path)
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, OFFICER, FixedClock(TODAY))

    def build(ctx):
        made = lettings.letting(ctx, "100.00", DSC="4.50", start_on=START)
        made.tenancy.payment_method = PaymentMethod.DIRECT_DEBIT
        return made, lettings.garage_letting(ctx, home=made, start_on=START)

    made, garage = desk.do(build)
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, WEEKS[-1])
    post(desk, made.account, *(("RHB", -60_00, week, week) for week in WEEKS))
    database.close()
    return path, made, garage


@pytest.fixture
def database_file(ended_home, tmp_path) -> Path:
    """A copy of the file."""
    return copy_of(ended_home[0], tmp_path / "rentbook.db")


@pytest.fixture
def home(ended_home):
    """Rent 100.00 and service 4.50 a week; the garage near it 17.80; 60.00 of Housing Benefit every week."""
    return ended_home[1:]
