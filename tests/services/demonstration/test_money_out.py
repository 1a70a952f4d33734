"""What the made-up landlord buys and pays, and what it collects by Direct Debit: something in every state, and sound."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.runs import DebitRun
from app.models.purchase_orders.budgets import Budget, BudgetEntry
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.payments import SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierBank, SupplierContract
from app.models.values import (
    BudgetKind,
    DebitCaseKind,
    DebitCaseState,
    DetailState,
    InvoiceKind,
    InvoiceState,
    MandateState,
    OrderState,
    ReportItemState,
    Verdict,
)
from app.services.purchase_orders.payments import queries as payments
from tests.services.demonstration.conftest import TODAY


def test_the_landlord_buys_in_every_state_and_its_codes_are_sound(begun):
    def look(ctx):
        book = select(func.sum(BudgetEntry.pence)).where(BudgetEntry.kind == BudgetKind.COMMITMENT)
        return (
            set(ctx.session.scalars(select(PurchaseOrder.state))),
            ctx.session.scalar(book) == ctx.session.scalar(select(func.sum(Budget.commitment_pence))),
            [ctx.session.scalar(select(func.count()).select_from(each)) for each in (Supplier, InvoiceDispute)],
            ctx.session.scalar(select(func.count()).where(SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE)),
        )

    states, sound, counts, credited = begun.ask(look)
    assert states == set(OrderState) - {OrderState.WITHDRAWN}
    assert sound
    assert counts == [10, 1]
    assert credited == 1


def test_suppliers_are_paid_some_late_and_one_run_is_sent_and_one_waits(begun):
    def look(ctx):
        paid = ctx.session.scalars(select(SupplierInvoice).where(SupplierInvoice.state == InvoiceState.PAID)).all()
        return (
            list(ctx.session.scalars(select(SupplierRun.state).order_by(SupplierRun.number))),
            sum(row.paid_on > row.pay_by_on for row in paid),
            len(paid),
            Counter(ctx.session.scalars(select(SupplierBank.state))),
            {row.ends_on < TODAY for row in ctx.session.scalars(select(SupplierContract))},
        )

    runs, late, paid, banks, over = begun.ask(look)
    assert runs == ["paid", "sent", "waiting"]
    assert (late, paid) == (1, 3)
    assert banks == {DetailState.IN_FORCE: 8, DetailState.PROPOSED: 1}
    assert over == {True, False}


def test_what_was_paid_late_is_owed_interest_by_a_rate_that_is_known(begun):
    (owed,) = begun.ask(payments.late_payments, date(2025, 1, 1), TODAY)
    assert owed.interest.pence > 0


def test_every_account_at_a_bank_passes_the_published_check(begun):
    def verdicts(ctx):
        return {*ctx.session.scalars(select(SupplierBank.verdict)), *ctx.session.scalars(select(MandateBank.verdict))}

    assert begun.ask(verdicts) == {Verdict.VALID}


def test_a_month_of_direct_debits_was_collected_returned_in_part_and_claimed(begun):
    def look(ctx):
        return (
            [(row.kind, row.state) for row in ctx.session.scalars(select(DebitRun).order_by(DebitRun.number))],
            Counter(ctx.session.scalars(select(BankReportItem.state).where(BankReportItem.run_id.is_(None)))),
            set(ctx.session.scalars(select(DebitCase.kind).where(DebitCase.state == DebitCaseState.OPEN))),
            set(ctx.session.scalars(select(Mandate.state))),
        )

    runs, items, cases, mandates = begun.ask(look)
    assert runs == [("collection", "posted"), ("lodgement", "matched")]
    assert items == {ReportItemState.APPLIED: 2, ReportItemState.PROPOSED: 1, ReportItemState.UNMATCHED: 1}
    assert cases == {DebitCaseKind.INDEMNITY, DebitCaseKind.BANK_QUERY}
    assert mandates == set(MandateState)
