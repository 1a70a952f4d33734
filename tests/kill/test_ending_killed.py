"""An ending that is killed at whatever moment is whole or isn't there: real processes, SIGKILL, a printed seed."""

import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.endings import Ending, VoidPeriod
from app.models.letters import Outgoing
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import AccountKind, EndingState
from app.services.charges import jobs as charging
from app.services.ledger import checks
from tests.factories import lettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 16)
HOMES = 6

WORK = """
import sys
from datetime import date
from app.models.values import EndReason
from app.registered import register
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import Finish, NoteEnding

register()
desk = Desk.sit_down(Database(sys.argv[1]), "officer", FixedClock(date(2026, 11, 21)))
print("ready", flush=True)
for account in map(int, sys.argv[2:]):
    form = desk.ask(queries.form, account)
    if form.state is None:
        desk.do(commands.save, NoteEnding(form.noted.tenancy_id, EndReason.SURRENDER, agreed_on=date(2026, 11, 8),
                                          keys_on=date(2026, 11, 9), finish=Finish()))
"""


def ended_for(seconds: float | None, desk, accounts) -> None:
    """End tenancies one after another in a process of its own, killed so many seconds later."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(desk.database.url), *map(str, accounts)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.returncode in {0, -signal.SIGKILL}, process.stderr.read()


def all_whole(desk) -> int:
    """Whether each tenancy has ended with everything that belongs to it, or goes on without any of it; how many ended."""

    def look(session):
        endings = {each.tenancy_id: each for each in session.scalars(select(Ending))}
        rent = {each.tenancy_id: each for each in session.scalars(select(Account).where(Account.kind == "rent"))}
        kind = Account.kind == AccountKind.FORMER_TENANT
        former = {each.tenancy_id: each for each in session.scalars(select(Account).where(kind))}
        for tenancy in session.scalars(select(Tenancy)):
            if tenancy.id not in endings:
                assert tenancy.end_on is None
                assert (tenancy.id in former, rent[tenancy.id].balance_pence) == (False, 300_00)
                continue
            ending = endings[tenancy.id]
            assert (ending.state, tenancy.end_on) == (EndingState.ENDED, date(2026, 11, 8))
            # the weeks of 9 and 16 November are credited
            assert (rent[tenancy.id].balance_pence, former[tenancy.id].balance_pence) == (0, 100_00)
            assert ending.former_account_id == former[tenancy.id].id
        for kept in (VoidPeriod, Outgoing):
            assert len(session.scalars(select(kept)).all()) in {0, len(endings)}
        assert len(session.scalars(select(TenancyEvent)).all()) == 2 * len(endings)
        assert len(session.scalars(select(Task).where(Task.kind == "recharge_inspection")).all()) == len(endings)
        return len(endings)

    return desk.database.read(look)


def test_a_killed_ending_is_whole_or_not_there(desk):
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to make a failure again
    dice = random.Random(seed)
    made = desk.do(lambda ctx: [lettings.letting(ctx, "100.00", start_on=FIRST) for _ in range(HOMES)])
    accounts = [each.account.id for each in made]
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, LAST)
    for turn in range(2):
        ended_for(dice.uniform(0.2, 1.6 / (turn + 1)), desk, accounts)
        all_whole(desk)
        assert desk.ask(checks.check) == ()
    ended_for(None, desk, accounts)
    assert all_whole(desk) == HOMES
    assert desk.ask(checks.check) == ()
