"""A run from the preview to the accounts, and back where it was."""

import stat
from datetime import date

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.direct_debits.schedules import Collection
from app.services.approvals import commands as approvals
from app.services.bacs.standard18.reading import read
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.runs import commands, keeping, queries
from app.services.direct_debits.runs.dto import RunFilter
from tests.services.direct_debits.runs.conftest import (
    ENTRY,
    PROCESSING,
    approve,
    ask,
    made,
    matched,
    money,
    on,
    preview,
    run,
    states,
    text,
)


def test_the_preview_says_what_goes_in_the_order_of_the_file(desk, three):
    shown = preview(desk)
    assert [(line.code.value, str(line.amount)) for line in shown.lines] == [
        ("01", "£60.00"),
        ("17", "£50.00"),
        ("17", "£70.00"),
    ]
    assert (shown.count, shown.total) == (3, money("180.00"))
    assert [(each.code.value, each.count, each.amount) for each in shown.by_code] == [
        ("01", 1, money("60.00")),
        ("17", 2, money("120.00")),
    ]
    assert [(each.days.processing_on, each.days.entry_on, each.count) for each in shown.by_day] == [
        (PROCESSING, ENTRY, 3)
    ]
    assert [each.words for each in shown.by_own] == ["ANYTOWN COUNCIL RE, account ending 90"]
    assert all(line.masked == "account ending 58" for line in shown.lines)
    assert shown.left_out == ()
    assert shown.overdue == ()


def test_what_is_declared_must_be_what_is_selected(desk, colleague, three):
    with pytest.raises(UserError) as refused:
        ask(desk, declared=(4, money("185.00")))
    assert refused.value.message == (
        "You declared 4 collections of £185.00; 3 of £180.00 are selected now: 1 fewer, £5.00 less."
    )


def test_a_run_is_approved_by_another_and_its_file_reads_back(desk, colleague, three, tmp_path):
    asked = ask(desk)
    assert states(desk, three) == ["in_run"] * 3
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        approve(desk, asked)
    approve(colleague, asked)
    content, path = text(desk, asked.run_id, tmp_path)
    found = read(content, "123456")
    assert found.faults == ()
    assert [(line.code, line.pence, line.reference) for line in found.lines if not line.is_contra] == [
        ("01", 60_00, "RENT 00000002"),
        ("17", 50_00, "RENT 00000001"),
        ("17", 70_00, "RENT 00000003"),
    ]
    assert (found.totals.debit_pence, found.totals.credit_pence, found.totals.credit_count) == (180_00, 180_00, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    again = desk.do(commands.save_file, asked.run_id, str(tmp_path / "again"))
    assert again.path.read_bytes() == content
    shown = desk.ask(queries.detail, asked.run_id)
    assert (shown.row.serial, shown.row.approved_by, shown.sha256) == (1, "Test Colleague", again.sha256)
    kept = desk.ask(
        lambda ctx: ctx.session.scalars(select(AuditEntry.after).where(AuditEntry.action == "reveal")).all()
    )
    assert sum("its file" in each for each in kept) == 2
    assert not any("66374958" in each for each in kept)


def test_a_folder_that_others_read_gets_one_of_its_own_in_it(desk, colleague, three, tmp_path):
    tmp_path.chmod(0o755)
    run_id = made(desk, colleague)
    path = desk.do(commands.save_file, run_id, str(tmp_path)).path
    assert path.parent == tmp_path / "Bacs files"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_desks_take_each_collection_once(desk, colleague, three):
    ask(desk)
    with pytest.raises(UserError, match="There are no collections for that day"):
        ask(colleague, key="other", declared=(3, money("180.00")))


def test_the_same_key_asks_once(desk, colleague, three):
    first = ask(desk)
    assert ask(desk, declared=(3, money("180.00"))) == first


def test_what_changed_meanwhile_is_refused_in_words_and_can_go_again(desk, colleague, three):
    asked = ask(desk)

    def change(ctx):
        ctx.session.get_one(Collection, three[0]).pence = 51_00

    desk.do(change)
    with pytest.raises(UserError) as refused:
        approve(colleague, asked)
    assert "RENT 00000001: The payer was told of £50.00 on Wed 25 Nov 2026." in refused.value.message
    assert run(desk, asked.run_id).state.value == "waiting"
    desk.do(approvals.withdraw, asked.request_id, "It changed")
    assert states(desk, three) == ["planned"] * 3
    assert preview(desk).count == 2
    assert run(desk, asked.run_id).why == "Withdrawn: It changed"


def test_cancelled_before_it_is_sent_everything_waits_again(desk, colleague, three):
    run_id = made(desk, colleague)
    with pytest.raises(UserError, match="You asked for this run, so somebody else cancels it"):
        desk.do(commands.cancel, run_id, "Wrong day")
    colleague.do(commands.cancel, run_id, "Wrong day")
    assert states(desk, three) == ["planned"] * 3
    with pytest.raises(UserError, match="isn't opened any more"):
        desk.do(commands.save_file, run_id, "/tmp/nowhere")
    again = made(desk, colleague, key="again")
    assert desk.ask(queries.detail, again).row.serial == 2  # the first is never used again


def test_whoever_saved_the_file_doesnt_cancel_it(desk, colleague, three, tmp_path):
    run_id = made(desk, colleague)
    text(colleague, run_id, tmp_path)
    with pytest.raises(UserError, match="You saved this file"):
        colleague.do(commands.cancel, run_id, "Not sent")
    assert colleague.ask(queries.detail, run_id).why_not["cancel"].startswith("You saved this file")
    assert states(desk, three) == ["in_run"] * 3


def test_refused_by_bacs_everything_waits_again_unless_it_is_on_the_accounts(desk, colleague, three):
    run_id = matched(desk, colleague)
    with pytest.raises(UserError, match="You marked this file as sent"):
        desk.do(commands.refused, run_id, "User status")
    colleague.do(commands.refused, run_id, "User status")
    assert states(desk, three) == ["planned"] * 3
    second = matched(desk, colleague, key="again")
    on(desk, ENTRY).do(commands.post, ENTRY)
    with pytest.raises(UserError, match="is posted, so it can't be refused"):
        colleague.do(commands.refused, second, "Late")


def test_sent_once_and_with_a_reference(desk, colleague, three):
    run_id = made(desk, colleague)
    with pytest.raises(UserError, match="reference of the submission is missing"):
        desk.do(commands.mark_sent, run_id, " ")
    desk.do(commands.mark_sent, run_id, "S0001")
    with pytest.raises(UserError, match="Run 1 is sent"):
        desk.do(commands.mark_sent, run_id, "S0002")
    assert desk.ask(lambda ctx: keeping.of_input(ctx, reference="S0001").id) == run_id


def test_an_input_report_finds_the_run_though_nobody_marked_it_as_sent(desk, colleague, three):
    run_id = made(desk, colleague)
    assert desk.ask(lambda ctx: keeping.of_input(ctx, serial=1).id) == run_id
    desk.do(keeping.matched, run_id, "Input report 7")
    assert run(desk, run_id).state.value == "matched"
    assert desk.do(keeping.matched, run_id, "Input report 7").told == "Run 1 was matched before."


def test_runs_are_listed_the_newest_first_and_those_that_cant_wait_say_so(desk, colleague, three):
    run_id = made(desk, colleague)
    [row] = on(desk, date(2026, 11, 23)).ask(queries.listed)
    assert (row.run_id, row.words, row.late) == (run_id, "File made, to be sent", "It must be sent today.")
    assert desk.ask(queries.listed, RunFilter(open=True)) == desk.ask(queries.listed)
    shown = desk.ask(queries.detail, run_id)
    assert shown.may == {"save", "send"}
    assert shown.why_not == {"cancel": "You asked for this run: should it be cancelled, a colleague does it."}
    assert [bool(step.at) for step in shown.steps] == [True, True, False, False, False]


def test_a_file_that_would_collect_by_a_mandate_stopped_since_says_so(desk, colleague, three):
    made(desk, colleague)

    def stop(ctx):
        mandate_id = ctx.session.get_one(Collection, three[0]).mandate_id
        mandates.suspend(ctx, mandates.found(ctx, mandate_id), "The payer rang")

    desk.do(stop)
    [row] = desk.ask(queries.listed)
    assert row.late == (
        "1 of its mandates was stopped since it was approved: have it cancelled, and ask for the run anew."
    )
