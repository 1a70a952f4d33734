"""Reports of files that we sent: a run of two collections of £130.00, processed on Tuesday 24 November 2026, serial 42."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.bacs import PaymentFile
from app.models.diary import Task
from app.models.direct_debits.reports import BankReport
from app.models.direct_debits.runs import DebitRun
from app.models.values import (
    DebitRunKind,
    DebitRunState,
    InstructionState,
    PaymentFileKind,
    PaymentFileState,
)
from app.services.direct_debits.returns import commands
from app.services.direct_debits.returns.dto import Reopen, Shown
from tests.factories import approving, debits
from tests.prepared import prepared
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import listed, read, state


def sent_run(ctx, kind=DebitRunKind.COLLECTION, count=2, pence=130_00):
    days = {"processing_on": date(2026, 11, 24), "entry_on": date(2026, 11, 25)}
    made = {"made_by": ctx.officer.id, "made_at": ctx.clock.now()}
    file_kind = PaymentFileKind.COLLECTIONS if pence else PaymentFileKind.INSTRUCTIONS
    file = PaymentFile(
        kind=file_kind,
        serial=42,
        count=count,
        pence=pence,
        sha256="0" * 64,
        state=PaymentFileState.SENT,
        **days,
        **made,
    )
    ctx.session.add(file)
    ctx.session.flush()
    run = DebitRun(
        number=7,
        entry_key="run",
        kind=kind,
        state=DebitRunState.WAITING,
        last_entry_on=days["entry_on"],
        count=count,
        pence=pence,
        left_out=0,
        payment_file_id=file.id,
        sent_by=ctx.officer.id,
        sent_at=ctx.clock.now(),
        **days,
        **made,
    )
    ctx.session.add(run)
    ctx.session.flush()
    approving.counts(ctx, "direct_debit_run", run, DebitRunState.SENT)
    return run.id


@prepared
def run_id(desk):
    return desk.do(sent_run)


def run_state(desk, run_id):
    return desk.ask(lambda ctx: ctx.session.get_one(DebitRun, run_id)).state


def titles(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(Task.title))))


def test_an_input_report_that_agrees_matches_the_run_at_once(desk, run_id):
    found = read(desk, samples.input_report())
    assert found.told.endswith("Run 7 agrees with its Input report.")
    assert run_state(desk, run_id) == "matched"
    (row,) = listed(desk, Shown.APPLIED)
    assert (row.reference, str(row.amount), row.outcome) == ("Run 7", "£130.00", "Run 7 agrees with its Input report.")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            samples.input_report(accepted=(1, "65.00"), rejected=(1, "65.00"), errors=(samples.refused(),)),
            "Bacs took 1 collections of £65.00; the run sent 2 of £130.00. Bacs refused 1 of £65.00.",
        ),
        (
            samples.input_report(processing="2026-11-25"),
            "It has the processing day 25 Nov 2026; the run has 24 Nov 2026.",
        ),
    ],
    ids=["one refused", "another day"],
)
def test_one_that_differs_is_not_matched_and_a_task_says_how(desk, run_id, report, said):
    read(desk, report)
    assert run_state(desk, run_id) == "sent"
    (row,) = listed(desk, Shown.APPLIED)
    assert said in row.outcome
    assert ["run 7 doesn't agree" in each for each in titles(desk)] == [True]
    assert said in desk.ask(lambda ctx: ctx.session.scalar(select(BankReport.words)))


def test_a_report_of_no_run_of_ours_is_told(desk):
    read(desk, samples.input_report())
    (row,) = listed(desk, Shown.UNMATCHED)
    assert (row.reference, row.outcome) == ("File 000042", "No run has this serial number.")


def test_a_withdrawn_submission_isnt_posted_and_waits_again_when_a_colleague_applies_it(desk, colleague, run_id):
    found = read(desk, samples.withdrawal())
    assert len(titles(desk)) == 1
    assert desk.do(commands.apply, found.item_ids).left[0].why.startswith("You marked this file as sent")
    assert run_state(desk, run_id) == "sent"
    colleague.do(commands.apply, found.item_ids)
    assert run_state(desk, run_id) == "refused"


def test_a_withdrawal_of_one_day_leaves_the_run_with_a_task(desk, colleague, run_id):
    found = read(desk, samples.withdrawal((1, "65.00")))
    said = "The report is of 1 of £65.00; run 7 has 2 of £130.00. Ask the bank what became of the rest."
    colleague.do(commands.apply, found.item_ids)
    assert (run_state(desk, run_id), listed(desk, Shown.APPLIED)[0].outcome) == (
        "sent",
        f"Run 7 is left as it is, with a task. {said}",
    )
    assert ["run 7 doesn't agree" in each for each in titles(desk)] == [True, True]


def test_two_withdrawals_of_one_file_are_two_reports(desk, run_id):
    first = read(desk, samples.withdrawal((1, "65.00")))
    assert read(desk, samples.withdrawal((2, "130.00"))).item_ids != first.item_ids


@pytest.mark.parametrize("report", [samples.auddis_rejected(rejected=2), samples.auddis_accepted(accepted=2)])
def test_a_report_of_instructions_says_nothing_of_collections(desk, colleague, run_id, report):
    done = colleague.do(commands.apply, read(desk, report).item_ids)
    assert done.left[0].why == "Run 7 is of collections, and this report is of instructions."
    assert run_state(desk, run_id) == "sent"


class TestInstructions:
    @pytest.fixture
    def lodged(self, desk):
        """(run, mandate) of an instruction that was sent."""

        def make(ctx):
            run_id = sent_run(ctx, DebitRunKind.LODGEMENT, 1, 0)
            mandate_id = debits.home(ctx)[1]
            of = ctx.session.get_one(debits.Mandate, mandate_id)
            debits.sent(ctx, of, run_id=run_id)
            of.state = "lodged"
            return run_id, mandate_id

        return desk.do(make)

    def test_accepted_they_are_live(self, desk, lodged):
        done = desk.do(commands.apply, read(desk, samples.auddis_accepted(accepted=1)).item_ids)
        assert (done.count, state(desk, lodged[1]), run_state(desk, lodged[0])) == (1, "live", "matched")
        (row,) = listed(desk, Shown.APPLIED)
        assert row.outcome == "1 instruction of run 7 accepted."

    def test_a_rejected_file_waits_again(self, desk, colleague, lodged):
        colleague.do(commands.apply, read(desk, samples.auddis_rejected(rejected=1)).item_ids)
        rows = lambda ctx: ctx.session.query(debits.keeping.instructions.Instruction).all()  # noqa: E731
        assert (run_state(desk, lodged[0]), desk.ask(rows)[0].state) == ("refused", InstructionState.WAITING)

    def test_a_file_that_was_sent_as_a_test_is_told_and_changes_nothing(self, desk, lodged):
        run_id, mandate_id = lodged
        assert not read(desk, samples.auddis_accepted(accepted=1, file_type="TEST")).item_ids
        (row,) = listed(desk, Shown.ASIDE)
        assert row.outcome.startswith("The file was sent as a test")
        assert "sent as a test" in desk.ask(lambda ctx: ctx.session.scalar(select(BankReport.words)))
        desk.do(commands.reopen, Reopen((row.item_id,), "Look again"))
        assert desk.do(commands.apply, (row.item_id,)).left[0].why.startswith("The file was sent as a test")
        assert (run_state(desk, run_id), state(desk, mandate_id)) == ("sent", "lodged")
