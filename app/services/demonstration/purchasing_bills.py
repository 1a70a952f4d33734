"""What suppliers of the made-up landlord charge: invoices matched or disputed, a credit note, and a run that pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import DisputeReason, InvoiceKind, InvoiceState, Money, PaidBy
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.demonstration.purchasing_plan import Bought, Come
from app.services.purchase_orders.budgets.rules import first_day, year_of
from app.services.purchase_orders.invoices import commands as invoices
from app.services.purchase_orders.invoices.disputes import commands as disputes
from app.services.purchase_orders.invoices.dto import NewDispute, NewInvoice
from app.services.purchase_orders.payments import commands as paying
from app.services.purchase_orders.payments import queries as payments
from app.services.purchase_orders.payments.dto import AskRun, RunQuestion


@dataclass(frozen=True, slots=True)
class Buyers:
    """Who acts: whoever orders, receives and logs, approves, and approves payments."""

    asker: Context
    receiver: Context
    approver: Context
    payer: Context

    def days_ago(self, ago: int) -> Buyers:
        """The same so many days ago, at most as far as the financial year began."""
        today = self.asker.clock.today()
        return self.on(max(first_day(year_of(today)), today - timedelta(days=ago)))

    def on(self, day: date) -> Buyers:
        """The same on a day."""
        clock = FixedClock(day)
        return Buyers(*(replace(each, clock=clock) for each in (self.asker, self.receiver, self.approver, self.payer)))


def log_invoice(office: Buyers, shown: Bought, order_id: int, key: str) -> None:
    """The invoice of all that came: matched and approved, or above the price and disputed."""
    ctx = office.receiver
    row = ctx.session.get_one(PurchaseOrder, order_id)
    assert row.supplier_id is not None
    today = ctx.clock.today()
    net, vat = Money(row.net_pence), Money(row.vat_pence)
    if shown.come is Come.DISPUTED:
        net, vat = Money(row.net_pence * 11 // 10), Money(row.vat_pence * 11 // 10)
    new = NewInvoice(
        key,
        row.supplier_id,
        f"INV-{row.id + 500}",
        today,
        today,
        net,
        vat,
        order_id=order_id,
        order_quoted=str(row.number),
    )
    logged = invoices.log(ctx, new)
    invoice = ctx.session.get_one(SupplierInvoice, logged.invoice_id)
    invoices.take_lines(ctx, invoice.id, invoice.version)
    if shown.come is Come.DISPUTED:
        words = "Each valve is charged at more than was ordered"
        told = NewDispute(
            logged.invoice_id, DisputeReason.PRICE, words, today, today, "Telephoned their accounts office"
        )
        disputes.dispute(ctx, told)
    elif shown.come is Come.PAYABLE:
        asked = invoices.ask(ctx, logged.invoice_id)
        assert asked.request_id is not None
        approvals.approve(office.approver, [asked.request_id])


def log_credit(office: Buyers) -> None:
    """A credit note for a part of the first invoice that was approved, yet to be matched."""
    ctx = office.receiver
    approved = select(SupplierInvoice).where(SupplierInvoice.state == InvoiceState.APPROVED)
    row = ctx.session.scalars(approved.order_by(SupplierInvoice.id).limit(1)).one()
    today = ctx.clock.today()
    net = Money(row.net_pence // 10)
    new = NewInvoice(
        "demonstration:credit",
        row.supplier_id,
        f"CN-{row.id}",
        today,
        today,
        net,
        Money(net.pence // 5),
        kind=InvoiceKind.CREDIT_NOTE,
        order_id=row.order_id,
        credits_id=row.id,
        note="One box came open",
    )
    invoices.log(ctx, new)


def ask_run(office: Buyers) -> None:
    """A run by the finance system of what falls due in the next two weeks; it waits for whoever approves it."""
    ctx = office.receiver
    form = payments.form(ctx)
    question = RunQuestion(form.today + timedelta(days=14), form.pay_on, PaidBy.FINANCE)
    found = payments.preview(ctx, question)
    if found.count:
        paying.ask(ctx, AskRun(question, found.count, found.total, "demonstration:run"))
