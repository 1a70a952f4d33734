"""Commands that do a job's work by hand: nobody does it at the same time, and whoever comes second is told who does."""

from functools import partial

import pytest

from app.models.jobs import Job
from app.models.values import JobWay
from app.services.jobs import claims
from app.services.jobs.declared import job_of


def take(desk, name):
    claims.make_rows(desk.database)
    wanted = partial(claims.take, job=job_of(name), officer_id=desk.officer.id, way=JobWay.WINDOW, now=desk.clock.now())
    return desk.database.transact(wanted)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("tasks", "tasks make"),
        ("overdue_post", "tasks make"),
        ("letters", "letters send"),
        ("mailboxes", "post fetch"),
        ("mailboxes", "post fetch --due"),
        ("post_mail", "post send"),
        ("cards", "cards poll"),
    ],
)
def test_whoever_comes_second_is_told_who_does_it(office, desk, name, command):
    assert take(desk, name) is not None
    told = office(*command.split())
    assert told.code == 1
    assert f"{job_of(name).title}: under way since " in told.err
    assert "by Test Officer on " in told.err


def test_the_job_is_free_again_and_owes_what_it_owed(office, desk):
    assert office("tasks", "make").code == 0
    kept = desk.ask(lambda ctx: ctx.session.get(Job, "tasks"))
    assert (kept.owner, kept.done_for, kept.state.value) == ("", None, "never")
    assert take(desk, "tasks") is not None


def test_what_fails_gives_the_job_back_too(office, desk):
    assert "No mailbox is set up yet" in office("post", "fetch").err
    assert take(desk, "mailboxes") is not None


def test_a_job_that_is_switched_off_is_done_by_hand_all_the_same(office, desk):
    claims.make_rows(desk.database)
    desk.do(lambda ctx: setattr(ctx.session.get(Job, "tasks"), "active", False))
    assert office("tasks", "make").code == 0
    assert take(desk, "tasks") is None
