"""Original budgets: one officer's while a year is set up, a second officer's to approve once it is in use."""

import pytest

from app.models.values import BudgetMoveKind, Money
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import commands, queries, reconciling
from app.services.purchase_orders.budgets.dto import BudgetFilter, CodeRow, NewBudget
from app.services.purchase_orders.budgets.loading import checking
from app.services.purchase_orders.budgets.loading import commands as loading
from app.services.purchase_orders.budgets.loading.dto import NewLoad
from app.services.purchase_orders.budgets.loading.reading import read
from tests.factories import purchasing
from tests.prepared import prepared


@prepared
def code(desk, colleague):
    """A code without a budget in a year in which something is ordered: (cost centre, code)."""
    desk.do(purchasing.limit, colleague.officer.id)

    def order(ctx):
        budget = purchasing.budget(ctx)
        purchasing.order(ctx, (1, 50, {budget: 50_00}))
        return ctx.session.get(purchasing.Budget, budget).cost_centre_id

    return desk.do(order), desk.do(commands.keep_code, CodeRow(0, "4130", "Paint")).record_id


def given(desk, year=2026):
    """What each code of a year is given."""
    return [(row.code, row.given) for row in desk.ask(queries.budgets, BudgetFilter(year)).rows]


def test_in_a_year_that_is_in_use_a_second_officer_approves_it(desk, colleague, code):
    told = desk.do(commands.add, NewBudget(2026, *code, Money(900_00))).told
    assert told == "HR100 4130 has its budget once it is approved. Original budget BM00001 waits for a second officer."
    assert given(desk)[-1] == ("HR100 4130", Money(0))
    [change] = desk.ask(queries.changes, 2026)
    assert change.kind is BudgetMoveKind.ORIGINAL
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        desk.do(approvals.approve, [change.request_id])
    colleague.do(approvals.approve, [change.request_id])
    row = desk.ask(queries.budgets, BudgetFilter(2026)).rows[-1]
    assert (row.original, row.changed) == (Money(900_00), Money(0))
    assert tuple(desk.ask(lambda ctx: tuple(reconciling.check(ctx)))) == ()


def test_refused_the_code_has_nothing_and_may_be_revised(desk, colleague, code):
    desk.do(commands.add, NewBudget(2026, *code, Money(900_00)))
    colleague.do(approvals.refuse, [desk.ask(queries.changes, 2026)[0].request_id], "Not this year")
    assert given(desk)[-1] == ("HR100 4130", Money(0))


def test_of_a_year_to_come_one_officer_gives_them(desk, code):
    assert desk.do(commands.add, NewBudget(2027, *code, Money(900_00))).told == "HR100 4130 has £900.00 in 2027/28."
    assert given(desk, 2027) == [("HR100 4130", Money(900_00))]


def test_those_of_a_file_are_approved_together_and_not_asked_for_twice(desk, colleague, code, tmp_path):
    """£100.00 and £200.00 in one change."""
    head = "Cost centre,Cost centre name,Subjective,Name,Heading,Holder,Original\n"
    path = tmp_path / "budgets.csv"
    path.write_text(head + "HR100,,4130,Paint,,,100\nHR100,,4140,Doors,,,200\n", "utf-8")
    new = NewLoad(read(path), 2026)
    assert desk.ask(checking.check, new).asks
    assert desk.do(loading.load, new).told == "2 codes have their budget, once a second officer approves."
    assert [each.message for each in desk.ask(checking.check, new).mistakes] == [
        "A change of HR100 4130 waits for a second officer already.",
        "A change of HR100 4140 waits for a second officer already.",
    ]
    colleague.do(approvals.approve, [desk.ask(queries.changes, 2026)[0].request_id])
    assert given(desk)[1:] == [("HR100 4130", Money(100_00)), ("HR100 4140", Money(200_00))]
    assert desk.do(loading.load, new).told == "2 are as they were."
