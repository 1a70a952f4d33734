"""Codes and budgets kept, listed with what is left, moved with a second officer, and made for the next year."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.values import BudgetMoveKind, BudgetMoveState, Money, Subject
from app.services.approvals import commands as approvals
from app.services.approvals import queries as asked
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.budgets import commands, keeping, moves, queries
from app.services.purchase_orders.budgets.dto import (
    BudgetFilter,
    BudgetView,
    CentreRow,
    CodeRow,
    NewBudget,
    NewMove,
)
from tests.factories import purchasing
from tests.prepared import prepared

TODAY = purchasing.TODAY
VIREMENT, REVISION = BudgetMoveKind.VIREMENT, BudgetMoveKind.REVISION


@prepared
def two(desk, colleague):
    """Two codes with £1,000.00 each; their budgets."""
    return [desk.do(purchasing.budget, subjective=code, pence=1_000_00) for code in ("4120", "4130")]


def listed(desk, **wanted):
    """The list of 2026/27."""
    return desk.ask(queries.budgets, BudgetFilter(2026, **wanted))


def move(*lines, kind=VIREMENT, key="move:1"):
    """A change of budgets."""
    return NewMove(key, kind, 2026, "More paint is needed", tuple((each, Money(pence)) for each, pence in lines))


def test_codes_are_kept_with_a_budget_once_and_a_used_one_only_goes_out_of_use(desk):
    centre = desk.do(commands.keep_centre, CentreRow(0, "hr 100", "Responsive repairs", desk.officer.id)).record_id
    code = desk.do(commands.keep_code, CodeRow(0, "4120", "Materials", "Premises")).record_id
    spare = desk.do(commands.keep_code, CodeRow(0, "4999", "Never used")).record_id
    with pytest.raises(UserError, match="There is HR100 already"):
        desk.do(commands.keep_centre, CentreRow(0, "HR100", "Again"))
    new = NewBudget(2026, centre, code, Money(500_00))
    assert desk.do(commands.add, new).told == "HR100 4120 has £500.00 in 2026/27."
    with pytest.raises(UserError, match="has a budget in 2026/27 already"):
        desk.do(commands.add, new)
    with pytest.raises(UserError, match="nothing or more"):
        desk.do(commands.add, replace(new, year=2027, original=Money(-1)))
    desk.do(commands.remove_code, spare, 1)
    with pytest.raises(UserError, match="has budgets, so it can't be deleted"):
        desk.do(commands.remove_code, code, 1)
    desk.do(commands.keep_code, CodeRow(code, "4120", "Materials", "Premises", active=False, version=1))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_code, CodeRow(code, "4120", "Paint", version=1))
    row = listed(desk).rows[0]
    assert (row.code, row.holder, row.given, row.active) == ("HR100 4120", "Test Officer", Money(500_00), False)
    assert desk.ask(queries.choices) == ()


def test_the_list_says_what_is_spent_owed_bound_and_left_and_sums_it_up(desk):
    """£100.00 of one: £60.00 ordered, £20.00 of it received, £45.00 spent otherwise: £5.00 over."""

    def made(ctx):
        one = purchasing.budget(ctx, pence=100_00, holder_id=ctx.officer.id)
        purchasing.budget(ctx, subjective="4130", pence=900_00)
        purchasing.budget(ctx, cost_centre="HR200", pence=50_00)
        order = purchasing.order(ctx, (3, 20, {one: 60_00}))
        purchasing.lines(ctx, order.id)[0].received = 1_000
        keeping.restate(ctx, order.id, TODAY, Subject.GOODS_RECEIPT, 1)
        keeping.spend(ctx, [(one, 45_00, TODAY, "")], Subject.SUPPLIER_INVOICE, 1)

    desk.do(made)
    found = listed(desk)
    row = found.rows[0]
    assert (row.spent, row.owed, row.bound, row.left, row.percent) == (
        Money(45_00),
        Money(20_00),
        Money(40_00),
        Money(-5_00),
        105,
    )
    assert [(each.title, each.count, each.left) for each in found.centres] == [
        ("HR100 Cost centre HR100", 2, Money(895_00)),
        ("HR200 Cost centre HR200", 1, Money(50_00)),
    ]
    assert [(each.title, each.given) for each in found.headings] == [("Premises", Money(1_050_00))]
    assert found.counts == {BudgetView.ALL: 3, BudgetView.MINE: 1, BudgetView.OVER: 1, BudgetView.NEAR: 0}
    assert [each.code for each in listed(desk, view=BudgetView.OVER).rows] == ["HR100 4120"]
    assert [each.code for each in listed(desk, text="hr200 premises").rows] == ["HR200 4120"]


def test_the_book_tells_each_line_with_what_was_left_after_it(desk):
    def made(ctx):
        one = purchasing.budget(ctx, pence=100_00)
        purchasing.order(ctx, (1, 60, {one: 60_00}))
        return one

    one = desk.do(made)
    rows = desk.ask(queries.book, one)
    assert [(each.document, each.amount, each.left) for each in rows] == [
        ("PO00001", Money(60_00), Money(40_00)),
        ("", Money(100_00), Money(100_00)),
    ]


def test_a_virement_waits_for_a_second_officer_and_is_posted_once(desk, colleague, two):
    one, other = two
    desk.do(purchasing.limit, colleague.officer.id)
    asked_for = desk.do(moves.ask, move((one, -200_00), (other, 200_00)))
    assert asked_for.told == "Virement BM00001 waits for a second officer."
    assert desk.do(moves.ask, move((one, -200_00), (other, 200_00))).record_id == asked_for.record_id
    assert listed(desk).rows[0].given == Money(1_000_00)
    request = desk.ask(queries.changes, 2026)[0].request_id
    with pytest.raises(UserError):
        desk.do(approvals.approve, [request])
    colleague.do(approvals.approve, [request])
    assert [(row.given, row.changed) for row in listed(desk).rows] == [
        (Money(800_00), Money(-200_00)),
        (Money(1_200_00), Money(200_00)),
    ]
    shown = desk.ask(queries.changes, 2026)[0]
    assert (shown.number, shown.state, shown.total, shown.posted_by) == (
        "BM00001",
        BudgetMoveState.POSTED,
        Money(200_00),
        "Test Colleague",
    )
    with pytest.raises(UserError):
        colleague.do(approvals.approve, [request])


def test_a_code_that_would_be_overspent_is_warned_of_before_and_at_approval(desk, colleague, two):
    one, other = two
    desk.do(lambda ctx: purchasing.order(ctx, (1, 900, {one: 900_00})) and None)
    new = move((one, -200_00), (other, 200_00))
    effects = desk.ask(moves.preview, new)
    assert [(each.text, each.warns) for each in effects] == [
        ("HR100 4120 Subjective 4120: £100.00 over", True),
        ("HR100 4130 Subjective 4130: £1,200.00 left", False),
    ]
    desk.do(moves.ask, new)
    details = colleague.ask(asked.request, desk.ask(queries.changes, 2026)[0].request_id).details
    assert [each.after for each in details if each.label.startswith("HR100 4120")] == ["£800.00, £100.00 overspent"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "Choose codes"),
        (((0, -200_00), (1, 199_99)), "out by £0.01"),
        (((0, 5_00), (0, -5_00)), "HR100 4120 is there twice"),
        (((0, 0), (1, 0)), "leave out those with nothing"),
        (((0, -1_000_01), (1, 1_000_01)), "has £1,000.00: it can't give up more"),
    ],
)
def test_a_virement_that_is_wrong_is_refused_in_words(desk, two, lines, words):
    with pytest.raises(UserError, match=words):
        desk.do(moves.ask, move(*((two[at], pence) for at, pence in lines)))


def test_a_change_of_another_year_and_one_without_a_reason_are_refused(desk, two):
    later = desk.do(purchasing.budget, year=2027)
    with pytest.raises(UserError, match="of budgets of 2026/27 alone"):
        desk.do(moves.ask, move((two[0], -5_00), (later, 5_00)))
    with pytest.raises(UserError, match="Say why"):
        desk.do(moves.ask, replace(move((two[0], 5_00), kind=REVISION), reason=" "))


def test_an_officer_whose_limit_is_lower_does_not_approve(desk, colleague, two):
    desk.do(purchasing.limit, colleague.officer.id, 100_00)
    desk.do(moves.ask, move((two[0], 100_01), kind=REVISION))
    with pytest.raises(UserError, match="limit"):
        colleague.do(approvals.approve, [desk.ask(queries.changes, 2026)[0].request_id])


def test_refused_and_withdrawn_changes_move_nothing(desk, colleague, two):
    for key, answer in (("move:1", "refuse"), ("move:2", "withdraw")):
        desk.do(moves.ask, move((two[0], 5_00), kind=REVISION, key=key))
        request = desk.ask(queries.changes, 2026)[0].request_id
        if answer == "refuse":
            colleague.do(approvals.refuse, [request], "Not now")
        else:
            desk.do(approvals.withdraw, request, "Not needed")
    assert {each.state for each in desk.ask(queries.changes, 2026)} == {
        BudgetMoveState.REFUSED,
        BudgetMoveState.WITHDRAWN,
    }
    assert listed(desk).rows[0].given == Money(1_000_00)


def test_the_next_year_is_made_of_the_codes_in_use_raised_to_whole_pounds(desk):
    """£1,001.00 and 2.5 % are £1,026.025, so £1,026; the code out of use has none."""

    def made(ctx):
        purchasing.budget(ctx, pence=1_001_00)
        purchasing.budget(ctx, subjective="4130")
        ctx.session.scalars(
            select(purchasing.SubjectiveCode).where(purchasing.SubjectiveCode.code == "4130")
        ).one().active = False

    desk.do(made)
    assert desk.do(commands.make_year, 2027, 250).told == "1 code has a budget in 2027/28."
    rows = desk.ask(queries.budgets, BudgetFilter(2027)).rows
    assert [(row.code, row.given) for row in rows] == [("HR100 4120", Money(1_026_00))]
    assert desk.ask(queries.book, rows[0].budget_id)[0].accounting_on == date(2027, 4, 1)
    with pytest.raises(UserError, match="Nothing is to be made for 2027/28"):
        desk.do(commands.make_year, 2027, 250)
