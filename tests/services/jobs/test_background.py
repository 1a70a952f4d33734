"""What an open window does by itself is done under the scheduler's claims: never twice at once, and once for the day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.jobs import Job
from app.models.values import JobState, JobWay
from app.services.core.errors import UserError
from app.services.jobs import background, claims, commands, running
from app.services.jobs.declared import DAY
from app.services.reception_payments.cards import jobs as card_jobs
from tests.services.jobs.conftest import MONDAY, at, listed, row
from tests.services.reception_payments.cards.conftest import begun, cards, pay, reach
from tests.services.reception_payments.conftest import reception

__all__ = ["cards", "pay", "reach", "reception"]


@pytest.fixture
def paying(desk, reach, pay):
    """A card payment that is open, and has just gone through at the provider."""
    card_jobs.start(desk, begun(desk, reach))
    pay.become("success")
    return at(desk, MONDAY)


def test_a_window_asks_about_cards_and_the_scheduler_need_not(paying):
    assert background.poll_cards(paying).paid == 1
    assert (row(paying, "cards").state, row(paying, "cards").way) == (JobState.DONE, JobWay.WINDOW)
    assert "cards" not in {each.name for each in running.run_due(at(paying, MONDAY + timedelta(minutes=4))).ran}


def test_while_the_scheduler_asks_about_cards_a_window_does_not(paying):
    claims.make_rows(paying.database)
    assert paying.do(commands.take, "cards", JobWay.SCHEDULER) is not None
    assert background.poll_cards(paying).looked == 0
    assert row(paying, "cards").way is JobWay.SCHEDULER


def test_a_job_that_is_switched_off_is_not_done_by_a_window_either(paying):
    running.run_named(paying, ["tidy"])
    paying.do(lambda ctx: setattr(ctx.session.get(Job, "cards"), "active", False))
    assert background.poll_cards(paying).looked == 0


def test_where_nothing_is_open_nothing_is_claimed(desk):
    assert background.poll_cards(desk).looked == 0
    assert background.fetch_mail(desk).boxes == ()
    assert background.send_letters(desk).sent == background.send_mail(desk).sent == 0
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Job.name)).all()) == []


def test_what_a_desk_can_not_do_is_left_to_the_others(paying, pay, monkeypatch):
    monkeypatch.setattr("app.services.core.keys.unseal", _no_key)
    with pytest.raises(UserError, match="no key"):
        background.poll_cards(paying)
    assert (row(paying, "cards").owner, row(paying, "cards").state) == ("", JobState.NEVER)
    monkeypatch.undo()
    assert background.poll_cards(paying).paid == 1


def test_what_the_provider_does_not_answer_counts_as_not_done(desk, reach, pay):
    for key in ("one", "two", "three"):
        card_jobs.start(desk, begun(desk, reach, key=key))
    pay.looking.extend(["down"] * 3)
    office = at(desk, MONDAY)
    assert background.poll_cards(office).stopped
    assert (row(office, "cards").owner, row(office, "cards").state) == ("", JobState.NEVER)


def _no_key(*_):
    raise UserError("This desk has no key.")


def test_the_first_window_of_the_day_does_the_day_for_all_and_the_scheduler_what_is_due_later(manager, leader):
    made = background.make_day(leader)
    assert made.tasks is not None
    assert "diary" in made.changes.areas
    for job in DAY:
        assert row(manager, job.name).way is JobWay.WINDOW
    again = background.make_day(manager)
    assert (again.tasks, again.ended, again.changes.areas) == (None, None, frozenset())
    assert listed(manager, "tasks").by.endswith("an open window")


def test_what_the_scheduler_does_for_the_day_no_window_does_again(manager, leader):
    morning = MONDAY + timedelta(hours=2)
    running.run_due(at(manager, morning))
    assert background.make_day(at(leader, morning)).changes.areas == frozenset()
