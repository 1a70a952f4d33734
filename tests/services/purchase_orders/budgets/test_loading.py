"""Budgets of a file: each fault with its row, all or nothing, and loaded again a revision that is asked for."""

from dataclasses import replace

import pytest

from app.models.values import Money
from app.services.approvals import commands as approvals
from app.services.core.errors import UserErrors
from app.services.purchase_orders.budgets import moves, queries
from app.services.purchase_orders.budgets.dto import BudgetFilter, NewMove
from app.services.purchase_orders.budgets.loading import checking, commands, jobs, reading
from app.services.purchase_orders.budgets.loading.dto import NewLoad
from tests.factories import purchasing

HEAD = "Cost centre,Cost centre name,Subjective,Name,Heading,Holder,Original\n"
GOOD = HEAD + 'HR100,Repairs,4120,Materials,Premises,officer,"10,000"\nHR100,,4130,Paint,Premises,,£250.50\n'


@pytest.fixture
def file(tmp_path):
    """Reads a text as a file of budgets."""

    def read(text):
        path = tmp_path / "budgets.csv"
        path.write_text(text, "utf-8")
        return reading.read(path)

    return read


def listed(desk):
    """The budgets of 2026/27."""
    return [(row.code, row.name, row.holder, row.given) for row in desk.ask(queries.budgets, BudgetFilter(2026)).rows]


def test_codes_that_are_new_get_their_budget(desk, file):
    new = NewLoad(file(GOOD), 2026)
    found = desk.ask(checking.check, new)
    assert (found.mistakes, found.added, found.given) == ((), 2, Money(10_250_50))
    assert desk.do(commands.load, new).told == "2 codes have their budget."
    assert listed(desk) == [
        ("HR100 4120", "Materials", "Test Officer", Money(10_000_00)),
        ("HR100 4130", "Paint", "", Money(250_50)),
    ]
    assert desk.do(commands.load, new).told == "2 are as they were."


def test_each_fault_is_told_with_its_row_and_nothing_is_kept(desk, file):
    text = HEAD + (
        "HR100,,4120,Materials,,,100\n"
        "HR200,Voids,4120,,,,-5\n"
        "HR200,,4130,Paint,,nobody,100\n"
        "HR200,,4130,Paint,,,100\n"
        "HR200,,4140,Doors,,,lots\n"
    )
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.load, NewLoad(file(text), 2026))
    told = [(each.field, each.message) for each in refused.value.errors]
    assert [field for field, _ in told] == [
        "rows.2.cost_centre",
        "rows.3.original",
        "rows.4.holder",
        "rows.5.subjective",
        "rows.6.original",
    ]
    assert "HR200 4130 is in row 4 too" in told[3][1]
    assert listed(desk) == []


def test_loaded_again_it_is_a_revision_and_a_virement_is_not_undone_by_it(desk, colleague, file):
    """£10,000.00 and £250.50; £100.00 goes from the first to the second; then the file has £11,000.00 for the first."""
    desk.do(purchasing.limit, colleague.officer.id)
    desk.do(commands.load, NewLoad(file(GOOD), 2026))
    one, two = (row.budget_id for row in desk.ask(queries.budgets, BudgetFilter(2026)).rows)
    lines = ((one, Money(-100_00)), (two, Money(100_00)))
    desk.do(moves.ask, NewMove("move:1", moves.BudgetMoveKind.VIREMENT, 2026, "Paint", lines))
    colleague.do(approvals.approve, [desk.ask(queries.changes, 2026)[0].request_id])
    again = NewLoad(file(GOOD.replace("10,000", "11,000")), 2026, "The council's revised budget")
    assert desk.do(commands.load, again).told == ("A revision of 1 code waits for a second officer. 1 is as it was.")
    assert listed(desk)[0][-1] == Money(9_900_00)
    with pytest.raises(UserErrors, match="A change of HR100 4120 waits for a second officer already"):
        desk.do(commands.load, replace(again, file=file(GOOD.replace("10,000", "12,000"))))
    colleague.do(approvals.approve, [desk.ask(queries.changes, 2026)[0].request_id])
    assert [each[-1] for each in listed(desk)] == [Money(10_900_00), Money(350_50)]
    assert desk.do(commands.load, again).told == "2 are as they were."


def test_the_empty_workbook_is_one_that_can_be_read(desk, tmp_path):
    path = tmp_path / "Budgets.xlsx"
    jobs.FILES.write_template(desk, path)
    assert jobs.FILES.read_file(desk, path).rows == ()
    assert desk.ask(checking.check, NewLoad(jobs.FILES.read_file(desk, path), 2026)).mistakes[0].message == (
        "The file has no budgets."
    )
