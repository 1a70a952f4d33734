import threading
from dataclasses import replace
from datetime import date

import pytest

from app.models.officers import Team
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.diary import commands, jobs, proofs, queries
from app.services.diary.dto import ProofState, Shown, TaskFilter, Whose
from app.services.diary.rules import Every, Rhythm, Template
from tests.prepared import prepared

MONDAY = date(2026, 11, 23)
EVERYTHING = TaskFilter(Whose.ALL, Shown.OPEN)
DEBIT = "weekly_debit"


@prepared
def monday(desk):
    return replace(desk, clock=FixedClock(MONDAY))


def only(desk, *kept):
    """Switch every shipped task off but these."""
    for each in desk.ask(queries.templates):
        if each.key not in kept:
            desk.do(commands.save_template, replace(each, active=False))


def template(desk, key=DEBIT):
    return next(each for each in desk.ask(queries.templates) if each.key == key)


def test_on_monday_the_days_tasks_are_there_once(monday):
    made = monday.do(commands.make_due)
    assert "Weekly debit checked and signed" in made.titles
    assert monday.do(commands.make_due).count == 0
    rows = [row for row in monday.ask(queries.tasks, EVERYTHING) if row.due_on == MONDAY]
    assert [row.title for row in rows] == [
        "Weekly debit checked and signed",
        "Weekend receipts posted",
        "Overdue post seen to",
    ]
    assert all(row.recurring and row.holder == "Test Officer" for row in rows)


def test_after_five_weeks_each_debit_is_asked_for_and_the_post_once(desk, monday):
    only(monday, DEBIT, "overdue_post")
    monday.do(commands.make_due)
    later = replace(desk, clock=FixedClock(date(2026, 12, 28)))
    later.do(commands.make_due)
    rows = later.ask(queries.tasks, EVERYTHING)
    debits = [row.due_on for row in rows if row.title.startswith("Weekly debit")]
    assert debits == [
        MONDAY,
        date(2026, 11, 30),
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 21),
    ]
    assert len([row for row in rows if row.title.startswith("Overdue post")]) == 2
    assert later.do(commands.make_due).count == 0  # 28 December is a bank holiday: that debit is due on the 29th
    assert replace(later, clock=FixedClock(date(2026, 12, 29))).do(commands.make_due).count == 2


def test_two_desks_at_once_make_each_task_once(monday):
    url = monday.database.url
    desks = [Desk.sit_down(Database(url), monday.officer.username, monday.clock) for _ in range(2)]
    begin = threading.Barrier(2)
    made = []

    def work(desk):
        begin.wait()
        made.append(jobs.make_due(desk).count)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for desk in desks:
        desk.database.close()
    rows = monday.ask(queries.tasks, EVERYTHING)
    assert min(made) == 0
    assert sum(made) == len(rows) == len({(row.title, row.due_on) for row in rows})


def test_a_recurring_task_goes_to_its_owner_or_to_the_cover_while_they_are_away(desk, colleague, monday):
    officer, cover = desk.officer.id, colleague.officer.id
    only(colleague, DEBIT)
    colleague.do(commands.save_template, replace(template(desk), owner_id=officer, cover_id=cover))
    monday.do(commands.make_due)
    desk.do(commands.add_absence, officer, date(2026, 11, 28), date(2026, 12, 4), None)
    replace(desk, clock=FixedClock(date(2026, 11, 30))).do(commands.make_due)
    first, second = desk.ask(queries.tasks, EVERYTHING)
    assert (first.holder, second.holder) == ("Test Officer", "Test Colleague")
    assert desk.ask(queries.task, second.task_id).trail[0].words == "Its owner is away until 4 Dec 2026"


def test_one_without_an_owner_is_anybodys_until_it_is_taken(desk, colleague, monday):
    only(colleague, DEBIT)
    monday.do(commands.make_due)
    assert monday.ask(queries.tasks, TaskFilter()) == ()
    (row,) = monday.ask(queries.tasks, TaskFilter(Whose.TEAM))
    assert row.holder == ""
    assert monday.ask(queries.counts).nobodys == 1


def test_a_team_can_own_one(desk, colleague, monday):
    def make(ctx):
        ctx.session.add(Team(id=7, name="Income"))

    desk.do(make)
    only(colleague, DEBIT)
    colleague.do(commands.save_template, replace(template(desk), owner_team_id=7))
    monday.do(commands.make_due)
    assert monday.ask(queries.tasks, EVERYTHING)[0].holder == "Income"


def test_a_shipped_task_is_edited_and_put_back(desk):
    shipped = template(desk)
    desk.do(commands.save_template, replace(shipped, title="Debit agreed", lead_days=2))
    edited = template(desk)
    assert (edited.title, edited.lead_days, edited.version) == ("Debit agreed", 2, 1)
    with pytest.raises(UserError, match="Somebody else"):
        desk.do(commands.save_template, replace(shipped, title="Again"))
    desk.do(commands.reset_template, DEBIT)
    assert template(desk) == shipped


def test_an_office_adds_its_own(desk, monday):
    own = Template("own_keys", "Count the keys", Rhythm(Every.WEEK, 1))
    only(desk)
    desk.do(commands.save_template, own)
    assert monday.do(commands.make_due).titles == ("Count the keys",)
    with pytest.raises(UserError, match="office's own"):
        desk.do(commands.reset_template, "own_keys")


@pytest.mark.parametrize(
    ("change", "words", "field"),
    [
        ({"title": " "}, "title", "title"),
        ({"rhythm": Rhythm(Every.WEEK, 9)}, "day of the week", "day"),
        ({"lead_days": 61}, "0 to 60", "lead_days"),
        ({"owner_id": 1, "owner_team_id": 1}, "not both", "owner"),
        ({"proof": "nobody_knows"}, "no proof", "proof"),
    ],
)
def test_what_is_refused(desk, change, words, field):
    with pytest.raises(UserError, match=words) as refused:
        desk.do(commands.save_template, replace(template(desk, "overdue_post"), **change))
    assert refused.value.field == field


def test_a_task_with_a_proof_is_signed_only_when_it_holds(desk, monday, monkeypatch):
    held = [ProofState(holds=False, words="The week is not charged.")]
    monkeypatch.setitem(proofs._PROOFS, DEBIT, proofs.Proof(DEBIT, "Test", lambda _ctx, _on: held[0]))
    only(monday)
    monday.do(commands.save_template, replace(template(desk), proof=DEBIT, active=True, version=1))
    monday.do(commands.make_due)
    (row,) = monday.ask(queries.tasks, EVERYTHING)
    assert monday.ask(queries.task, row.task_id).proof == held[0]
    with pytest.raises(UserError, match="The week is not charged"):
        monday.do(commands.finish_task, row.task_id, "Signed", "Sheet 1")
    held[0] = ProofState(holds=True, words="Charged and agreed.")
    monday.do(commands.finish_task, row.task_id, "", "Sheet 1")
    assert monday.ask(queries.task, row.task_id).outcome == "Charged and agreed."
