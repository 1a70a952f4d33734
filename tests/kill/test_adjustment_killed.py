"""An approval that is killed at whatever moment left the adjustment waiting, or posted it once: real processes, SIGKILL."""

import random
import sys

import pytest

from app.models.values import AdjustmentState
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from app.services.ledger import checks
from tests.factories import lettings
from tests.processes import killed_after
from tests.services.adjustments.conftest import balance, entry, line, set_limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

EACH = 2_00
MANY = 16


def approve(desk, requests):
    for request in requests:
        desk.do(approvals.approve, [request])


def test_a_killed_approval_left_it_waiting_or_posted_it_once(desk, colleague):
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to make a failure again
    set_limits(desk, EACH - 1, EACH - 1)
    set_limits(desk, 100_00, 100_00, "colleague")
    home = desk.do(lettings.letting)
    lines = [line(home.account, EACH, like_reason="One of many") for _ in range(MANY)]
    saved = [desk.do(commands.enter, entry(each, key=f"{at}")) for at, each in enumerate(lines)]
    requests = [each.request_id for each in saved]
    killed_after(random.Random(seed).uniform(0.02, 0.4), desk, approve, requests, by="colleague")
    found = [desk.ask(queries.detail, each.adjustment_id) for each in saved]
    posted = [each for each in found if each.state is AdjustmentState.POSTED]
    waiting = [each for each in found if each.state is AdjustmentState.WAITING]
    assert len(posted) + len(waiting) == MANY
    assert all(each.approved_by == "Test Colleague" for each in posted)
    assert balance(desk, home.account) == EACH * len(posted)
    for each in waiting:
        colleague.do(approvals.approve, [each.request_id])
    assert balance(desk, home.account) == EACH * MANY
    assert desk.ask(checks.check) == ()
