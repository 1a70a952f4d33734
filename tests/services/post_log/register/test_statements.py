"""Statements in the register of what goes out: one alone, a run of them, and one that came back."""

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import FormatNeed, PostChannel, PostState
from app.services.core.errors import UserError
from app.services.exports.statement.dto import short_date
from app.services.letters.commands import queue as marks
from app.services.letters.dto import NewLetter, OutgoingFilter, OutgoingSort, Returned
from app.services.letters.keeping import queue_letter
from app.services.letters.queries import queue as letters
from app.services.post_log import keeping
from app.services.post_log.answering import returned
from app.services.post_log.answering.commands import returns
from app.services.post_log.answering.dto import NoteReturn
from app.services.post_log.dto import NewItem
from app.services.post_log.register import queries
from app.services.post_log.register.dto import RegisterFilter, RegisterSort, Way
from app.services.statements import commands, first, jobs
from app.services.statements.dto import RunRequest, Variant
from tests.factories.statements import FROM, TO, landlord, tenant
from tests.prepared import prepared

OUT = RegisterFilter(ways=frozenset({Way.OUT}))


@prepared
def roll(desk):
    """Two tenants who get the standard form, and one who needs large print."""

    def make(ctx):
        landlord(ctx)
        return [tenant(ctx), tenant(ctx), tenant(ctx, group="SHE", need={"format_need": FormatNeed.LARGE_PRINT})]

    return desk.do(make)


@prepared
def run(desk, roll):
    """The run of the quarter, done."""
    return jobs.run_statements(desk, RunRequest(FROM, TO)).run_id


def listed(desk, wanted=OUT):
    """What went out: subject, to whom, account."""
    found = desk.ask(queries.ids, wanted, RegisterSort.NUMBER, descending=True)
    return [(row.subject, row.who, row.account_id) for row in desk.ask(queries.rows, found)]


def came_back(desk, **columns):
    new = NewItem(PostChannel.RETURNED, "An envelope", **columns)
    return desk.do(lambda ctx: keeping.log(ctx, new))


def test_a_run_is_one_line_for_each_form_with_how_many_it_has(desk, run):
    title = "Statements 29 Jun 2026 to 27 Sep 2026"
    assert sorted(listed(desk)) == [(title, "2 accounts", None), (f"{title}, large print", "1 account", None)]
    (line,) = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).where(Outgoing.format == "standard")).all())
    assert (line.letter_date, line.pages, line.body, line.state) == (
        desk.clock.today(),
        2,
        "Rent group GEN: 2",
        "printed",
    )


def test_a_run_that_stopped_stands_there_once_it_is_done(desk, roll):
    request = RunRequest(FROM, TO)
    begun = desk.do(commands.begin_run, request)
    assert listed(desk) == []
    assert jobs.run_statements(desk, request).run_id == begun.run_id
    assert len(listed(desk)) == 2


def test_an_account_finds_the_runs_that_it_had_a_statement_of(desk, roll, run):
    title = "Statements 29 Jun 2026 to 27 Sep 2026"
    assert [row.subject for row in desk.ask(queries.of_account, roll[0])] == [title]
    assert [row.subject for row in desk.ask(queries.of_account, roll[2])] == [f"{title}, large print"]
    mine = OutgoingFilter(account_id=roll[2])
    assert len(desk.ask(letters.ids, mine, OutgoingSort.ASKED, descending=True)) == 1


def test_a_run_of_more_accounts_writes_no_more_lines(desk, roll, query_log):
    desk.do(lambda ctx: [tenant(ctx) for _ in range(8)])
    query_log.clear()
    jobs.run_statements(desk, RunRequest(FROM, TO))
    assert sum("INSERT INTO outgoing" in each for each in query_log) == 2
    assert {who for _, who, _ in listed(desk)} == {"10 accounts", "1 account"}


def test_a_statement_posted_alone_is_a_line_and_once_however_often_it_is_made_that_day(desk, roll):
    for _ in range(2):
        desk.do(commands.issue, roll[0], FROM, TO, Variant.STANDARD)
    ((subject, _, account_id),) = listed(desk)
    assert (subject, account_id) == ("Statement 29 Jun 2026 to 27 Sep 2026", roll[0])
    (number,) = desk.ask(letters.ids, OutgoingFilter(), OutgoingSort.ASKED, descending=False)
    assert desk.ask(letters.letter_file, number).content.startswith(b"%PDF")


def test_a_first_statement_is_printed_behind_its_welcome_and_comes_back_as_a_task(desk, roll):
    letter = desk.do(lambda ctx: queue_letter(ctx, NewLetter("welcome", roll[0])))
    desk.do(first.make, roll[0], FROM, letter)
    title = f"Statement 29 Jun 2026 to {short_date(desk.clock.today())}"
    lines = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).order_by(Outgoing.id)).all())
    assert [(line.title, line.state) for line in lines] == [
        ("Welcome and first statement", "queued"),
        (title, "queued"),
    ]
    assert lines[0].address_key == lines[1].address_key
    numbers = desk.ask(letters.to_print)
    run = desk.ask(lambda ctx: letters.print_run(ctx, numbers, two_sided=True))
    assert run.outgoing_ids == (letter, lines[1].id)
    desk.do(marks.mark_printed, numbers)
    item = came_back(desk, reference=listed_reference(desk, roll[0]), sender="Sample")
    form = desk.ask(returned.return_form, item)
    assert {each.title for each in form.candidates} == {"Welcome and first statement", title}
    desk.do(returns.note_return, NoteReturn(item, lines[1].id, "gone away", form.version))
    (task,) = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == marks.RETURNED_TASK)).all())
    assert task.subject_id == roll[0]


def test_a_statement_of_a_run_that_comes_back_is_a_task_and_a_line_of_its_own(desk, roll, run):
    reference = listed_reference(desk, roll[1])
    item = came_back(desk, reference=reference, sender="Sample")
    form = desk.ask(returned.return_form, item)
    first = form.candidates[0]
    assert (first.title, first.reference, first.outgoing_id, first.letter_date) == (
        "Statement 29 Jun 2026 to 27 Sep 2026",
        reference,
        0,
        desk.clock.today(),
    )
    assert first.found_by.endswith("eference")
    note = NoteReturn(item, 0, "gone away", form.version, statement_id=first.statement_id)
    desk.do(returns.note_return, note)
    (line,) = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).where(Outgoing.state == "returned")).all())
    assert (line.account_id, line.returned_on, line.return_reason) == (roll[1], desk.clock.today(), "gone away")
    assert desk.ask(letters.letter_file, line.id).content.startswith(b"%PDF")
    (task,) = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == marks.RETURNED_TASK)).all())
    assert (task.subject_id, desk.ask(lambda ctx: ctx.session.scalars(select(Flag.account_id)).all())) == (
        roll[1],
        [roll[1]],
    )
    kept = desk.ask(lambda ctx: ctx.session.get_one(PostItem, item))
    assert (kept.state, kept.account_id) == (PostState.CLOSED, roll[1])
    again = came_back(desk, reference=reference)
    assert desk.ask(returned.return_form, again).candidates == ()


def test_a_statement_in_plain_text_is_its_own_and_not_the_files_of_everybody(desk, roll):
    jobs.run_statements(desk, RunRequest(FROM, TO, variant=Variant.TEXT))
    reference = listed_reference(desk, roll[1])
    item = came_back(desk, reference=reference)
    form = desk.ask(returned.return_form, item)
    desk.do(
        returns.note_return,
        NoteReturn(item, 0, "gone away", form.version, statement_id=form.candidates[0].statement_id),
    )
    number = desk.ask(lambda ctx: ctx.session.scalar(select(Outgoing.id).where(Outgoing.state == "returned")))
    kept = desk.ask(letters.letter_file, number).content.decode()
    assert reference in kept
    assert listed_reference(desk, roll[0]) not in kept


def test_a_whole_run_is_neither_returned_nor_printed_anew_on_the_letters_page(desk, run):
    number = desk.ask(letters.ids, OutgoingFilter(), OutgoingSort.ASKED, descending=False)[0]
    with pytest.raises(UserError, match="whole run"):
        desk.do(marks.returned, number, Returned(desk.clock.today(), "gone away"))
    with pytest.raises(UserError, match="run of statements"):
        desk.do(marks.undo_printed, [number])
    with pytest.raises(UserError, match="None of these"):
        desk.ask(letters.print_run, [number], two_sided=False)


def listed_reference(desk, account_id):
    """The payment reference of an account."""
    return desk.ask(lambda ctx: ctx.session.get_one(Account, account_id).payment_reference)
