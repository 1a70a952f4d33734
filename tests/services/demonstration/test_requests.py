"""The demonstration office has something to decide on, and what waits can be carried out."""

import shutil

import pytest

from app.models.values import ApprovalState
from app.registered import register
from app.services.approvals import commands, queries
from app.services.approvals.dto import View
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.demonstration import jobs
from app.services.demonstration.dto import Size
from app.services.demonstration.requests import ask_for_approval
from tests.conftest import TODAY


@pytest.fixture
def office(demonstration, tmp_path):
    """The demonstration landlord, all of whose years are posted."""
    database = databases.open_database(shutil.copy(demonstration, tmp_path / "office.db"), FixedClock(TODAY))
    yield database
    database.close()


def test_a_team_leader_finds_requests_of_three_kinds_and_can_carry_each_out(office, clock):
    maker, leader, admin = (
        Desk.sit_down(office, name, clock) for name in (system_user()[0], "demo.leader", "demo.admin")
    )
    maker.do(ask_for_approval)  # a second time: nothing is asked twice
    rows = leader.ask(queries.queue, View.FOR_ME).rows
    assert len(rows) == len({row.summary for row in rows})
    kinds = {row.kind for row in rows}
    assert kinds >= {"period_change", "officer_limits", "policy_value"}
    (returned,) = [row for row in admin.ask(queries.queue, View.MINE).rows if row.state is ApprovalState.RETURNED]
    assert returned.decision.startswith("Say which refunds")
    states = {row.state for row in leader.ask(queries.queue, View.DECIDED).rows}
    assert ApprovalState.REFUSED in states
    for row in rows:
        found = leader.ask(queries.request, row.request_id)
        assert found.details, row.summary
        assert found.overtaken == (), row.summary
    period = next(row for row in rows if row.kind == "period_change")
    assert [each.file_name for each in leader.ask(queries.request, period.request_id).evidence] == [
        "income meeting.txt"
    ]
    for row in rows:
        if row.kind in {"period_change", "officer_limits", "policy_value"}:
            assert leader.do(commands.approve, [row.request_id]).done == (row.request_id,)


def test_a_period_is_asked_to_be_closed_only_when_the_earlier_years_are_posted(empty):
    register()
    jobs.begin(empty, Size(3, 1, 2))
    leader = Desk.sit_down(empty.database, "demo.leader", empty.clock)
    waiting = leader.ask(queries.queue, View.FOR_ME).rows
    assert "period_change" not in {row.kind for row in waiting}
    assert any(leader.ask(queries.request, row.request_id).evidence for row in waiting)
    jobs.follow(empty)
    assert "period_change" in {row.kind for row in leader.ask(queries.queue, View.FOR_ME).rows}
