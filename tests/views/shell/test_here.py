"""A desk among the others: the countdown to maintenance, being asked to sign out, and what it says as it leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.values import DeskEnding
from app.services.admin.sessions.dto import Announced, AskedOut, Heard
from app.services.core.errors import UserError
from app.services.core.gate import WrongVersion
from app.views.shell.here import Here
from tests.views.desktop import wait

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk_there(qtbot):
    """A desk, what it told, what it said, and seconds on a clock that the test turns."""
    told, said, left, steady = [], [], [], [0.0]
    answers = [Heard(NOON, None, None, "")]

    def beat(page, ending):
        told.append((page, ending))
        if isinstance(answers[0], Exception):
            raise answers[0]
        return answers[0]

    made = Here(beat, lambda: "Accounts", now=lambda: steady[0])
    made.said.connect(said.append)
    made.leave_wanted.connect(left.append)
    made.told_, made.said_, made.left_, made.steady_, made.answers_ = told, said, left, steady, answers
    yield made
    made.close()
    made.deleteLater()


def announced(minutes, *, stays=False):
    return Announced(NOON + timedelta(minutes=minutes), "Ann Admin", "Upgrade.", stays)


def test_it_says_who_is_here_and_as_it_leaves_that_nobody_is(desk_there, qtbot):
    desk_there.begin()
    wait(qtbot, lambda: desk_there.said_ == [""])
    desk_there.close()
    assert desk_there.told_ == [("Accounts", None), ("Accounts", DeskEnding.SIGNED_OUT)]


def test_it_counts_down_by_the_databases_clock_and_signs_out_once_that_says_so(desk_there, qtbot):
    desk_there.hear(Heard(NOON, announced(10), None, ""))
    assert "closes for maintenance at 12:00" not in desk_there.said_[-1]
    assert ", in 10 minutes: Upgrade. Save your work until then" in desk_there.said_[-1]
    desk_there.steady_[0] = 9 * 60 + 15
    desk_there.look()
    assert ", in 45 seconds: Upgrade." in desk_there.said_[-1]
    desk_there.answers_[0] = Heard(NOON + timedelta(minutes=10), announced(10), None, "")
    desk_there.steady_[0] = 10 * 60
    desk_there.look()
    wait(qtbot, lambda: desk_there.left_ == [""])
    desk_there.close()
    assert desk_there.told_[-1] == ("Accounts", DeskEnding.MAINTENANCE)


def test_what_was_called_off_meanwhile_signs_nobody_out(desk_there, qtbot):
    desk_there.hear(Heard(NOON, announced(1), None, ""))
    desk_there.steady_[0] = 60
    desk_there.answers_[0] = Heard(NOON + timedelta(minutes=1), None, None, "")
    desk_there.look()
    wait(qtbot, lambda: desk_there.said_[-1] == "")
    assert desk_there.left_ == []


def test_whoever_looks_after_rentbook_stays(desk_there):
    desk_there.hear(Heard(NOON, announced(1, stays=True), None, ""))
    assert "You can go on working" in desk_there.said_[-1]
    desk_there.steady_[0] = 61
    desk_there.look()
    assert "Only administrators can work" in desk_there.said_[-1]
    assert desk_there.left_ == []


def test_a_desk_that_is_asked_to_signs_out_two_minutes_later(desk_there):
    asked = AskedOut("Ann Admin", "Please go home", NOON + timedelta(minutes=2))
    desk_there.hear(Heard(NOON, announced(30), asked, ""))
    assert desk_there.said_[-1].startswith(
        "Ann Admin asks you to sign out: Please go home. This desk does it in 2 minutes;"
    )
    desk_there.steady_[0] = 121
    desk_there.look()
    assert desk_there.left_ == ["Ann Admin asked you to sign out: Please go home"]


def test_a_wrong_clock_is_told_once(desk_there, qtbot):
    wrong = "This computer's clock is 2 hours ahead of the database's."
    with qtbot.waitSignal(desk_there.clock_wrong):
        desk_there.hear(Heard(NOON, None, None, wrong))
    with qtbot.assertNotEmitted(desk_there.clock_wrong):
        desk_there.hear(Heard(NOON, None, None, wrong))


def test_a_database_out_of_reach_is_seen_to_and_whoever_has_left_leaves(desk_there, qtbot):
    desk_there.answers_[0] = WrongVersion("ahead")
    with qtbot.waitSignal(desk_there.lost):
        desk_there.begin()
    desk_there.answers_[0] = UserError("Test Officer has left and can't sign in.")
    desk_there.say()
    wait(qtbot, lambda: desk_there.left_ == ["Test Officer has left and can't sign in."])
