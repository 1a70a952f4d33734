"""Lines on a wrong code are found, and moved with a second officer; the book says the same before and after."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit
from app.models.values import FinanceFileKind, InvoiceKind, InvoiceState, Money, Subject, TransferState
from app.services.approvals import commands as approvals
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.coding import commands, queries
from app.services.purchase_orders.coding.dto import CodingRuleRow, NewTransfer
from app.services.purchase_orders.finance.handing import commands as handing
from app.services.purchase_orders.finance.handing import queries as handed
from tests.factories import purchasing
from tests.prepared import prepared

FROM, TO = date(2026, 11, 1), date(2026, 11, 30)
NEW = CodingRuleRow(0, 0, None, "", None, "", "boiler", "", "4130", "heating has a code of its own")


@prepared
def colleague(colleague):
    """A second officer who may approve what is spent."""
    colleague.do(purchasing.order_limit)
    return colleague


@prepared
def spent(desk, colleague):
    """£300.00 on HR100 4120 by an approved invoice; (its share, that budget, that of HR100 4130)."""

    def steps(ctx):
        here, there = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        row = purchasing.invoice(ctx, {here: 300_00}, state=InvoiceState.APPROVED)
        ctx.session.scalars(select(InvoiceLine)).one().description = "Boiler service"
        budgets.spend(ctx, [(here, 300_00, purchasing.TODAY, "")], Subject.SUPPLIER_INVOICE, row.id)
        return ctx.session.scalars(select(InvoiceSplit.id)).one(), here, there

    return desk.do(steps)


def stands(desk, budget_id):
    return desk.ask(lambda ctx: purchasing.stands(ctx, budget_id)[2])


def asked(split, to_id, pence=300_00, key="transfer:1"):
    return NewTransfer(key, split, to_id, Money(pence), "It is a boiler")


def approve(colleague, desk):
    (row,) = desk.ask(queries.transfers, (TransferState.WAITING,))
    colleague.do(approvals.approve, [row.request_id])


def test_a_line_on_a_wrong_code_is_found_by_a_rule_and_moved_in_one_step(desk, colleague, spent):
    split, here, there = spent
    desk.do(commands.keep_rule, NEW)
    (found,) = desk.ask(queries.suspects, FROM, TO)
    assert (found.code, found.should, found.should_id, found.amount) == (
        "HR100 4120",
        "HR100 4130",
        there,
        Money(300_00),
    )
    made = desk.do(commands.transfer, asked(split, there))
    assert made.told == "JT00001 waits for a second officer."
    assert desk.ask(queries.suspects, FROM, TO)[0].waits == "JT00001"
    assert (stands(desk, here), stands(desk, there)) == (300_00, 0)
    approve(colleague, desk)
    assert (stands(desk, here), stands(desk, there)) == (0, 300_00)
    assert desk.ask(queries.suspects, FROM, TO) == ()
    (row,) = desk.ask(queries.transfers)
    assert (row.state, row.from_code, row.to_code) == (TransferState.POSTED, "HR100 4120", "HR100 4130")


def test_a_part_of_a_line_is_moved_and_the_rest_stays(desk, colleague, spent):
    """£120.00 of £300.00: £180.00 and £120.00."""
    split, here, there = spent
    desk.do(commands.transfer, asked(split, there, 120_00))
    approve(colleague, desk)
    assert (stands(desk, here), stands(desk, there)) == (180_00, 120_00)

    def shares(ctx):
        rows = ctx.session.scalars(select(InvoiceSplit).order_by(InvoiceSplit.place))
        return [(row.place, row.budget_id, row.pence) for row in rows]

    assert desk.ask(shares) == [(1, here, 180_00), (2, there, 120_00)]


def test_a_credit_note_moves_the_other_way(desk, colleague):
    """A credit of £50.00 leaves the code it was given to: £50.00 more are spent there, and £50.00 less on the other."""

    def steps(ctx):
        here, there = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        purchasing.invoice(ctx, {here: 50_00}, state=InvoiceState.APPROVED, kind=InvoiceKind.CREDIT_NOTE)
        budgets.spend(ctx, [(here, -50_00, purchasing.TODAY, "")], Subject.SUPPLIER_INVOICE, 1)
        return ctx.session.scalars(select(InvoiceSplit.id)).one(), here, there

    split, here, there = desk.do(steps)
    desk.do(commands.transfer, asked(split, there, 50_00))
    approve(colleague, desk)
    assert (stands(desk, here), stands(desk, there)) == (0, -50_00)


def test_the_same_asked_for_twice_is_one_and_nobody_approves_their_own(desk, colleague, spent):
    split, _here, there = spent
    first = desk.do(commands.transfer, asked(split, there))
    assert desk.do(commands.transfer, asked(split, there)) == first
    (row,) = desk.ask(queries.transfers)
    with pytest.raises(UserError):
        desk.do(approvals.approve, [row.request_id])
    with pytest.raises(UserError, match="JT00001 moves this line already"):
        desk.do(commands.transfer, asked(split, there, key="transfer:2"))
    colleague.do(approvals.refuse, [row.request_id], "It is right where it is")
    assert desk.ask(queries.transfers)[0].state is TransferState.REFUSED
    assert desk.do(commands.transfer, asked(split, there, key="transfer:3")).number == "JT00002"


@pytest.mark.parametrize(("pence", "said"), [(0, "can't be moved"), (300_01, "£300.00 stand on this code")])
def test_what_is_not_there_is_not_moved(desk, spent, pence, said):
    split, _here, there = spent
    with pytest.raises(UserError, match=said):
        desk.do(commands.transfer, asked(split, there, pence))


def test_a_code_of_another_year_and_the_same_code_are_refused(desk, spent):
    split, here, _there = spent
    last = desk.do(lambda ctx: purchasing.budget(ctx, year=2025))
    with pytest.raises(UserError, match="2025/26, and the line of 2026/27"):
        desk.do(commands.transfer, asked(split, last))
    with pytest.raises(UserError, match="on this code already"):
        desk.do(commands.transfer, asked(split, here))


def test_an_invoice_that_is_not_approved_has_its_code_changed_on_itself(desk, colleague):
    def steps(ctx):
        here, there = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        purchasing.invoice(ctx, {here: 50_00})
        return ctx.session.scalars(select(InvoiceSplit.id)).one(), there

    split, there = desk.do(steps)
    with pytest.raises(UserError, match="isn't approved"):
        desk.do(commands.transfer, asked(split, there, 50_00))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": " "}, "says nothing of the lines"),
        ({"subjective": ""}, "names no code"),
        ({"subjective": "9999"}, "no subjective code 9999"),
        ({"cost_centre": "XX"}, "no cost centre XX"),
        ({"words": "x" * 81}, "81 characters"),
        ({"reason": "4111 1111 1111 1111"}, "card"),
    ],
)
def test_a_rule_that_says_too_little_is_refused(desk, spent, changed, said):
    with pytest.raises(UserError, match=said):
        desk.do(commands.keep_rule, replace(NEW, **changed))


def test_a_rule_is_changed_by_its_version_and_put_out_of_use(desk, spent):
    desk.do(commands.keep_rule, NEW)
    (row,) = desk.ask(queries.rule_rows)
    desk.do(commands.keep_rule, replace(row, active=False))
    assert desk.ask(queries.suspects, FROM, TO) == ()
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_rule, row)


def test_an_approved_transfer_goes_to_the_finance_system_once_as_two_lines_that_come_to_nothing(desk, colleague, spent):
    split, _, there = spent
    desk.do(commands.transfer, asked(split, there, 120_00))
    kind = FinanceFileKind.TRANSFERS
    with pytest.raises(UserError, match="No transfers wait to be handed over"):
        desk.do(handing.hand, kind)
    approve(colleague, desk)
    made = desk.do(handing.hand, kind)
    assert (made.file_name, made.told) == ("transfers-00001.csv", "1 transfer is in transfers-00001.csv.")
    lines = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert [(row["Journal"], row["Cost centre"], row["Account"], row["Amount"]) for row in lines] == [
        ("JT00001", "HR100", "4120", "-120.00"),
        ("JT00001", "HR100", "4130", "120.00"),
    ]
    assert {(row["Date"], row["Narrative"], row["Approver"]) for row in lines} == {
        ("21/11/2026", "It is a boiler", "Test Colleague")
    }
    with pytest.raises(UserError, match="No transfers wait"):
        desk.do(handing.hand, kind)
    (item,) = desk.ask(handed.items, made.file_id)
    assert (item.number, item.what) == ("JT00001", "£120.00: It is a boiler")
