"""An approval of a recharge that is killed between its steps left it waiting, with no number taken; done, it is done once."""

import os

import pytest
from sqlalchemy import func, select

from app.models.arrangements import Arrangement
from app.models.diary import Task
from app.models.ledger import Journal
from app.models.letters import Outgoing
from app.models.recharges import Recharge
from app.models.values import Frequency, Money, RechargeState
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.recharges import commands
from app.services.recharges.dto import Terms
from tests.processes import killed_before
from tests.services.recharges.conftest import balance, home, order, repair, team  # noqa: F401  fixtures
from tests.services.recharges.test_approving import ORDERED

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
MADE = (Journal, Outgoing, Task, Arrangement)


def stands(desk, recharge_id):
    """Its state and number, and how many journals, letters, tasks and arrangements there are."""

    def look(ctx):
        row = ctx.session.get_one(Recharge, recharge_id)
        made = tuple(ctx.session.scalar(select(func.count()).select_from(each)) for each in MADE)
        return row.state, row.invoice_number, made

    return desk.ask(look)


def test_a_killed_approval_of_a_recharge_takes_no_number_and_does_nothing_twice(desk, colleague, home, order):  # noqa: F811
    terms = Terms(Money(50_00), Frequency.WEEKLY, ORDERED.replace(day=30))
    new = repair(home, order, net=Money(300_00), note="Two days", notify_id=desk.officer.id, terms=terms)
    asked = desk.do(commands.recharge, new)
    before = stands(desk, asked.recharge_id)
    assert before == (RechargeState.WAITING, None, (0, 0, 0, 0))

    def approve(own):
        own.do(approvals.approve, [asked.request_id])

    for step in ("INSERT INTO entry", "INSERT INTO outgoing", "INSERT INTO arrangement"):
        killed_before(desk, "colleague", approve, step)
        assert stands(desk, asked.recharge_id) == before
    killed_before(desk, "colleague", approve)
    state, number, made = stands(desk, asked.recharge_id)
    assert (state, number) == (RechargeState.RAISED, 1)
    assert made == (1, 2, 1, 1), "a journal, the letters of the invoice and of the instalments, a task, an arrangement"
    with pytest.raises(UserError):
        colleague.do(approvals.approve, [asked.request_id])
    second = colleague.do(commands.recharge, repair(home, order, "next"))
    assert (second.invoice_number, balance(desk, second.account_id)) == (2, 376_40)
    assert desk.ask(checks.check) == ()
