"""Jobs run once, in order, held by what went wrong before them, tried again, and never two of the same at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from app.models.jobs import Job, JobRun
from app.models.values import JobState, JobWay
from app.services.charges import queries as charges
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import SYSTEM, NewOfficer, add
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.jobs import claims, commands, queries, running
from app.services.jobs.beating import beating
from app.services.jobs.declared import BY_NAME, JOBS
from app.services.ledger import checks
from tests.factories import lettings
from tests.services.jobs.conftest import (
    CHARGE,
    MONDAY,
    SPOILT,
    at,
    charged,
    listed,
    posted_by,
    row,
    run,
    said,
    spoil,
    switch_off,
)


def test_what_is_due_is_run_once_as_the_officer_of_scheduled_jobs(manager, homes, quick):
    done = run(manager)
    assert [(each.title, each.state) for each in done.values()] == [
        ("Checks of the ledger", JobState.DONE),
        ("Weekly charge", JobState.DONE),
    ]
    assert charged(manager) == [date(2026, 11, 23), date(2026, 11, 16)]
    journal = manager.ask(charges.charged_weeks)[0].journal
    assert manager.ask(posted_by, journal) == SYSTEM
    assert run(manager) == {}
    assert [each.by.split(" on ")[0] for each in manager.ask(queries.history)] == ["Test Manager", "Test Manager"]
    assert said(manager, "weekly_charge") == [("done", f"Week of 23 Nov 2026: journal {journal}, 2 lines.")]
    assert manager.ask(checks.check) == ()


def test_what_comes_after_a_job_that_failed_is_held_with_the_reason_and_goes_on_once_it_is_mended(
    manager, homes, quick
):
    spoil(manager)
    done = run(manager)
    assert done["checks"].state is JobState.FAILED
    assert done["weekly_charge"].held
    assert done["weekly_charge"].said.startswith(
        "Not begun: Checks of the ledger comes first. Failed: 1 fault. balances"
    )
    assert (listed(manager, "weekly_charge").standing, listed(manager, "checks").tone) == ("Held", "bad")
    assert charged(manager) == [date(2026, 11, 16)]

    spoil(manager, SPOILT.replace("+", "-"))
    assert list(run(at(manager, MONDAY + timedelta(minutes=4)))) == ["weekly_charge"]  # It isn't tried yet, and holds.
    done = run(at(manager, MONDAY + timedelta(minutes=5)))
    assert [(each.name, each.state) for each in done.values()] == [(name, JobState.DONE) for name in CHARGE]
    assert charged(manager)[0] == date(2026, 11, 23)


def test_after_three_tries_a_job_waits_for_its_next_time_or_for_somebody(manager, homes, quick):
    spoil(manager)
    for minutes in (0, 5, 20, 80):
        assert run(at(manager, MONDAY + timedelta(minutes=minutes)))["checks"].state is JobState.FAILED
    evening = at(manager, MONDAY + timedelta(hours=12))
    assert "checks" not in run(evening)
    spoil(manager, SPOILT.replace("+", "-"))
    assert run(evening, ["checks"])["checks"].state is JobState.DONE


def test_a_job_that_is_switched_off_holds_nobody_and_is_not_run(manager, homes, quick):
    switch_off(manager, "checks")
    spoil(manager)
    assert list(run(manager)) == ["weekly_charge"]
    with pytest.raises(UserError, match="switched off"):
        running.run_named(manager, ["checks"])


def test_an_hour_that_comes_twice_runs_nothing_twice(manager, quick):
    manager.do(lambda ctx: setattr(ctx.session.get(Job, "checks"), "schedule", "day 01:30"))
    night = datetime(2026, 10, 25, 0, 31, tzinfo=UTC)
    ran = [list(run(at(manager, night + timedelta(minutes=30 * turn)))) for turn in range(4)]
    assert [("checks" in each) for each in ran] == [True, False, False, False]


def test_while_somebody_runs_a_job_nobody_else_does(manager, leader, quick):
    claim = leader.do(commands.take, "checks", JobWay.OFFICER)
    assert claim is not None
    assert "checks" not in run(manager)
    done = run(manager, ["checks"])["checks"]
    assert done.state is None
    assert not done.wrong
    assert done.said.startswith("Under way since ")
    assert "Test Colleague" in done.said
    assert listed(manager, "checks").running
    assert manager.do(commands.take, "checks", JobWay.SCHEDULER) is None


def test_whoever_was_cut_off_is_told_in_the_history_and_the_job_is_run_anew(manager, leader, quick):
    assert leader.do(commands.take, "checks", JobWay.OFFICER) is not None
    silent = "UPDATE job SET beat_at = '2026-11-20 05:00:00.000000', claimed_at = '2026-11-20 04:59:00.000000' WHERE owner <> ''"
    spoil(manager, silent)
    assert (listed(manager, "checks").standing, listed(manager, "checks").tone) == ("Cut off", "bad")
    assert run(at(manager, MONDAY + timedelta(minutes=5)))["checks"].state is JobState.DONE
    lost, done = said(manager, "checks")
    assert lost[0] == "lost"
    assert "stopped before it had ended" in lost[1]
    assert done == ("done", "The ledger is whole.")


def test_whoever_was_cut_off_under_a_clock_that_was_ahead_holds_nothing(manager, leader, quick):
    assert leader.do(commands.take, "checks", JobWay.OFFICER) is not None
    spoil(manager, "UPDATE job SET beat_at = '2036-11-20 05:00:00.000000' WHERE owner <> ''")
    assert listed(manager, "checks").standing == "Cut off"
    assert run(at(manager, MONDAY + timedelta(minutes=5)))["checks"].state is JobState.DONE


def test_a_job_that_is_given_back_by_somebody_who_lost_it_changes_nothing(manager, leader, quick):
    first = leader.do(commands.take, "checks", JobWay.OFFICER)
    spoil(manager, "UPDATE job SET beat_at = '2026-11-20 05:00:00.000000' WHERE owner <> ''")
    second = manager.do(commands.take, "checks", JobWay.OFFICER)
    assert not manager.database.transact(lambda session: claims.beat(session, first))
    manager.database.transact(lambda session: claims.give_back(session, first))
    assert row(manager, "checks").owner == second.owner


def test_maintenance_makes_jobs_wait_whoever_calls(manager, leader, quick):
    spoil(
        manager,
        "INSERT INTO maintenance (announced_by, announced_at, begins_at, words) "
        "SELECT id, '2026-11-20 05:00:00', '2026-11-20 05:00:00', 'New server' FROM officer WHERE username = 'manager'",
    )
    for whoever in (manager, leader):
        done = run(whoever)
        assert {each.state for each in done.values()} == {None}
        assert not any(each.wrong for each in done.values())
        assert all("closed for maintenance" in each.said for each in done.values())
    spoil(manager, "UPDATE maintenance SET ended_at = '2026-11-20 06:00:00'")
    assert run(manager)["checks"].state is JobState.DONE


@pytest.mark.logs
def test_what_nobody_expected_is_told_by_its_reference_and_the_others_go_on(manager, quick, caplog):
    spoil(manager, "DELETE FROM setting")
    spoil(manager, "ALTER TABLE setting RENAME TO elsewhere")
    done = run(manager)["checks"]
    assert done.state is JobState.FAILED
    assert "reference RB-" in done.said
    assert "RB-" in caplog.text
    caplog.clear()


def test_stopped_by_an_officer_nothing_is_half_done_and_it_is_tried_again(manager, homes, quick):
    token = CancelToken()

    def stop(_done, _total, _text=""):
        token.cancel()

    with pytest.raises(Cancelled):
        running.run_named(manager, ["checks"], stop, token)
    assert row(manager, "checks").state is JobState.STOPPED
    assert row(manager, "checks").owner == ""
    assert run(at(manager, MONDAY + timedelta(minutes=30)))["checks"].state is JobState.DONE


def until_stopped(watched):
    for _ in range(500):
        if watched.cancelled:
            return
        Event().wait(0.01)


def test_a_job_that_takes_too_long_or_lost_its_claim_is_asked_to_stop(manager, monkeypatch):
    monkeypatch.setattr(claims, "BEATS", 0.01)
    job = BY_NAME["checks"]
    claim = manager.do(commands.take, "checks", JobWay.OFFICER)
    with beating(manager, replace(job, limit=0), claim, CancelToken()) as watched:
        until_stopped(watched)
    assert (watched.cancelled, watched.late) == (True, True)
    spoil(manager, "UPDATE job SET owner = 'somebody else'")
    with beating(manager, job, claim, CancelToken()) as watched:
        until_stopped(watched)
    assert (watched.cancelled, watched.late) == (True, False)


def test_often_asked_jobs_that_find_nothing_leave_no_line(manager):
    names = [job.name for job in JOBS if job.often and job.starts]
    run(manager, names)
    lines = manager.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(JobRun)))
    run(manager, names)
    assert lines == len(names)
    assert manager.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(JobRun))) == lines


def test_an_administrator_posts_nothing_by_running_a_job_by_hand(manager, leader, homes, quick):
    with pytest.raises(UserError, match="may not post the weekly charge"):
        running.run_named(manager, ["weekly_charge"])
    assert not listed(manager, "weekly_charge").may_run
    assert listed(leader, "weekly_charge").may_run
    assert run(leader, ["checks", "weekly_charge"])["weekly_charge"].state is JobState.DONE


def test_an_administrator_runs_again_what_the_schedule_asked_for_and_went_wrong(manager, desk, quick):
    desk.do(lettings.letting, "100.00")
    run(manager)
    assert listed(manager, "weekly_charge").may_run
    assert run(manager, ["weekly_charge"])["weekly_charge"].state is JobState.WAITS


def test_the_officer_of_scheduled_jobs_approves_nothing(desk):
    held = Desk.sit_down(desk.database, SYSTEM).officer.permissions
    assert not [each for each in held if each.value.startswith(("approve_", "authorise_", "sign_"))]


def test_whoever_may_not_run_jobs_is_refused(desk, manager):
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({"rents_officer"})))
    clerk = Desk.sit_down(desk.database, "clerk")
    with pytest.raises(UserError, match="may not run scheduled jobs"):
        running.run_due(clerk)
    with pytest.raises(UserError, match="may not run scheduled jobs"):
        running.run_named(clerk, ["checks"])


def test_how_all_jobs_stand_is_a_few_statements(manager, query_log):
    manager.ask(queries.listed)
    assert len([each for each in query_log if each.startswith("SELECT")]) <= 7


def test_the_scheduler_that_falls_silent_is_told(manager, quick):
    assert manager.ask(queries.listed).note.startswith("No scheduler calls Rentbook yet")
    run(manager)
    assert manager.ask(queries.listed).note == ""
    spoil(manager, "UPDATE job_call SET called_at = '2026-11-20 05:00:00.000000', computer = 'RENTS-01'")
    assert "The scheduler of RENTS-01 has not called since 05:00 on 20 Nov 2026" in manager.ask(queries.listed).note


def test_lines_of_more_than_400_days_ago_are_forgotten(manager):
    run(manager, ["cards"])
    spoil(manager, "UPDATE job_run SET started_at = '2025-10-01 05:00:00.000000'")
    assert run(manager, ["tidy"])["tidy"].said == "1 line forgotten."
    assert said(manager, "cards") == []
