"""A lodgement run: instructions sent, mandates lodged, taken back, and settled; amended bank details have a second person."""

from datetime import date

import pytest

from app.models.diary import Task
from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.values import BacsCode, InstructionState, MandateState, Money, ToldBy
from app.services.approvals import queries as approvals
from app.services.bacs.rules import destination
from app.services.bacs.standard18.reading import read
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.runs import commands, daily, files, keeping, queries
from app.services.direct_debits.runs.dto import MatchByHand
from tests.factories import debits
from tests.prepared import prepared
from tests.services.direct_debits.runs.conftest import LODGE, approve, ask, home, made, on, preview, run

LODGED_ON, COLLECT_FROM = date(2026, 11, 24), date(2026, 12, 1)
"""Five working days of Bacs after Tuesday 24 November are over on Tuesday 1 December."""


@prepared
def two(desk, council):
    """A new mandate with its 0N, and one amended with its 0C and 0N."""

    def make(ctx):
        never = {"lodged_on": None, "collect_from": None, "first_collected_on": None}
        _let, new = home(ctx, 1, state=MandateState.NEW, **never)
        mandates.bank_of(ctx, new.id).held = False
        mandates.instruct(ctx, new, BacsCode.NEW, mandates.bank_of(ctx, new.id), "Set up")
        _let, other = home(ctx, 2, state=MandateState.AMENDED)
        old = mandates.bank_of(ctx, other.id)
        debits.sent(ctx, other).state = InstructionState.ACCEPTED
        there = mandates.new_bank(ctx, other, destination(*debits.NEW), "A Tenant", told_by=ToldBy.PAYER)
        mandates.instruct(ctx, other, BacsCode.CANCEL, old, "Amended", 0)
        mandates.instruct(ctx, other, BacsCode.NEW, there, "Amended", 1)
        return new.id, other.id

    return desk.do(make)


def content(desk, run_id):
    return desk.ask(lambda ctx: files.content(ctx, keeping.found(ctx, run_id))[0])


def told(desk, table=Instruction):
    rows = lambda ctx: ctx.session.query(table).order_by(table.id).all()  # noqa: E731
    return [f"{each.code.value} {each.state.value}" for each in desk.ask(rows)]


def test_the_file_has_no_amounts_and_no_contra(desk, colleague, two):
    found = read(content(desk, made(desk, colleague, kind=LODGE)), "123456")
    assert found.faults == ()
    assert [(line.code, line.reference, line.pence) for line in found.lines] == [
        ("0C", "RENT 00000002", 0),
        ("0N", "RENT 00000001", 0),
        ("0N", "RENT 00000002", 0),
    ]
    assert (found.totals.instruction_count, found.totals.debit_pence, found.totals.credit_count) == (3, 0, 0)


def test_the_second_officer_sees_what_was_amended(desk, colleague, two):
    assert [(line.code.value, line.amended) for line in preview(desk, LODGE).lines] == [
        ("0C", False),
        ("0N", False),
        ("0N", True),
    ]
    asked = ask(desk, LODGE)
    shown = colleague.ask(approvals.request, asked.request_id)
    assert ("Bank details changed: RENT 00000002", "A Tenant, account ending 91") in [
        (each.label, each.after) for each in shown.details
    ]
    assert ("0C Cancelled instruction", "1") in [(each.label, each.after) for each in shown.details]


def test_whoever_changed_bank_details_is_not_their_second_person(desk, colleague, two):
    asked = ask(colleague, LODGE)
    with pytest.raises(UserError, match="not approved"):
        approve(desk, asked)


def test_sent_they_are_lodged_and_settle_when_the_banks_days_are_over(desk, colleague, two):
    run_id = made(desk, colleague, kind=LODGE)
    desk.do(commands.mark_sent, run_id, "S0001")
    assert told(desk) == ["0N sent", "0N accepted", "0C sent", "0N sent"]
    kept = desk.ask(lambda ctx: ctx.session.query(Mandate).order_by(Mandate.id).all())
    assert [(each.state.value, each.lodged_on, each.collect_from, each.first_collected_on) for each in kept] == [
        (
            "lodged",
            LODGED_ON,
            COLLECT_FROM,
            None,
        )  # the second was collected from its old bank: 01 comes first at the new
    ] * 2
    colleague.do(commands.match_by_hand, MatchByHand(run_id, 3, Money(0), "No report", "The service"))
    on(desk, date(2026, 11, 30)).do(daily.each_day)
    assert run(desk, run_id).state.value == "matched"
    on(desk, COLLECT_FROM).do(daily.each_day)
    assert run(desk, run_id).state.value == "posted"
    assert desk.ask(queries.detail, run_id).row.words == "Lodged"


def test_refused_by_bacs_they_wait_again(desk, colleague, two):
    run_id = made(desk, colleague, kind=LODGE)
    desk.do(commands.mark_sent, run_id, "S0001")
    colleague.do(commands.refused, run_id, "User status is TEST")
    assert told(desk) == ["0N waiting", "0N accepted", "0C waiting", "0N waiting"]
    kept = desk.ask(lambda ctx: ctx.session.query(Mandate).order_by(Mandate.id).all())
    assert [(each.state.value, each.collect_from) for each in kept] == [("new", None), ("amended", None)]
    held = desk.ask(lambda ctx: ctx.session.query(MandateBank).order_by(MandateBank.id).all())
    assert [each.held for each in held] == [False, True, False]
    assert made(desk, colleague, kind=LODGE, key="again") != run_id


def test_an_old_instruction_is_cancelled_only_with_the_new_one(desk, two):
    def spoil(ctx):
        last = ctx.session.query(MandateBank).order_by(MandateBank.id.desc()).first()
        last.sealed = b""

    desk.do(spoil)
    shown = preview(desk, LODGE)
    assert [(line.code.value, line.reference[-1]) for line in shown.lines] == [("0N", "1")]
    assert [row.reason.value for row in shown.left_out] == ["bad_details", "bad_details"]


def test_a_run_that_has_to_be_sent_is_a_task_until_it_is(desk, colleague, two):
    def open_tasks():
        return desk.ask(lambda ctx: [each.title for each in ctx.session.query(Task).filter_by(state="open")])

    run_id = made(desk, colleague, kind=LODGE)
    assert open_tasks() == ["Send Bacs file 1, Direct Debit run 1"]
    desk.do(commands.mark_sent, run_id, "S0001")
    assert open_tasks() == ["Match Direct Debit run 1 with its Input report"]
