"""What was tampered with is found: kept sums, the book, and the documents, each held against the others."""

import shutil
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text

from app.models.purchase_orders.budgets import BudgetEntry
from app.models.values import Subject
from app.services.core.database import database_url
from app.services.core.session import Database
from app.services.ledger import checks
from app.services.purchase_orders.budgets import keeping, reconciling
from tests.factories import purchasing
from tests.prepared import prepared

KINDS = select(BudgetEntry.kind, func.sum(BudgetEntry.pence)).group_by(BudgetEntry.kind)


@prepared
def bought(desk):
    """An order of £50.00 on one code."""

    def made(ctx):
        return purchasing.order(ctx, (1, 50, {purchasing.budget(ctx): 50_00})).id

    return desk.do(made)


def faults(desk, sql=""):
    """What the check finds after a statement by hand."""

    def run(ctx):
        if sql:
            ctx.session.execute(text(sql))
        return list(reconciling.check(ctx))

    return desk.do(run)


def test_a_book_that_is_whole_has_no_fault(desk, bought):
    assert faults(desk) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "UPDATE budget SET commitment_pence = 1",
            "Budget HR100 4120 of 2026/27, ordered: it keeps £0.01, but its book comes to £50.00.",
        ),
        (
            "UPDATE order_line SET received_thousandths = 1000",
            "Budget HR100 4120 of 2026/27, received, line 1 of an order: the book has £0.00, the order £50.00.",
        ),
        ("UPDATE order_split SET pence = 4999", "Line 1 of order 1: its codes bear £49.99, and it costs £50.00."),
        ("DELETE FROM order_split", "Line 1 of order 1: its codes bear £0.00, and it costs £50.00."),
        ("UPDATE supplier SET number = 7", "Numbers have a gap: the last is Supplier S00007, but there are 1 of them."),
    ],
)
def test_what_was_changed_by_hand_is_named(desk, bought, sql, words):
    assert words in faults(desk, sql)


def test_what_is_booked_as_spent_without_an_invoice_is_named(desk, bought):
    spend = (keeping.spend, [(1, 5_00, purchasing.TODAY, "")], Subject.SUPPLIER_INVOICE, 1)
    desk.do(*spend)
    assert faults(desk) == [
        "Budget HR100 4120 of 2026/27, spent: it has £5.00 in its book, but the documents come to £0.00."
    ]


def test_the_database_refuses_to_change_the_book_and_says_where_it_would_not(desk, bought):
    assert desk.ask(lambda ctx: list(checks.guards(ctx))) == []
    desk.do(lambda ctx: ctx.session.execute(text("DROP TRIGGER budget_entry_no_delete")) and None)
    assert desk.ask(lambda ctx: list(checks.guards(ctx))) == [
        "The database let DELETE through on the table budget_entry: its guard is missing."
    ]


def test_what_the_commands_of_purchasing_did_at_the_made_up_landlord_is_whole(demonstration, tmp_path):
    """Orders approved, received, amended, cancelled and invoiced there by their own commands, and none of it by hand."""
    opened = Database(database_url(shutil.copy(demonstration, tmp_path / "landlord.db")))
    with opened.session() as session:
        ctx = SimpleNamespace(session=session)
        assert list(reconciling.check(ctx)) == []
        assert {kind for kind, pence in session.execute(KINDS) if pence} >= {"commitment", "accrual", "actual"}
    opened.close()
