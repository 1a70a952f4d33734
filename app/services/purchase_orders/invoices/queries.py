"""Invoices as they are listed and opened, and what the log sheet begins with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.purchase_orders.invoices import InvoiceAccepted, InvoiceDispute, SupplierInvoice
from app.models.values import BlockScope, InvoiceKind, InvoiceState, Money, Subject
from app.services.approvals.dto import RequestRow
from app.services.approvals.queries import about
from app.services.core import access
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.core.records import record
from app.services.purchase_orders.invoices import copies, gathering, keeping, listing, requests
from app.services.purchase_orders.invoices.disputes import telling
from app.services.purchase_orders.invoices.dto import (
    Act,
    DisputeRow,
    InvoiceDetail,
    InvoiceStep,
    Match,
    NewInvoice,
    Suspect,
)
from app.services.purchase_orders.invoices.entering import KINDS
from app.services.purchase_orders.invoices.finding import from_post, orders_by
from app.services.purchase_orders.invoices.listing import ids, rows, totals, totals_of, view_counts
from app.services.purchase_orders.invoices.meters.readings import of_invoice
from app.services.purchase_orders.invoices.rules import clock as clocks
from app.services.purchase_orders.invoices.rules.clock import Stand
from app.services.purchase_orders.invoices.subcontractors import cis_return
from app.services.purchase_orders.payments import crediting
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt

_BOOKED: Final = frozenset({InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID})
__all__ = [
    "cis_return",
    "detail",
    "from_post",
    "ids",
    "match",
    "orders_by",
    "rows",
    "suspects",
    "totals",
    "totals_of",
    "view_counts",
]


def match(ctx: Context, invoice_id: int) -> Match:
    """An invoice beside its order and what came.

    Raises:
        UserError: there is none, or its order is about an account that the officer may not open.
    """
    return gathering.match(ctx, _opened(ctx, invoice_id))


def suspects(ctx: Context, new: NewInvoice) -> tuple[Suspect, ...]:
    """What an invoice that isn't logged yet may be a copy of; one that is `exact` will be refused."""
    return copies.of_new(ctx, new)


def detail(ctx: Context, invoice_id: int) -> InvoiceDetail:
    """An invoice whole: the match, its time to pay, disputes, CIS, history, and what this officer may do next.

    Raises:
        UserError: there is none, or its order is about an account that the officer may not open.
    """
    row = _opened(ctx, invoice_id)
    matched = gathering.match(ctx, row)
    stood = keeping.disputes(ctx, [row.id])[row.id]
    why = requests.why_not(ctx, row, matched) if row.state is InvoiceState.LOGGED else ""
    asked = about(ctx, Subject.SUPPLIER_INVOICE, row.id)
    notes = gathering.credited_by(ctx, row.id)
    credited = ctx.session.get(SupplierInvoice, row.credits_id) if row.credits_id else None
    item = ctx.session.get(PostItem, row.post_item_id) if row.post_item_id else None
    return InvoiceDetail(
        row=listing.rows(ctx, [row.id])[0],
        clock=keeping.clock(ctx, row),
        match=matched,
        cis=keeping.cis_kept(ctx, row),
        disputes=_disputes(ctx, row, stood),
        suspects=copies.of_invoice(ctx, row),
        readings=of_invoice(ctx, row.id),
        history=_history(ctx, row, stood, asked),
        acts=_acts(ctx, row, stood, why, asked),
        why_not=why,
        note=row.note,
        due_on=row.due_on,
        category_id=row.category_id,
        credits_id=row.credits_id,
        credits=keeping.number(credited) if credited else "",
        credited_by=tuple((each.id, keeping.number(each), Money(each.gross_pence)) for each in notes),
        post_item_id=row.post_item_id,
        post_item=f"{item.year}/{item.number:04}" if item else "",
        request_id=row.request_id,
        labour=Money(row.labour_pence),
        finance_reference=row.finance_reference,
        settled_why=row.settled_why,
        blocked=_blocked(ctx, row.supplier_id),
        retention_why=row.retention_why,
    )


def _opened(ctx: Context, invoice_id: int) -> SupplierInvoice:
    row = record(ctx, SupplierInvoice, invoice_id, "invoice")
    if row.order_id is not None:
        access.open_subject(ctx, Subject.PURCHASE_ORDER, row.order_id)
    return row


def _blocked(ctx: Context, supplier_id: int) -> str:
    today = ctx.clock.today()
    for scope in (BlockScope.INVOICES, BlockScope.PAYMENTS):
        found = suppliers.blocked(ctx, (supplier_id,), scope, today)
        if found:
            return found[supplier_id]
    return ""


def _disputes(ctx: Context, row: SupplierInvoice, stood: Sequence[InvoiceDispute]) -> tuple[DisputeRow, ...]:
    names = officer_names(ctx.session, [officer for each in stood for officer in (each.made_by, each.closed_by)])
    timing, going = keeping.timing(ctx, row, stood), telling.going(ctx, stood)
    made: list[DisputeRow] = []
    for each in stood:
        stand = Stand(each.id, each.reason, each.found_on, each.notified_on, each.closed_on)
        holds = clocks.in_time(timing, stand)
        by = spelt(clocks.told_by(timing, stand))
        why = (
            f"The supplier was told in time, by {by}." if holds else f"It holds the time only if they are told by {by}."
        )
        letter = going.get(each.id)
        if letter is not None and each.closed_on is None:
            why = f"{letter.words} {why}"
        made.append(
            DisputeRow(
                each.id,
                each.invoice_id,
                each.reason,
                each.words,
                each.found_on,
                each.notified_on,
                each.notified_how,
                each.outgoing_id,
                each.closed_on,
                each.outcome,
                names.get(each.made_by, ""),
                names.get(each.closed_by or 0, ""),
                holds,
                why,
                letter is not None and letter.under_way,
            )
        )
    return tuple(made)


def _history(
    ctx: Context, row: SupplierInvoice, stood: Sequence[InvoiceDispute], asked: Sequence[RequestRow]
) -> tuple[InvoiceStep, ...]:
    names = officer_names(
        ctx.session, [row.logged_by, *(each.made_by for each in stood), *(each.closed_by for each in stood)]
    )
    steps = [InvoiceStep(row.logged_at, row.received_on, names.get(row.logged_by, ""), f"{KINDS[row.kind]} logged")]
    taken = (
        select(InvoiceAccepted, Officer.name)
        .join(Officer, Officer.id == InvoiceAccepted.officer_id)
        .where(InvoiceAccepted.invoice_id == row.id)
    )
    for accepted, name in ctx.session.execute(taken):
        steps.append(InvoiceStep(accepted.at, None, name, f"Accepted: {accepted.difference}", accepted.reason))
    for each in stood:
        steps.append(InvoiceStep(each.made_at, each.found_on, names.get(each.made_by, ""), "Disputed", each.words))
        if each.notified_on is not None:
            steps.append(InvoiceStep(None, each.notified_on, "", "Supplier told of the dispute", each.notified_how))
        if each.closed_on is not None:
            who = names.get(each.closed_by or 0, "")
            steps.append(InvoiceStep(None, each.closed_on, who, "Dispute settled", each.outcome))
    for request in asked:
        steps.append(InvoiceStep(request.asked_at, None, request.asked_by, "Approval asked for", request.reason))
        if request.decided_at is not None:
            what = request.state.value.capitalize()
            steps.append(InvoiceStep(request.decided_at, None, request.decided_by, what, request.decision))
    parts = crediting.parts(ctx, row.id)
    steps += [InvoiceStep(part.at, part.on, "", f"{part.amount} taken off in {part.run}") for part in parts]
    if row.paid_on is not None:
        steps.append(InvoiceStep(None, row.paid_on, "", "Paid", row.finance_reference))
    if row.settled_why:
        steps.append(InvoiceStep(None, None, "", "Cancelled", row.settled_why))
    return tuple(sorted(steps, key=_when))


def _when(step: InvoiceStep) -> date:
    """The day on which a step happened, not that on which it was written down; those of one day stand as they came."""
    return step.on or (step.at.date() if step.at is not None else date.max)


def _acts(
    ctx: Context, row: SupplierInvoice, stood: Sequence[InvoiceDispute], why: str, asked: Sequence[RequestRow]
) -> frozenset[Act]:
    may = ctx.officer.permissions
    found: set[Act] = set()
    open_ = [each for each in stood if each.closed_on is None]
    if row.state is InvoiceState.WAITING and any(each.may_decide for each in asked):
        found.add(Act.DECIDE)
    if row.state in _BOOKED and Permission.RECONCILE_SPENDING in may:
        found.add(Act.MOVE)
    if Permission.LOG_INVOICES not in may:
        return frozenset(found)
    if row.state is InvoiceState.LOGGED:
        found |= {Act.CHANGE, Act.ACCEPT, Act.CANCEL}
        found |= {Act.TAKE_LINES} if row.order_id is not None else set()
        found |= {Act.ASK} if not why else set()
    if row.state is InvoiceState.WAITING and any(each.own for each in asked):
        found.add(Act.WITHDRAW)
    if row.kind is not InvoiceKind.CREDIT_NOTE and row.state is not InvoiceState.CANCELLED:
        found.add(Act.CREDIT)
    if row.state in {InvoiceState.LOGGED, InvoiceState.APPROVED} and not open_:
        found.add(Act.DISPUTE)
    if open_:
        found.add(Act.SETTLE)
        found |= {Act.TELL} if any(each.notified_on is None for each in open_) else set()
    return frozenset(found)
