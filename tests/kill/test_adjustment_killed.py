"""An approval that is killed at whatever moment left the adjustment waiting, or posted it once: real processes, SIGKILL."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.models.values import AdjustmentState
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from app.services.ledger import checks
from tests.factories import lettings
from tests.services.adjustments.conftest import balance, entry, line, set_limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

ROOT = Path(__file__).resolve().parents[2]
EACH = 2_00
MANY = 16

WORK = """
import sys
from datetime import date
from app.registered import register
from app.services.approvals import commands
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk

register()
desk = Desk.sit_down(Database(sys.argv[1]), "colleague", FixedClock(date(2026, 11, 21)))
print("ready", flush=True)
for request in map(int, sys.argv[2:]):
    desk.do(commands.approve, [request])
"""


def approved_for(seconds, desk, requests):
    """Approve requests one after another in a process of its own, killed so many seconds later."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(desk.database.url), *map(str, requests)],
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


def test_a_killed_approval_left_it_waiting_or_posted_it_once(desk, colleague):
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to make a failure again
    set_limits(desk, EACH - 1, EACH - 1)
    set_limits(desk, 100_00, 100_00, "colleague")
    home = desk.do(lettings.letting)
    lines = [line(home.account, EACH, like_reason="One of many") for _ in range(MANY)]
    saved = [desk.do(commands.enter, entry(each, key=f"{at}")) for at, each in enumerate(lines)]
    approved_for(random.Random(seed).uniform(0.05, 0.6), desk, [each.request_id for each in saved])
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
