"""When a job runs is changed by administrators; what posts, only once a second officer agrees."""

from dataclasses import replace

import pytest

from app.services.approvals.commands import approve
from app.services.approvals.queries import request
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.jobs import commands
from app.services.jobs.dto import Change
from tests.services.jobs.conftest import listed, row


def change(desk, name, **but):
    now = listed(desk, name)
    same = Change(name, now.version, now.schedule if now.own else "", now.folder, now.active, "")
    return desk.do(commands.change, replace(same, **but))


def test_a_job_is_switched_off_with_a_reason_and_on_again(manager):
    with pytest.raises(UserError, match="Say why") as refused:
        change(manager, "mailboxes", active=False)
    assert refused.value.field == "reason"
    assert change(manager, "mailboxes", active=False, reason="The server moves").told == "Mailboxes is switched off."
    off = listed(manager, "mailboxes")
    assert (off.standing, off.said, off.next_at, off.may_run) == ("Off", "The server moves", None, False)
    assert change(manager, "mailboxes", active=True).told == "Mailboxes: every 5 minutes."
    assert listed(manager, "mailboxes").reason == ""


def test_another_schedule_begins_with_its_next_time(manager):
    assert change(manager, "tidy", schedule="week 7 04:00").told == "Old history: sundays at 04:00."
    now = listed(manager, "tidy")
    assert (now.when, now.own, now.next_at.isoformat()) == ("Sundays at 04:00", True, "2026-11-29T04:00:00+00:00")
    change(manager, "tidy", schedule="day 03:00")
    assert not listed(manager, "tidy").own


@pytest.mark.parametrize(("schedule", "words"), [("now and then", "is no schedule"), ("day 31:00", "is no schedule")])
def test_a_schedule_that_is_none_is_refused_at_its_field(manager, schedule, words):
    with pytest.raises(UserError, match=words) as refused:
        change(manager, "checks", schedule=schedule)
    assert refused.value.field == "schedule"


def test_what_posts_is_switched_on_by_two(manager, leader):
    done = change(manager, "weekly_charge", active=True, schedule="week 1 04:45", reason="From December")
    number = listed(manager, "weekly_charge").request
    assert done.told == f"Asked for: request {number} waits for a second officer. Until then nothing changes."
    assert not row(manager, "weekly_charge").active
    said = {each.label: (each.before, each.after) for each in leader.ask(request, number).details}
    assert said["Runs by itself"] == ("no", "yes")
    assert said["When"] == ("Mondays at 05:30", "Mondays at 04:45")
    assert leader.do(approve, [number]).done == (number,)
    on = listed(manager, "weekly_charge")
    assert (on.active, on.when, on.request) == (True, "Mondays at 04:45", None)
    assert on.next_at.isoformat() == "2026-11-30T04:45:00+00:00"  # What went by before isn't caught up with.


def test_what_posts_is_switched_off_by_one(manager, leader):
    change(manager, "weekly_charge", active=True, reason="From December")
    leader.do(approve, [listed(manager, "weekly_charge").request])
    change(manager, "weekly_charge", active=False, reason="Rent review")
    assert listed(manager, "weekly_charge").standing == "Off"


def test_one_officer_alone_switches_on_nothing_that_posts(desk):
    with pytest.raises(UserError, match="takes two officers"):
        change(desk, "weekly_charge", active=True, reason="Why not")


@pytest.mark.parametrize(
    ("folder", "words"), [("", "Choose the folder"), ("receipts", "whole path"), ("/" + "a" * 400, "400 characters")]
)
def test_a_folder_is_given_whole(manager, folder, words):
    with pytest.raises(UserError, match=words) as refused:
        change(manager, "receipt_files", active=True, folder=folder, reason="Bank files")
    assert refused.value.field == "folder"


@pytest.mark.parametrize("name", ["backup", "checks"])
@pytest.mark.parametrize("less", [{"active": False}, {"schedule": "week 7 04:00"}, {"schedule": "month 1 04:00"}])
def test_what_guards_the_books_is_done_less_once_two_agree(manager, leader, name, less):
    done = change(manager, name, reason="A new server", **less)
    number = listed(manager, name).request
    assert done.told == f"Asked for: request {number} waits for a second officer. Until then nothing changes."
    assert row(manager, name).active
    assert leader.do(approve, [number]).done == (number,)
    assert (listed(manager, name).active, listed(manager, name).own) == (less.get("active", True), "schedule" in less)
    change(manager, name, active=True, schedule="")  # As shipped again: one officer's act.
    assert (listed(manager, name).active, listed(manager, name).own) == (True, False)


def test_what_guards_the_books_runs_at_another_time_by_one(manager):
    change(manager, "backup", schedule="day 23:00")
    assert listed(manager, "backup").when == "Every day at 23:00"


def test_one_officer_alone_has_nobody_to_ask(desk):
    assert change(desk, "checks", active=False, reason="At sea").told == "Checks of the ledger is switched off."


def test_two_officers_change_one_job(manager):
    old = listed(manager, "checks").version
    change(manager, "checks", schedule="day 06:00")
    with pytest.raises(ChangedMeanwhile):
        manager.do(commands.change, Change("checks", old, "day 07:00", "", True, ""))


def test_a_change_that_changes_nothing_is_told(manager):
    with pytest.raises(UserError, match="Nothing is changed"):
        change(manager, "checks")


def test_a_team_leader_runs_jobs_and_changes_none(leader):
    assert listed(leader, "checks").may_run
    with pytest.raises(UserError, match="may not change scheduled jobs"):
        change(leader, "checks", active=False, reason="No")


def test_there_is_no_such_job(manager):
    with pytest.raises(UserError, match="There is no job 'dance'") as refused:
        manager.do(commands.change, Change("dance", 1, "", "", True, ""))
    assert "weekly_charge" in refused.value.hint
