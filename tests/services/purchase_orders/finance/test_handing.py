"""Suppliers, requisitions and receipts go to the finance system once each; its replies are taken all or nothing."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import FinanceFileKind, InvoiceState, OrderState, ReceiptKind
from app.services.core.errors import UserError
from app.services.purchase_orders.finance.handing import commands, queries, reading, replies
from tests.factories import purchasing
from tests.prepared import prepared

SUPPLIERS, REQUISITIONS, RECEIPTS = FinanceFileKind.SUPPLIERS, FinanceFileKind.REQUISITIONS, FinanceFileKind.RECEIPTS


@prepared
def bought(desk):
    """An order of 10 at £10.00 over two codes (£40.00 and £60.00), 4 of it received, and an approved invoice."""

    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        order = purchasing.order(ctx, (10, 10, {one: 40_00, two: 60_00}), title="Paint")
        line = purchasing.lines(ctx, order.id)[0]
        receipt = GoodsReceipt(
            entry_key="receipt:1",
            number=1,
            order_id=order.id,
            order_version=1,
            kind=ReceiptKind.RECEIVED,
            received_on=date(2026, 11, 9),
            received_by=ctx.officer.id,
            made_at=ctx.clock.now(),
        )
        ctx.session.add(receipt)
        ctx.session.flush()
        ctx.session.add(GoodsReceiptLine(receipt_id=receipt.id, line_id=line.id, quantity=4_000, pence=40_00))
        purchasing.invoice(ctx, {one: 40_00}, supplier_id=order.supplier_id, state=InvoiceState.APPROVED)

    desk.do(steps)


@pytest.fixture
def take(desk, tmp_path):
    def of(text, name="replies.csv"):
        path = tmp_path / name
        path.write_text("Our reference,Number,Paid on,Status,Reason\n" + text, encoding="utf-8")
        return desk.do(replies.take, reading.read(path))

    return of


def table(made):
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))


def counts(desk):
    return {each.kind: each.count for each in desk.ask(queries.to_hand)}


def test_what_is_new_goes_once_and_what_changed_goes_again(desk, bought):
    assert counts(desk) == {SUPPLIERS: 1, REQUISITIONS: 1, RECEIPTS: 1, FinanceFileKind.TRANSFERS: 0}
    made = desk.do(commands.hand, SUPPLIERS)
    assert (made.count, made.file_name, made.told) == (
        1,
        "suppliers-00001.csv",
        "1 supplier is in suppliers-00001.csv.",
    )
    assert table(made)[0]["Supplier number"] == "S00001"
    assert "sort" not in made.content.decode("utf-8-sig").casefold()
    with pytest.raises(UserError, match="No suppliers wait"):
        desk.do(commands.hand, SUPPLIERS)
    desk.do(lambda ctx: setattr(ctx.session.scalars(select(Supplier)).one(), "phone", "01632 960999"))
    assert counts(desk)[SUPPLIERS] == 1
    assert desk.ask(queries.content, made.file_id) == made.content


def test_a_requisition_has_a_row_for_each_share_of_each_line(desk, bought):
    rows = table(desk.do(commands.hand, REQUISITIONS))
    assert [(row["Requisition"], row["Order"], row["Account"], row["Amount"]) for row in rows] == [
        ("RQ00001", "PO00001", "4120", "40.00"),
        ("RQ00001", "PO00001", "4130", "60.00"),
    ]
    assert (rows[0]["Quantity"], rows[0]["Price"], rows[0]["Net"]) == ("10", "10.00", "100.00")


def test_a_receipt_says_what_came_at_the_order_s_price(desk, bought):
    (row,) = table(desk.do(commands.hand, RECEIPTS))
    assert (row["Receipt"], row["Movement"], row["Quantity"], row["Amount"]) == ("GR00001", "received", "4", "40.00")
    assert row["Date received"] == "09/11/2026"


def test_no_file_of_another_kind_is_made_here(desk, bought):
    with pytest.raises(UserError, match="No file of this kind"):
        desk.do(commands.hand, FinanceFileKind.PAYMENTS)


def test_replies_number_orders_and_suppliers_pay_invoices_and_tell_what_was_rejected(desk, bought, take):
    for kind in (SUPPLIERS, REQUISITIONS, RECEIPTS):
        desk.do(commands.hand, kind)
    done = take(
        "s1,V100,,,\nRQ-00001,45001,,created,\nGR00001,,,error,Order line closed\nIN 00001,P9,12/11/2026,paid,\n"
    )
    assert done.told == "2 numbered, 1 paid, 1 rejected."

    def stands(ctx):
        invoice = ctx.session.scalars(select(SupplierInvoice)).one()
        return (
            ctx.session.scalars(select(Supplier.finance_reference)).one(),
            ctx.session.scalars(select(PurchaseOrder.finance_number)).one(),
            (invoice.state, invoice.paid_on),
            ctx.session.scalars(select(Task.title).where(Task.kind == "finance_rejected")).all(),
        )

    assert desk.ask(stands) == (
        "V100",
        "45001",
        (InvoiceState.PAID, date(2026, 11, 12)),
        ["The finance system rejected 1 of replies.csv"],
    )
    assert counts(desk)[SUPPLIERS] == 0
    receipts = next(row for row in desk.ask(queries.files) if row.kind is RECEIPTS)
    assert (receipts.answered, receipts.rejected) == (1, 1)
    (item,) = desk.ask(queries.items, receipts.file_id)
    assert (item.number, item.what, item.answer, item.rejected) == ("GR00001", "Paint", "Order line closed", True)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("XX1,1,,,\n", "Row 2: Nothing of ours is called XX1"),
        ("PO00099,1,,,\n", "Row 2: Nothing of ours is called PO00099"),
        ("PO00001,,,,\n", "Row 2: It says nothing of it"),
        ("PO00001,,,rejected,\n", "Row 2: It is rejected without a reason"),
        ("PO00001,1,,perhaps,\n", "'perhaps' is not known here"),
        ("IN00001,1,31/02/2026,,\n", "Row 2"),
    ],
)
def test_a_row_that_makes_no_sense_refuses_the_file_and_nothing_is_done(desk, bought, take, row, said):
    with pytest.raises(UserError) as refused:
        take(row + "S1,V100,,,\n")
    assert said in str(refused.value)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Supplier.finance_reference)).one()) == ""


def test_an_invoice_that_nobody_approved_is_not_paid(desk, bought, take):
    desk.do(lambda ctx: setattr(ctx.session.scalars(select(SupplierInvoice)).one(), "state", InvoiceState.LOGGED))
    with pytest.raises(UserError, match="IN00001 is logged here"):
        take("IN00001,P9,12/11/2026,paid,\n")


def test_a_day_to_come_is_a_mistake_of_its_row(desk, bought, take):
    """The clock of the desk is of 21 November 2026."""
    with pytest.raises(UserError, match="IN00001: 22 Nov 2026 is to come"):
        take("IN00001,P9,22/11/2026,paid,\n")


def test_the_same_file_is_taken_once(desk, bought, take):
    take("S1,V100,,,\n")
    with pytest.raises(UserError, match="taken already, as file 1"):
        take("S1,V100,,,\n")


def test_an_order_that_closed_before_it_was_handed_over_still_is(desk, bought):
    desk.do(lambda ctx: setattr(ctx.session.scalars(select(PurchaseOrder)).one(), "state", OrderState.CLOSED))
    assert counts(desk)[REQUISITIONS] == 1
