"""The home page tells of jobs that went wrong, to whoever may mend them."""

from datetime import timedelta

from sqlalchemy import text

from app.models.jobs import Job
from app.services.core.officers import NewOfficer, add
from app.services.core.session import Desk
from app.services.home.cards import cards
from app.services.home.dto import Opens, Tone
from app.services.jobs import running
from tests.factories import approving
from tests.services.jobs.conftest import MONDAY, at, switch_on


def lines(desk):
    card = next(each for each in cards() if each.key == "jobs")
    return [(each.title, each.words, each.tone) for each in desk.ask(card.lines)]


def only(desk, *names):
    def work(ctx):
        with approving.carried_out(ctx, "job", 1):
            for name in ctx.session.scalars(text("SELECT name FROM job")).all():
                ctx.session.get(Job, name).active = name in names

    desk.do(work)


def test_nothing_is_said_while_all_is_well_or_nobody_has_set_up_a_scheduler(manager):
    assert lines(manager) == []
    running.run_named(manager, ["checks"])
    assert lines(manager) == []


def test_what_failed_or_waits_or_is_overdue_is_told_to_whoever_may_mend_it(desk, manager, leader):
    only(manager, "checks")
    switch_on(manager, "weekly_charge")
    running.run_due(manager)
    assert lines(leader) == [
        (
            "Weekly charge",
            "Waits for an officer: No week was charged yet. An officer rehearses and posts the first one under Weekly charge.",
            Tone.WARNING,
        )
    ]
    desk.database.transact(lambda session: session.execute(text("UPDATE account SET balance_pence = 1 WHERE id = 1")))
    running.run_named(manager, ["checks"])
    assert next((title, tone) for title, _, tone in lines(manager)) == ("Checks of the ledger", Tone.BAD)
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({"rents_officer"})))
    assert lines(Desk.sit_down(desk.database, "clerk")) == []
    desk.database.transact(lambda session: session.execute(text("UPDATE account SET balance_pence = 0 WHERE id = 1")))
    running.run_named(manager, ["checks"])
    later = at(manager, MONDAY + timedelta(days=1, hours=3))
    assert ("Checks of the ledger", "Overdue: It was due at 05:00 on 24 Nov 2026.", Tone.BAD) in lines(later)
    card = next(each for each in cards() if each.key == "jobs")
    assert {each.opens for each in later.ask(card.lines)} == {Opens("admin", "jobs")}


def test_a_scheduler_that_has_fallen_silent_is_told_first(desk, manager):
    only(manager)
    running.run_due(manager)
    desk.database.transact(
        lambda session: session.execute(text("UPDATE job_call SET called_at = '2026-11-20 05:00:00.000000'"))
    )
    ((title, words, tone),) = lines(manager)
    assert (title, tone) == ("Scheduler", Tone.BAD)
    assert "has not called since" in words
