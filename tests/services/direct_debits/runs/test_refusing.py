"""Records that Bacs refused by themselves: the rest of a run goes on, and what was refused waits for another."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.bacs import PaymentFile
from app.models.diary import Task
from app.models.values import Money
from app.services.core.errors import UserError
from app.services.direct_debits.runs import commands, keeping, queries
from app.services.direct_debits.runs.dto import MatchByHand
from app.services.ledger import checks
from tests.prepared import prepared
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import read
from tests.services.direct_debits.runs.conftest import (
    ENTRY,
    LODGE,
    due,
    home,
    made,
    on,
    run,
    states,
)
from tests.services.direct_debits.runs.test_lodging import told, two

THURSDAY = date(2026, 11, 26)


def input_report(desk, run_id, *errors, accepted=(2, "110.00"), rejected=(1, "70.00")):
    """The Input report of a run's file: 2 of £110.00 taken, £70.00 of RENT 00000003 refused, unless it is said otherwise."""
    serial = desk.ask(lambda ctx: ctx.session.get_one(PaymentFile, run(desk, run_id).payment_file_id)).serial
    errors = errors or (samples.refused("RENT 00000003", "70.00"),)
    return samples.input_report(serial=f"{serial:06}", accepted=accepted, rejected=rejected, errors=errors)


def titles(desk):
    return desk.ask(lambda ctx: [each.title for each in ctx.session.scalars(select(Task)) if each.state == "open"])


def test_a_refused_record_waits_again_and_the_rest_is_matched_and_posted(desk, colleague, three):
    run_id = made(desk, colleague)
    read(desk, input_report(desk, run_id))
    assert states(desk, three) == ["in_run", "in_run", "planned"]
    after = run(desk, run_id)
    assert (after.state, after.count, after.pence) == ("matched", 2, 110_00)
    assert (after.refused_count, after.asked_count, after.asked_pence) == (1, 3, 180_00)
    lines = desk.ask(queries.lines, run_id)
    assert {each.reference: each.refused for each in lines if each.refused} == {"RENT 00000003": "INVALID ACCOUNT"}
    assert "Bacs refused 1 record of Direct Debit run 1" in titles(desk)
    later = on(desk, ENTRY)
    assert later.do(commands.post, ENTRY).days[0].amount == Money(110_00)
    assert states(desk, three) == ["posted", "posted", "planned"]
    assert run(desk, run_id).state == "posted"
    assert later.ask(queries.reconciled, run_id).faults == ()
    assert not [each for each in later.ask(checks.check) if "Direct Debit" in each]


def test_what_was_refused_goes_in_another_run_that_keeps_it(desk, colleague, three):
    first = made(desk, colleague)
    read(desk, input_report(desk, first))
    second = made(desk, colleague, key="second")
    assert run(desk, second).count == 1
    colleague.do(commands.refused, first, "The bank says so")
    assert states(desk, three) == ["planned", "planned", "in_run"]


@pytest.mark.parametrize(
    ("errors", "rejected"),
    [
        ((samples.refused("RENT 00000009", "70.00"),), (1, "70.00")),
        ((samples.refused("RENT 00000003", "70.00"),), (1, "60.00")),
    ],
    ids=["not of the run", "other totals"],
)
def test_what_cant_be_told_is_left_with_a_task_and_isnt_cancelled(desk, colleague, three, errors, rejected):
    run_id = made(desk, colleague)
    read(desk, input_report(desk, run_id, *errors, rejected=rejected))
    assert run(desk, run_id).state == "sent"
    assert "Direct Debit run 1 doesn't agree with what Bacs says" in titles(desk)
    with pytest.raises(UserError, match="sent, so it can't be cancelled"):
        colleague.do(commands.cancel, run_id, "It differs")
    assert states(desk, three) == ["in_run"] * 3


def test_by_hand_the_refused_records_are_named_and_the_figures_are_those_that_bacs_took(desk, colleague, three):
    run_id = made(desk, colleague)
    desk.do(commands.mark_sent, run_id, "S1")
    seen = {"reason": "No report", "evidence": "The service"}
    with pytest.raises(UserError, match=r"£180\.00 were sent"):
        colleague.do(commands.match_by_hand, MatchByHand(run_id, 2, Money(110_00), **seen))
    with pytest.raises(UserError, match="No record of run 1 fits RENT 9"):
        colleague.do(commands.match_by_hand, MatchByHand(run_id, 2, Money(110_00), **seen, refused="RENT 9"))
    colleague.do(commands.match_by_hand, MatchByHand(run_id, 2, Money(110_00), **seen, refused="rent 00000003"))
    assert (run(desk, run_id).state, states(desk, three)) == ("matched", ["in_run", "in_run", "planned"])


@prepared
def alike(desk, council):
    """Two collections of one mandate, £50.00 on Wednesday and £50.00 on Thursday."""

    def make(ctx):
        _let, mandate = home(ctx)
        return [due(ctx, mandate).id, due(ctx, mandate, due_on=THURSDAY).id]

    return desk.do(make)


def test_of_two_alike_the_day_tells_which_was_refused(desk, colleague, alike):
    """Thursday's money is processed on Wednesday 25 November."""
    run_id = made(desk, colleague, days=2)
    error = samples.refused("RENT 00000001", "50.00", processingDate="2026-11-25")
    read(desk, input_report(desk, run_id, error, accepted=(1, "50.00"), rejected=(1, "50.00")))
    assert (run(desk, run_id).state, states(desk, alike)) == ("matched", ["in_run", "planned"])


def test_of_two_alike_without_a_day_an_officer_says_which(desk, colleague, alike):
    run_id = made(desk, colleague, days=2)
    error = samples.refused("RENT 00000001", "50.00")
    read(desk, input_report(desk, run_id, error, accepted=(1, "50.00"), rejected=(1, "50.00")))
    assert (run(desk, run_id).state, states(desk, alike)) == ("sent", ["in_run"] * 2)
    match = MatchByHand(run_id, 1, Money(50_00), "Two alike", "The service", refused="RENT 00000001")
    with pytest.raises(UserError, match="Several records of run 1 fit RENT 00000001"):
        colleague.do(commands.match_by_hand, match)
    colleague.do(commands.match_by_hand, replace(match, refused="RENT 00000001 no. 2"))
    assert (run(desk, run_id).state, states(desk, alike)) == ("matched", ["in_run", "planned"])


def test_by_hand_neither_who_asked_nor_who_sent_says_so(desk, colleague, three):
    run_id = made(desk, colleague)
    colleague.do(commands.mark_sent, run_id, "S1")
    match = MatchByHand(run_id, 3, Money(180_00), "No report", "The service")
    with pytest.raises(UserError, match="You marked this file as sent"):
        colleague.do(commands.match_by_hand, match)
    with pytest.raises(UserError, match="You asked for this run"):
        desk.do(commands.match_by_hand, match)
    assert desk.ask(queries.detail, run_id).why_not["match"].startswith("You asked for this run")


def test_a_refused_instruction_is_returned_and_its_mandate_suspended(desk, colleague, two):
    run_id = made(desk, colleague, kind=LODGE)
    refused = samples.refused("RENT 00000001", "0.00")
    read(desk, input_report(desk, run_id, refused, accepted=(2, "0.00"), rejected=(1, "0.00")))
    assert (run(desk, run_id).state, run(desk, run_id).count) == ("matched", 2)
    assert told(desk) == ["0N returned", "0N accepted", "0C sent", "0N sent"]


def test_a_lodgement_of_which_bacs_took_fewer_is_not_matched(desk, colleague, two):
    run_id = made(desk, colleague, kind=LODGE)
    read(desk, input_report(desk, run_id, accepted=(2, "0.00"), rejected=(0, "0.00")))
    assert run(desk, run_id).state == "sent"


def test_what_bacs_called_the_submission_is_kept_where_nobody_typed_it(desk, colleague, three):
    run_id = made(desk, colleague)
    read(desk, input_report(desk, run_id))
    assert desk.ask(queries.detail, run_id).row.reference == "2026112301S000000001"
    desk.do(keeping.name_submission, run_id, "OTHER")
    assert desk.ask(queries.detail, run_id).row.reference == "2026112301S000000001"


__all__ = ["two"]
