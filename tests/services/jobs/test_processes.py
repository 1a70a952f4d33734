"""Two computers that ask at the same moment, and one that goes off in the middle."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.models.jobs import Job
from app.models.values import JobState, JobWay
from app.services.charges import queries as charges
from app.services.core.session import Database, Desk
from app.services.jobs import commands, queries, running
from app.services.ledger import checks
from tests.processes import killed, killed_before
from tests.services.jobs.conftest import at, listed, row, said, switch_off, switch_on

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")


def silence(desk):
    """Ten minutes without a beat go by."""

    def work(session):
        for name, beat in session.execute(select(Job.name, Job.beat_at).where(Job.owner != "")).all():
            session.execute(update(Job).where(Job.name == name).values(beat_at=beat - timedelta(minutes=10)))

    desk.database.transact(work)


def test_a_charge_that_is_killed_part_of_the_way_is_run_again_and_posted_once(manager, leader, homes):
    switch_on(manager, "weekly_charge")
    switch_off(manager, "backup")
    running.run_named(manager, ["checks"])
    killed_before(
        manager,
        "colleague",
        lambda own: running.run_named(at(own, manager.clock.at), ["weekly_charge"]),
        "INSERT INTO entry",
    )
    assert listed(manager, "weekly_charge").running
    assert running.run_named(leader, ["weekly_charge"]).ran[0].said.startswith("Under way since")
    silence(manager)
    assert listed(manager, "weekly_charge").standing == "Cut off"
    assert running.run_named(leader, ["weekly_charge"]).ran[0].state is JobState.DONE
    assert [state for state, _ in said(manager, "weekly_charge")] == ["lost", "done"]
    assert manager.ask(charges.charged_weeks)[0].week == date(2026, 11, 23)
    assert len(manager.ask(charges.charged_weeks)) == 2
    assert manager.ask(checks.check) == ()


@pytest.mark.sqlite_file
def test_killed_before_it_could_say_how_it_went_it_is_run_again_and_finds_it_done(manager, leader, homes):
    switch_on(manager, "weekly_charge")
    switch_off(manager, "backup")
    running.run_named(manager, ["checks"])
    killed_before(
        manager,
        "colleague",
        lambda own: running.run_named(at(own, manager.clock.at), ["weekly_charge"]),
        "INSERT INTO job_run",
    )
    silence(manager)
    assert manager.do(commands.take, "weekly_charge", JobWay.OFFICER).tries == 1
    silence(manager)
    assert "Every week up to this one is charged" in running.run_named(leader, ["weekly_charge"]).ran[0].said
    assert row(manager, "weekly_charge").tries == 0


def test_two_schedulers_that_call_at_once_run_each_job_once(manager):
    """One of them is a copy of this process; both begin when both are there."""
    due = sorted(each for each in manager.ask(queries.due_names) if each != "backup")
    switch_off(manager, "backup")
    manager.database.close()
    ready, go = os.pipe(), os.pipe()

    def call():
        own = at(Desk.sit_down(Database(manager.database.url), "manager"), manager.clock.at)
        os.write(ready[1], b".")
        os.read(go[0], 1)
        running.run_due(own)

    with ThreadPoolExecutor(1) as pool:
        copy = pool.submit(killed, call)
        os.read(ready[0], 1)
        os.write(go[1], b"..")
        call()
        assert copy.result() is False
    for each in (*ready, *go):
        os.close(each)
    assert sorted(each.name for each in manager.ask(queries.history)) == due
    assert all(each.state is JobState.DONE for each in manager.ask(queries.history))
