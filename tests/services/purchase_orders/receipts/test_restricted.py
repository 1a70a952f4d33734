"""Works in the home of a restricted record: lists say nothing of them, and only those named receive, invoice and open them."""

from datetime import date

import pytest

from app.models.access import RestrictedReader, RestrictedRecord
from app.models.purchase_orders.orders import WorksOrder
from app.models.values import OrderKind, Subject
from app.services.core import access
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices import queries as invoice_queries
from app.services.purchase_orders.receipts import commands, queries
from app.services.purchase_orders.receipts.dto import AwaitedFilter, AwaitedSort, NewReceipt
from tests.factories import invoices, lettings, purchasing
from tests.prepared import prepared


@prepared
def shut(desk, colleague):
    """Open works of £100.00 in a home that only the colleague may open: (order, line, version, invoice)."""

    def make(ctx):
        let = lettings.letting(ctx, reference="70 0001")
        code, supplier = purchasing.budget(ctx), purchasing.supplier(ctx).id
        columns = {"kind": OrderKind.WORKS, "title": "Leak under the sink", "made_by": desk.officer.id}
        order = purchasing.order(ctx, (10, 10, {code: 100_00}), supplier_id=supplier, **columns)
        days = {"reported_on": date(2026, 11, 16), "target_on": date(2026, 12, 14)}
        about = {"property_id": let.tenancy.property_id, "account_id": let.account.id}
        ctx.session.add(WorksOrder(order_id=order.id, trade="Plumbing", priority="routine", **about, **days))
        (line,) = purchasing.lines(ctx, order.id)
        logged = invoices.log(ctx, supplier, invoices.line(1, 10, line.id), order_id=order.id)
        who = {"restricted_by": ctx.officer.id, "restricted_at": ctx.clock.now()}
        record = RestrictedRecord(subject=Subject.ACCOUNT, subject_id=let.account.id, reason="Made up", **who)
        ctx.session.add(record)
        ctx.session.flush()
        ctx.session.add(RestrictedReader(restricted_id=record.id, officer_id=colleague.officer.id))
        return order.id, line.id, order.version, logged.invoice_id

    return colleague.do(make)


def test_lists_say_nothing_and_words_find_nothing_for_those_it_is_shut_to(desk, colleague, shut):
    for asking in (desk, colleague):
        (row,) = asking.ask(queries.rows, (shut[1],))
        assert (row.title, row.description) == (access.RESTRICTED_NAME, access.RESTRICTED_NAME)
        assert asking.ask(invoice_queries.orders_by, "PO 1")[0].title == access.RESTRICTED_NAME
    leak = (AwaitedFilter("leak"), AwaitedSort.ORDER)
    assert not desk.ask(queries.ids, *leak, descending=False)
    assert list(colleague.ask(queries.ids, *leak, descending=False)) == [shut[1]]


def test_only_those_named_open_and_receive_them(desk, colleague, shut):
    order, _, version, invoice = shut
    for ask in ((queries.form, order), (queries.of_order, order), (invoice_queries.detail, invoice)):
        with pytest.raises(UserError, match="restricted record"):
            desk.ask(*ask)
    with pytest.raises(UserError, match="restricted record"):
        desk.ask(access.open_subject, Subject.SUPPLIER_INVOICE, invoice)
    with pytest.raises(UserError, match="restricted record"):
        desk.do(commands.receive, NewReceipt("r", order, version, date(2026, 11, 20)))
    got = colleague.do(commands.receive, NewReceipt("r", order, version, date(2026, 11, 20)))
    with pytest.raises(UserError, match="restricted record"):
        desk.ask(access.open_subject, Subject.GOODS_RECEIPT, got.receipt_id)
    assert colleague.ask(invoice_queries.detail, invoice).row.order_number == "PO00001"
    owed = desk.ask(queries.accruals, date(2026, 11, 21))
    assert [(row.description, row.amount.pence) for row in owed.rows] == [(access.RESTRICTED_NAME, 100_00)]
