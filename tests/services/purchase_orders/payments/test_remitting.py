"""Remittance advices: by e-mail or by post, with what is paid and deducted, once each unless asked again."""

import pytest
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.values import InvoiceKind, Subject
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import commands, jobs, queries, remitting
from tests.factories import purchasing
from tests.services.purchase_orders.payments.conftest import bank, made, owed


def two(ctx):
    """A builder with CIS and retention who reads e-mails, with a credit note; and a printer who gets letters."""
    builder = purchasing.supplier(ctx, "Sample Builders", remittance_email="pay@example.com", contact="Accounts").id
    printer = purchasing.supplier(ctx, "Sample Printers").id
    bank(ctx, builder)
    bank(ctx, printer, "66374966")
    owed(ctx, builder, 1_000, cis_pence=120_00, retention_pence=50_00, supplier_number="A|417")
    owed(ctx, builder, 100, kind=InvoiceKind.CREDIT_NOTE, supplier_number="C1")
    owed(ctx, printer, 30)


def went_out(ctx):
    rows = select(Outgoing).where(Outgoing.subject == Subject.SUPPLIER.value).order_by(Outgoing.id)
    return [(row.channel, row.addressee, row.address, row.body) for row in ctx.session.scalars(rows)]


def test_each_supplier_is_told_what_is_paid(desk, office):
    desk.do(two)
    run = made(desk, office)
    ids = desk.ask(remitting.waiting, run.run_id)
    with pytest.raises(UserError, match="isn't marked as sent"):
        desk.do(remitting.remit, ids)
    desk.do(commands.mark_sent, run.run_id, "4711")
    done = jobs.remit_all(desk, run.run_id)
    assert done.told == "2 remittance advices made: 1 by e-mail, 1 by post."
    (email, to, where, body), letter = sorted(desk.ask(went_out))
    assert (email, to, where) == ("email", "Sample Builders", "pay@example.com")
    assert "Invoice A 417 of 2 November 2026 | £1,000.00" in body
    assert "CIS deducted from A 417 | less £120.00" in body
    assert "Retention kept back from A 417 | less £50.00" in body
    assert "Credit note C1 of 2 November 2026 | less £100.00" in body
    assert "Total paid | £730.00" in body
    assert letter[:2] == ("letter", "Sample Printers")
    found = desk.ask(queries.detail, run.run_id)
    assert (found.remitted, [each.remittance for each in found.payments]) == (
        2,
        ["E-mail, to be sent", "Letter, to be sent"],
    )
    assert jobs.remit_all(desk, run.run_id).made == 0
    again = desk.do(remitting.again, ids[0])
    assert (again.made, len(desk.ask(went_out))) == (1, 3)


def test_who_cannot_be_reached_is_told_and_the_others_are_sent(desk, office):
    def unreachable(ctx):
        two(ctx)
        nowhere = purchasing.supplier(ctx, "Sample Nowhere", address="").id
        bank(ctx, nowhere, "66374974")
        owed(ctx, nowhere, 10)

    desk.do(unreachable)
    run = made(desk, office)
    desk.do(commands.mark_sent, run.run_id, "4711")
    done = jobs.remit_all(desk, run.run_id)
    assert (done.made, done.failed) == (2, ("Sample Nowhere: No address to post to.",))
    assert len(desk.ask(remitting.waiting, run.run_id)) == 1
