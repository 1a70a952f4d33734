"""Delegated approvals count for their days, are shown, and are no way round."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.limits import Delegation
from app.models.officers import Officer
from app.models.values import Subject
from app.services.approvals import commands, keeping, queries
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from tests.services.approvals.conftest import limit, sit


def ask(desk, new):
    return desk.do(keeping.ask, new)


def opened(desk, request_id):
    return desk.ask(queries.request, request_id)


def delegate(desk, giver, taker, until=date(2026, 11, 30), kinds=""):
    def give(ctx):
        ids = dict(ctx.session.execute(select(Officer.username, Officer.id)).all())
        ctx.session.add(
            Delegation(
                from_id=ids[giver],
                to_id=ids[taker],
                from_on=date(2026, 11, 16),
                to_on=until,
                kinds=kinds,
                reason="Leave",
            )
        )

    desk.do(give)


def test_a_delegation_counts_for_its_days_and_is_shown(leader, clerk, desk, new, team):
    delegate(desk, "leader", "clerk")
    limit(desk, "leader", 10_000, 10_000)
    asked = ask(desk, new(pence=9_000))
    row = opened(clerk, asked).row
    assert row.acting_for == "for Demo Leader, delegated until 30 Nov 2026"
    clerk.do(commands.approve, [asked])
    found = opened(desk, asked)
    assert (found.row.decided_by, found.row.decided_for) == ("Demo Clerk", "Demo Leader")
    assert found.trail[-1].acting_for == "Demo Leader"
    late = replace(sit(desk, "clerk"), clock=FixedClock(date(2026, 12, 1)))
    again = ask(desk, new("Later", pence=9_000))
    with pytest.raises(UserError, match="may not"):
        late.do(commands.approve, [again])


def test_a_delegation_is_no_way_round(leader, clerk, desk, new):
    delegate(desk, "leader", "clerk")
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        clerk.do(commands.approve, [ask(clerk, new("One"))])
    of_leader = ask(leader, new("Two"))
    with pytest.raises(UserError, match="may not"):
        clerk.do(commands.approve, [of_leader])
    about = ask(desk, new("Three", subject=(Subject.OFFICER, leader.officer.id)))
    assert not opened(clerk, about).row.may_decide
    first = ask(desk, new("Four", chain="c"))
    clerk.do(commands.approve, [first])
    second = ask(desk, new("Five", chain="c"))
    assert not opened(leader, second).row.may_decide


def test_a_delegation_of_other_kinds_does_not_count(leader, clerk, desk, new):
    delegate(desk, "leader", "clerk", kinds="test_refund")
    assert not opened(clerk, ask(desk, new())).row.may_decide
