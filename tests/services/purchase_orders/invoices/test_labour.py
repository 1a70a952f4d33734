"""Labour under CIS: what is typed stays, what the order's lines say follows them, and nothing moves once it is asked for."""

from dataclasses import replace

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import CisStatus, DisputeReason, Money
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices import commands, queries
from app.services.purchase_orders.invoices.disputes import commands as disputes
from app.services.purchase_orders.invoices.dto import ChangedInvoice, NewDispute
from tests.factories import invoices, purchasing
from tests.factories.purchasing import TODAY

line = invoices.line


def registered(ctx, bought, status=CisStatus.REGISTERED):
    """The supplier's status under CIS."""
    ctx.session.get(Supplier, bought.supplier).cis = status
    ctx.session.flush()


def sums(ctx, invoice_id):
    """(labour, deducted) in pence."""
    row = ctx.session.get(SupplierInvoice, invoice_id)
    return row.labour_pence, row.cis_pence


def take(ctx, logged):
    """Take the order's lines over."""
    commands.take_lines(ctx, logged.invoice_id, ctx.session.get(SupplierInvoice, logged.invoice_id).version)
    return sums(ctx, logged.invoice_id)


def test_labour_that_is_typed_stays_and_that_of_the_orders_lines_follows_them(desk, bought):
    """£60.00 typed, 20 %: £12.00. Of the lines' own: £100.00 and £20.00, once a change brings them."""

    def steps(ctx):
        registered(ctx, bought)
        typed = invoices.log(
            ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order, labour=Money(60_00)
        )
        assert take(ctx, typed) == (60_00, 12_00)
        for each in purchasing.lines(ctx, bought.order):
            each.labour = True
        more = {"number": "L-2", "net": Money(100_00), "vat": Money(20_00), "duplicates_why": "Another"}
        bare = invoices.log(ctx, bought.supplier, order_id=bought.order, **more)
        found = queries.detail(ctx, bare.invoice_id)
        new = invoices.new(bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order, number="L-2")
        commands.change(ctx, ChangedInvoice(bare.invoice_id, found.row.version, new))
        assert sums(ctx, bare.invoice_id) == (100_00, 20_00)

    desk.do(steps)


def test_what_is_deducted_stands_once_it_is_asked_for(desk, bought, approve):
    """£20.00 of £100.00 by a registered one; not registered since, a request is overtaken, and an approved one stays."""

    def asked(ctx):
        registered(ctx, bought)
        more = {"order_id": bought.order, "labour": Money(100_00)}
        return commands.ask(ctx, invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), **more).invoice_id)

    waits = desk.do(asked)
    desk.do(registered, bought, CisStatus.UNREGISTERED)
    assert "CIS was '£20.00' when this was asked; it is '£30.00' now" in approve(waits)
    desk.do(registered, bought)
    assert approve(waits) == ""
    desk.do(registered, bought, CisStatus.UNREGISTERED)
    desk.do(disputes.dispute, NewDispute(waits.invoice_id, DisputeReason.PRICE, "Too much", TODAY, TODAY, "Telephone"))
    assert desk.do(sums, waits.invoice_id) == (100_00, 20_00)
    shown = desk.ask(queries.detail, waits.invoice_id).cis
    assert shown.words == "£20.00 of labour £100.00 for HMRC, by the supplier's status when it was asked for."


def test_construction_without_labour_is_warned_of(desk, bought):
    def steps(ctx):
        registered(ctx, bought, CisStatus.UNREGISTERED)
        repairs = purchasing.category(ctx, "repairs")
        return invoices.log(ctx, bought.supplier, line(1, 10), category_id=repairs).warnings

    assert "(not registered), and no labour is given: nothing is deducted." in desk.do(steps)[0]


def test_what_is_kept_back_and_deducted_is_no_more_than_there_is_and_a_card_is_refused_by_a_change(desk, bought):
    """£20.00 of £100.00 go to HMRC: £90.00 can't be kept back besides, £80.00 can."""

    def steps(ctx):
        registered(ctx, bought)
        more = {"order_id": bought.order, "labour": Money(100_00), "retention_on": TODAY}
        new = invoices.new(bought.supplier, line(10, 10, bought.lines[0]), retention=Money(80_00), **more)
        logged = commands.log(ctx, new)
        version = ctx.session.get(SupplierInvoice, logged.invoice_id).version
        wrong = ChangedInvoice(logged.invoice_id, version, replace(new, duplicates_why="4111 1111 1111 1111"))
        with pytest.raises(UserError, match="card number"):
            commands.change(ctx, wrong)
        with pytest.raises(UserError, match=r"£90\.00 kept back and £20\.00 of CIS are more than £100\.00"):
            commands.change(ctx, ChangedInvoice(logged.invoice_id, version, replace(new, retention=Money(90_00))))

    desk.do(steps)
