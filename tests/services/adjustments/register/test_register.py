"""The register of adjustments, recharges, refunds and write-offs: listed, filtered, sorted, one of them whole."""

from datetime import date

import pytest

from app.models.limits import OfficerLimit
from app.models.values import LimitKind, Money
from app.services.adjustments import commands, posting
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.keeping import found
from app.services.adjustments.register import queries
from app.services.adjustments.register.dto import (
    EVERYTHING,
    RegisterFilter,
    RegisterSort,
    Stage,
    View,
    What,
    record_of,
    row_id_of,
)
from app.services.approvals import commands as approving
from tests.factories import adjusting, lettings
from tests.prepared import prepared


@prepared
def account(desk, colleague):
    """A let home; both officers may debit and credit £100 a line."""

    def limits(ctx):
        for officer in (desk.officer.id, colleague.officer.id):
            for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
                ctx.session.add(OfficerLimit(officer_id=officer, kind=kind, line_pence=10_000, batch_pence=90_000))

    desk.do(limits)
    return desk.do(lambda ctx: lettings.letting(ctx, "100.00").account.id)


@pytest.fixture
def enter(desk, account):
    """Enter a debit of so many pence."""

    def make(key, pence, title="Put right", kind="debit"):
        line = NewLine(account, kind, Money(pence), date(2026, 10, 5), "wrong_amount", "Put right")
        return desk.do(commands.enter, NewAdjustment(key, title, (line,)))

    return make


@prepared
def of_every_kind(desk, account, enter):
    """One of each of the four."""
    enter("a", 5_000)
    desk.do(adjusting.credit_note, account)
    desk.do(adjusting.refund, account)
    desk.do(adjusting.write_off, account)


def listed(desk, wanted=EVERYTHING, sort=RegisterSort.AT, *, descending=False):
    found = desk.ask(queries.ids, wanted, sort, descending=descending)
    by_id = {row.row_id: row for row in desk.ask(queries.rows, found)}
    return [by_id[each] for each in found]


def test_a_number_of_the_register_says_what_it_is():
    assert [record_of(row_id_of(what, 17)) for what in What] == [(what, 17) for what in What]


def test_every_one_of_the_four_is_listed_with_what_it_comes_to(desk, of_every_kind):
    rows = listed(desk)
    shown = {row.what: (row.kind, row.number, row.amount, row.stage, row.state) for row in rows}
    assert shown == {
        What.ADJUSTMENT: ("Debit correction", "1", Money(5_000), Stage.DONE, "posted"),
        What.RECHARGE: ("Credit note", "7", Money(-7_200), Stage.DONE, "raised"),
        What.REFUND: ("Refund", "1", Money(2_500), Stage.APPROVED, "approved"),
        What.WRITE_OFF: ("Write-off", "1", Money(-8_000), Stage.DRAFT, "draft"),
    }
    totals = desk.ask(queries.totals, EVERYTHING)
    assert (totals.count, totals.debit, totals.credit) == (4, Money(7_500), Money(15_200))
    assert desk.ask(queries.totals_of, [row.row_id for row in rows]) == totals


@pytest.mark.parametrize("sort", list(RegisterSort))
def test_it_is_sorted_by_every_column_both_ways(desk, of_every_kind, sort):
    up, down = (listed(desk, sort=sort, descending=way) for way in (False, True))
    assert [row.row_id for row in up] == [row.row_id for row in reversed(down)]
    if sort is RegisterSort.AMOUNT:
        assert [abs(row.amount.pence) for row in up] == [2_500, 5_000, 7_200, 8_000]


@pytest.mark.parametrize(
    ("wanted", "whats"),
    [
        (RegisterFilter(whats=frozenset({What.REFUND})), {What.REFUND}),
        (RegisterFilter(kinds=frozenset({"debit", "recharge"})), {What.ADJUSTMENT, What.RECHARGE}),
        (RegisterFilter(kinds=frozenset({"write_off"})), {What.WRITE_OFF}),
        (RegisterFilter(reasons=frozenset({"wrong_amount"})), {What.ADJUSTMENT}),
        (RegisterFilter(stages=frozenset({Stage.DRAFT, Stage.APPROVED})), {What.WRITE_OFF, What.REFUND}),
        (RegisterFilter(view=View.TODAY), {What.ADJUSTMENT, What.RECHARGE}),
        (RegisterFilter(view=View.REVERSED), set()),
        (RegisterFilter(view=View.MINE, days=2), set(What)),
        (RegisterFilter(officer_id=999), set()),
        (RegisterFilter(text="lock"), {What.RECHARGE}),
    ],
)
def test_a_filter_leaves_out_what_does_not_fit(desk, of_every_kind, wanted, whats):
    assert {row.what for row in listed(desk, wanted)} == whats


def test_an_account_has_what_was_done_on_it(desk, of_every_kind, account):
    assert len(listed(desk, RegisterFilter(account_id=account))) == 4
    assert listed(desk, RegisterFilter(account_id=account + 1)) == []


def test_what_waits_is_with_whoever_may_approve_it_and_then_answers_for_itself(desk, colleague, enter):
    big = enter("b", 10_001)
    assert [row.number for row in listed(colleague, RegisterFilter(view=View.TO_APPROVE))] == []
    colleague.do(_raise_limit)
    (waiting,) = listed(colleague, RegisterFilter(view=View.TO_APPROVE))
    assert listed(desk, RegisterFilter(view=View.TO_APPROVE)) == []
    assert desk.ask(queries.view_counts)[View.TO_APPROVE] == 0
    colleague.do(approving.approve, [big.request_id], "Seen")
    colleague.do(lambda ctx: posting.take_back(ctx, found(ctx, big.adjustment_id), "Twice"))
    whole = desk.ask(queries.detail, waiting.row_id)
    assert whole.row.stage is Stage.BACK
    assert whole.reversal_journal == whole.row.journal + 1
    assert [step.what for step in whole.history] == [
        "Asked for",
        "Put to a second officer",
        "Approved",
        "Posted",
        "Reversed",
    ]
    assert whole.row.approved_by == colleague.officer.name
    (part,) = whole.parts
    assert (part.amount, part.code, part.words) == (Money(10_001), "ADJ", "Put right")
    assert whole.posted_in == "It belongs to 5 Oct 2026 and is reported on 21 Nov 2026."
    assert [row.number for row in listed(desk, RegisterFilter(view=View.REVERSED))] == [whole.row.number]


def _raise_limit(ctx):
    for row in ctx.session.query(OfficerLimit).filter_by(officer_id=ctx.officer.id):
        row.line_pence = row.batch_pence = 1_000_000


def test_what_stands_over_it(desk, of_every_kind):
    over = desk.ask(queries.register)
    assert over.counts == {View.TO_APPROVE: 0, View.TO_POST: 0, View.TODAY: 2}
    assert ("debit", "Debit correction") in over.kinds
    assert over.officers == ((desk.officer.id, desk.officer.name),)


def test_each_of_the_four_is_shown_whole(desk, of_every_kind):
    whole = {row.what: desk.ask(queries.detail, row.row_id) for row in listed(desk)}
    assert [part.amount for part in whole[What.RECHARGE].parts] == [Money(-6_000), Money(-1_200)]
    assert whole[What.REFUND].parts[0].words == "To Maria Testerton, by cheque"
    assert whole[What.WRITE_OFF].credit == Money(8_000)
    assert whole[What.ADJUSTMENT].reasons
