"""Work that is killed at whatever moment leaves a whole ledger and goes on later: real processes, SIGKILL, a printed seed.

What is killed here is killed by the clock, wherever it is: between statements, in one, or while the transaction is being
written. (A load, a run of statements, a restore and a migration are killed step by step in their own tests.)
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from app.models.charges import ChargeRun
from app.services.charges import jobs as charging
from app.services.core.session import Desk
from app.services.demonstration import jobs as demonstration
from app.services.demonstration import queries
from app.services.demonstration.dto import Size
from app.services.ledger import checks
from tests.conftest import OFFICER
from tests.factories import lettings
from tests.kill.early import TODAY
from tests.processes import killed_after

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

FIRST, LAST = date(2026, 7, 6), date(2026, 11, 16)
HOMES = 30
WEEKS = 20
TINY = Size(3, 1, 2)


@pytest.fixture
def dice() -> random.Random:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to make a failure again
    return random.Random(seed)


def scalar(desk, statement):
    return desk.database.read(lambda session: session.scalar(statement))


def moments(dice: random.Random, longest: float, times: int) -> Iterator[float]:
    """Moments that grow shorter where a machine is quick, so that the work is caught under way."""
    for turn in range(times):
        yield dice.uniform(0.0, longest / (turn + 1))


def test_a_killed_charge_leaves_whole_weeks(desk, dice):
    desk.do(lambda ctx: [lettings.letting(ctx, "100.00", start_on=FIRST) for _ in range(HOMES)])
    desk.do(lettings.rent_group)
    charging.catch_up(desk, FIRST)
    for moment in moments(dice, 0.6, 4):
        killed_after(moment, desk, charging.catch_up, LAST)
        weeks = scalar(desk, select(func.count()).select_from(ChargeRun))
        assert scalar(desk, text("SELECT count(*) FROM journal")) == weeks
        assert scalar(desk, text("SELECT sum(actual_pence) FROM journal")) == weeks * HOMES * 100_00
        assert desk.ask(checks.check) == ()
    charging.catch_up(desk, LAST)
    assert scalar(desk, select(func.count()).select_from(ChargeRun)) == WEEKS
    assert scalar(desk, text("SELECT sum(balance_pence) FROM account WHERE tenancy_id IS NOT NULL")) == (
        WEEKS * HOMES * 100_00
    )
    assert desk.ask(checks.check) == ()


def test_a_killed_demonstration_leaves_whole_months_and_halves(database, dice):
    desk = Desk.sit_down(database, OFFICER, TODAY)
    for moment in moments(dice, 3.0, 3):
        killed_after(moment, desk, demonstration.create, TINY)
        assert desk.ask(checks.check) == ()
        weeks = desk.database.read(lambda session: set(session.scalars(select(ChargeRun.week_on))))
        assert weeks in whole_units()
    made = demonstration.create(desk, TINY)
    assert made.complete
    assert desk.ask(queries.begun).size == TINY
    assert scalar(desk, select(func.count()).select_from(ChargeRun)) == 10 + 52
    assert desk.ask(checks.check) == ()


def whole_units() -> list[set[date]]:
    """The weeks that may stand charged: those of the current year up to the end of a month, then halves of the last."""
    current = [date(2026, 4, 6) + timedelta(weeks=week) for week in range(10)]
    units = [{week for week in current if week.month < month} for month in range(4, 7)]
    units.append(set(current))
    last = [date(2025, 4, 7) + timedelta(weeks=week) for week in range(52)]
    units += [units[-1] | set(last[26:]), units[-1] | set(last)]
    return units
