from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.officers import Officer, Team
from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.diary import commands, keeping, queries
from app.services.diary.dto import (
    HowAsked,
    NewTask,
    Priority,
    Requester,
    Shown,
    TaskAction,
    TaskFilter,
    TaskState,
    Whose,
)
from tests.conftest import TODAY
from tests.factories import lettings
from tests.prepared import prepared

FRIDAY = date(2026, 11, 27)
TEST_CARD = "4111 1111 1111 1111"


@prepared
def account(desk):
    return desk.do(lettings.letting, reference="0012 4471 03").account.id


@prepared
def post_team(desk, colleague):
    def make(ctx):
        team = Team(name="Post room")
        ctx.session.add(team)
        ctx.session.flush()
        ctx.session.get(Officer, colleague.officer.id).team_id = team.id
        return team.id

    return desk.do(make)


def new(desk, **said):
    task = NewTask(**({"title": "Ring the bank", "due_on": FRIDAY, "officer_id": desk.officer.id} | said))
    return desk.do(commands.new_task, task).task_id


def titles(desk, **wanted):
    return [row.title for row in desk.ask(queries.tasks, TaskFilter(**wanted))]


def later(desk, day):
    return replace(desk, clock=FixedClock(day))


def test_a_task_says_what_it_is_about_and_how_long_there_is(desk, account):
    new(desk, subject=Subject.ACCOUNT, subject_id=account, priority=Priority.HIGH)
    (row,) = desk.ask(queries.tasks, TaskFilter())
    assert (row.title, row.about, row.holder) == ("Ring the bank", "Account 0012 4471 03", "Test Officer")
    assert row.working_days == 5  # Saturday 21 to Friday 27: Monday to Friday
    (late,) = later(desk, date(2026, 12, 1)).ask(queries.tasks, TaskFilter(shown=Shown.OVERDUE))
    assert late.working_days == -2


def test_the_earliest_due_comes_first_then_the_most_urgent(desk):
    new(desk, title="c", due_on=date(2026, 12, 1))
    new(desk, title="b", priority=Priority.LOW)
    new(desk, title="a", priority=Priority.HIGH)
    assert titles(desk) == ["a", "b", "c"]
    assert titles(desk, text="B") == ["b"]


def test_a_task_handed_over_leaves_one_list_for_another_and_the_trail_says_why(desk, colleague):
    made = new(desk)
    desk.do(commands.hand_over, [made], "You know the branch", officer_id=colleague.officer.id)
    assert titles(desk) == []
    assert titles(colleague) == ["Ring the bank"]
    step = desk.ask(queries.task, made).trail[-1]
    assert (step.action, step.officer, step.to, step.words) == (
        TaskAction.HANDED_OVER,
        "Test Officer",
        "Test Colleague",
        "You know the branch",
    )
    colleague.do(commands.take, [made])
    desk.do(commands.take, [made])
    assert titles(desk) == ["Ring the bank"]


def test_a_teams_task_waits_in_the_lists_of_its_officers(desk, colleague, post_team):
    made = new(desk, officer_id=None, team_id=post_team)
    assert titles(colleague) == []
    assert titles(colleague, whose=Whose.TEAM) == ["Ring the bank"]
    assert desk.ask(queries.task, made).row.holder == "Post room"
    colleague.do(commands.take, [made])
    assert titles(colleague) == ["Ring the bank"]


def test_the_counts_are_those_of_the_lists(desk, colleague, post_team):
    new(desk, officer_id=None)
    new(desk, officer_id=colleague.officer.id)
    new(desk, officer_id=None, team_id=post_team)
    found = later(colleague, date(2026, 11, 30)).ask(queries.counts)
    assert (found.mine, found.mine_overdue, found.team_overdue, found.nobodys) == (1, 1, 3, 1)


def test_a_snoozed_task_comes_back_on_its_day(desk):
    made = new(desk)
    desk.do(commands.snooze, [made], date(2026, 11, 25))
    assert titles(desk) == []
    assert titles(desk, shown=Shown.OPEN) == ["Ring the bank"]
    assert titles(later(desk, date(2026, 11, 25))) == ["Ring the bank"]
    with pytest.raises(UserError, match="later day"):
        desk.do(commands.snooze, [made], TODAY)


def test_done_reopened_and_cancelled_each_leave_their_step(desk):
    made = new(desk)
    desk.do(commands.finish_task, made, "They will send the form again")
    assert titles(desk) == []
    done = desk.ask(queries.task, made)
    assert (done.row.state, done.outcome) == (TaskState.DONE, "They will send the form again")
    desk.do(commands.reopen_task, made, "The form never came")
    assert titles(desk) == ["Ring the bank"]
    desk.do(commands.cancel_tasks, [made], "The mandate came after all")
    assert desk.ask(queries.task, made).row.state is TaskState.CANCELLED
    assert [step.action.value for step in desk.ask(queries.task, made).trail] == [
        "made",
        "done",
        "reopened",
        "cancelled",
    ]


def test_what_a_colleague_finished_meanwhile_isnt_finished_again(desk, colleague):
    made = new(desk)
    colleague.do(commands.finish_task, made)
    with pytest.raises(UserError, match="Test Colleague has finished 'Ring the bank'"):
        desk.do(commands.finish_task, made)


def test_evidence_that_is_wanted_is_given_in_words_or_as_a_document(desk):
    def make(ctx):
        return keeping.add_task(ctx, NewTask("Reconcile", FRIDAY, evidence_wanted="The signed sheet"))

    first = desk.do(make)
    with pytest.raises(UserError, match="the signed sheet") as refused:
        desk.do(commands.finish_task, first)
    assert refused.value.field == "evidence"
    with pytest.raises(UserError, match="none of them was finished"):
        desk.do(commands.finish_tasks, [new(desk), first])
    assert len(titles(desk)) == 1
    desk.do(commands.finish_task, first, "Agreed", "Folder 12, sheet 3")
    assert desk.ask(queries.task, first).evidence == "Folder 12, sheet 3"


def test_several_are_finished_at_once(desk):
    both = [new(desk), new(desk)]
    desk.do(commands.finish_tasks, both)
    assert titles(desk) == []
    assert len(titles(desk, shown=Shown.DONE)) == 2


def test_a_change_says_what_it_was_and_an_old_version_is_refused(desk):
    made = new(desk)
    kept = desk.ask(queries.task_form, made)
    wanted = {**kept.values, "title": "Ring the branch", "due_on": date(2026, 11, 30)}
    desk.do(commands.save_task, made, wanted, kept.version)
    step = desk.ask(queries.task, made).trail[-1]
    assert step.words == "Title was: Ring the bank. Due 27 Nov 2026, now 30 Nov 2026"
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.save_task, made, wanted, kept.version)


def test_a_new_task_is_the_officers_own_and_due_in_five_working_days(desk):
    kept = desk.ask(queries.task_form, 0)
    made = desk.do(commands.save_task, 0, {**kept.values, "title": "Ring the bank"}, kept.version)
    (row,) = desk.ask(queries.tasks, TaskFilter())
    assert (row.task_id, row.due_on, row.working_days, row.holder) == (made.task_id, FRIDAY, 5, "Test Officer")
    with pytest.raises(UserError, match="day by which"):
        desk.do(commands.save_task, 0, {"title": "x", "due_on": None}, 0)


def test_a_request_of_another_team_keeps_who_asked_and_by_when(desk):
    asked = Requester("Sam Sampler", "Repairs", HowAsked.TELEPHONE, date(2026, 11, 25))
    made = new(desk, requester=asked)
    found = desk.ask(queries.task, made)
    assert found.requester == asked
    assert found.row.requester == "Sam Sampler, Repairs"
    assert titles(desk, text="sampler") == ["Ring the bank"]


def test_the_tasks_of_a_record_are_anybodys(desk, colleague, account):
    new(desk, subject=Subject.ACCOUNT, subject_id=account)
    assert titles(colleague, subject=Subject.ACCOUNT, subject_id=account) == ["Ring the bank"]
    assert titles(colleague, subject=Subject.ACCOUNT, subject_id=account + 1) == []


def test_an_area_finishes_what_it_made(desk, account):
    def make(ctx):
        return keeping.add_task(ctx, NewTask("Look", FRIDAY, subject=Subject.ACCOUNT, subject_id=account, kind="look"))

    made = desk.do(make)
    assert desk.do(keeping.finish_for, Subject.ACCOUNT, account, "other") == 0
    assert desk.do(keeping.finish_for, Subject.ACCOUNT, account, "look") == 1
    assert desk.ask(queries.task, made).row.state is TaskState.DONE


@pytest.mark.parametrize(
    ("said", "words", "field"),
    [
        ({"title": "  "}, "no title", "title"),
        ({"title": "x" * 201}, "201 characters", "title"),
        ({"due_on": date(2026, 11, 20)}, "has passed", "due_on"),
        ({"details": f"card {TEST_CARD}"}, "ending 1111", "details"),
        ({"subject": Subject.ACCOUNT, "subject_id": 99_999}, "no account", None),
        ({"team_id": 1}, "not both", "holder"),
    ],
)
def test_what_is_refused(desk, said, words, field):
    with pytest.raises(UserError, match=words) as refused:
        new(desk, **said)
    assert refused.value.field == field
    assert desk.ask(queries.tasks, TaskFilter(Whose.ALL, Shown.OPEN)) == ()


def test_an_auditor_reads_and_changes_nothing(desk, colleague):
    made = new(colleague)
    desk.do(add, NewOfficer("auditor", "Test Auditor", frozenset({Role.AUDITOR})))
    auditor = Desk.sit_down(desk.database, "auditor", desk.clock)
    assert auditor.ask(queries.task, made).row.title == "Ring the bank"
    with pytest.raises(UserError, match="may not give, take and finish tasks"):
        auditor.do(commands.finish_task, made)


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task_step SET words = 'x'",
        "DELETE FROM task_step",
        "INSERT OR REPLACE INTO task_step SELECT * FROM task_step",
    ],
)
def test_the_trail_is_append_only(desk, statement):
    new(desk)
    with pytest.raises(DBAPIError, match="append only"):
        desk.do(lambda ctx: ctx.session.execute(text(statement)))


def test_while_an_officer_is_away_their_cover_sees_their_tasks(desk, colleague):
    new(desk)
    desk.do(commands.add_absence, desk.officer.id, TODAY, date(2026, 11, 30), colleague.officer.id)
    assert titles(colleague) == ["Ring the bank"]
    assert titles(later(colleague, date(2026, 12, 1))) == []
    away = next(each for each in desk.ask(queries.holders) if each.officer_id == desk.officer.id)
    assert away.away_until == date(2026, 11, 30)
    (row,) = desk.ask(queries.absences)
    assert (row.officer, row.cover) == ("Test Officer", "Test Colleague")
    desk.do(commands.remove_absence, row.absence_id)
    assert titles(colleague) == []


def test_leave_that_cant_be(desk, colleague):
    mine = desk.officer.id
    for days, cover, words in (
        ((FRIDAY, TODAY), None, "before the first"),
        ((TODAY, date(2028, 1, 1)), None, "longer than a year"),
        ((TODAY, FRIDAY), mine, "Somebody else"),
    ):
        with pytest.raises(UserError, match=words):
            desk.do(commands.add_absence, mine, *days, cover)
    desk.do(commands.add_absence, mine, TODAY, FRIDAY, None)
    with pytest.raises(UserError, match="overlap"):
        desk.do(commands.add_absence, mine, FRIDAY, FRIDAY, None)
    desk.do(add, NewOfficer("junior", "Test Junior", frozenset({Role.RENTS_OFFICER})))
    junior = Desk.sit_down(desk.database, "junior", desk.clock)
    with pytest.raises(UserError, match="may not change the office's recurring tasks"):
        junior.do(commands.add_absence, colleague.officer.id, TODAY, FRIDAY, None)
