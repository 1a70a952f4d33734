"""An ending that is killed at whatever moment is whole or isn't there: real processes, SIGKILL, a printed seed."""

import random
import sys
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.endings import Ending, VoidPeriod
from app.models.letters import Outgoing
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import AccountKind, EndingState, EndReason
from app.services.charges import jobs as charging
from app.services.ledger import checks
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import Finish, NoteEnding
from tests.factories import lettings
from tests.processes import killed_after

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 16)
HOMES = 6


def end(desk, accounts):
    for account in accounts:
        form = desk.ask(queries.form, account)
        if form.state is None:
            ends = {"agreed_on": date(2026, 11, 8), "keys_on": date(2026, 11, 9), "finish": Finish()}
            desk.do(commands.save, NoteEnding(form.noted.tenancy_id, EndReason.SURRENDER, **ends))


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
        killed_after(dice.uniform(0.02, 0.8 / (turn + 1)), desk, end, accounts)
        all_whole(desk)
        assert desk.ask(checks.check) == ()
    assert not killed_after(None, desk, end, accounts)
    assert all_whole(desk) == HOMES
    assert desk.ask(checks.check) == ()
