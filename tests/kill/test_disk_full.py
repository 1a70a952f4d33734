"""A disk that fills under the ledger: a sentence, and nothing half posted."""

import contextlib
import sys
from datetime import date

import pytest
from sqlalchemy import event, func, select, text

from app.models.charges import ChargeRun
from app.models.properties import Property
from app.services.charges import jobs as charging
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.demonstration import jobs as demonstration
from app.services.demonstration.dto import Size
from app.services.ledger import checks
from tests.conftest import OFFICER
from tests.factories import lettings
from tests.kill.early import TODAY

FIRST, LAST = date(2026, 8, 31), date(2026, 11, 16)
TINY = Size(30, 6, 1)


@contextlib.contextmanager
def a_small_disk(desk, spare_pages):
    """The same database with room for so many more pages."""
    pages = desk.database.read(lambda session: session.scalar(text("PRAGMA page_count")))
    small = Database(desk.database.url)
    event.listen(
        small.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages + spare_pages}").close()
    )
    try:
        yield Desk(small, desk.officer, desk.clock)
    finally:
        small.close()


@contextlib.contextmanager
def files_no_larger_than(size):
    """No file may grow over `size` bytes, as on a disk that has just filled."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def scalar(desk, statement):
    return desk.database.read(lambda session: session.scalar(statement))


@pytest.fixture
def let(desk):
    desk.do(lambda ctx: [lettings.letting(ctx, "100.00", start_on=FIRST) for _ in range(60)])
    return desk


def whole_weeks(desk):
    weeks = scalar(desk, select(func.count()).select_from(ChargeRun))
    assert scalar(desk, text("SELECT count(*) FROM journal")) == weeks
    assert (scalar(desk, text("SELECT sum(actual_pence) FROM journal")) or 0) == weeks * 60 * 100_00
    assert desk.ask(checks.check) == ()
    return weeks


def test_a_database_that_fills_under_a_charge_run_keeps_whole_weeks(let):
    charging.catch_up(let, FIRST)
    with a_small_disk(let, 10) as small, pytest.raises(UserError, match="The disk is full; nothing was saved"):
        charging.catch_up(small, LAST)
    assert 1 <= whole_weeks(let) < 12
    charging.catch_up(let, LAST)
    assert whole_weeks(let) == 12


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix matter")
def test_a_disk_that_fills_under_a_charge_run_keeps_whole_weeks(let, database_file):
    charging.catch_up(let, FIRST)
    let.database.close()
    size = database_file.stat().st_size
    with files_no_larger_than(size // 4), pytest.raises(UserError, match="It may be full for you"):
        charging.catch_up(let, LAST)
    let.database.close()
    assert 1 <= whole_weeks(let) < 12
    charging.catch_up(let, LAST)
    assert whole_weeks(let) == 12


def test_a_database_that_fills_under_the_demonstration_goes_on_with_more_room(database):
    desk = Desk.sit_down(database, OFFICER, TODAY)
    with a_small_disk(desk, 3) as small, pytest.raises(UserError, match="The disk is full; nothing was saved"):
        demonstration.create(small, TINY)
    assert scalar(desk, select(func.count()).select_from(Property)) == 0
    assert desk.ask(checks.check) == ()
    with a_small_disk(desk, 35) as small, pytest.raises(UserError, match="The disk is full; nothing was saved"):
        demonstration.create(small, TINY)
    assert desk.ask(checks.check) == ()
    assert demonstration.create(desk, TINY).complete
    assert desk.ask(checks.check) == ()
