"""What the day does by itself: a task for each invoice whose last day is near, and for each dispute that nobody touches."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, select

from app.models.diary import Task
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.calendar import office_days
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, Priority, TaskState
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.listing import SOON, late_by
from app.services.purchase_orders.suppliers.rules import spelt

_QUIET: Final = 10
"""Working days after which a dispute that is still open is looked at again."""
_UNAPPROVED: Final = (InvoiceState.LOGGED, InvoiceState.WAITING)


def register() -> None:
    """Plug the day's work in."""
    plug_in("supplier_invoices", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Make a task of each invoice that isn't approved and has five working days or fewer, and of each quiet dispute.

    The task is with whoever logged the invoice, or opened the dispute; it is made once.
    """
    today = ctx.clock.today()
    _near(ctx)
    quiet = office_days(ctx).add(today, -_QUIET)
    rows = (
        select(InvoiceDispute, SupplierInvoice)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceDispute.invoice_id)
        .where(InvoiceDispute.closed_on.is_(None), InvoiceDispute.found_on <= quiet)
        .where(SupplierInvoice.id.not_in(_with_task(keeping.UNTOUCHED)))
        .order_by(InvoiceDispute.id)
    )
    for dispute, row in ctx.session.execute(rows).all():
        told = (
            f"the supplier was told on {spelt(dispute.notified_on)}"
            if dispute.notified_on
            else "nobody told the supplier"
        )
        title = f"Dispute of {keeping.number(row)} since {spelt(dispute.found_on)}: {told}"
        details = f"{dispute.words} Ask the supplier, then settle it, or note what they said."
        about = (Subject.SUPPLIER_INVOICE, row.id, keeping.UNTOUCHED)
        diary.add_task(ctx, NewTask(title[:200], today, details, *about, officer_id=dispute.made_by))
    return Changes(frozenset({"purchase_orders", "diary", "home"}))


def _near(ctx: Context) -> None:
    today = ctx.clock.today()
    last = office_days(ctx).add(today, SOON)
    rows = (
        select(SupplierInvoice, Supplier.name)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .where(
            late_by(last), SupplierInvoice.state.in_(_UNAPPROVED), SupplierInvoice.id.not_in(_with_task(keeping.NEAR))
        )
        .order_by(SupplierInvoice.pay_by_on, SupplierInvoice.id)
    )
    for row, supplier in ctx.session.execute(rows).all():
        title = f"{keeping.number(row)} of {supplier} has to be paid by {spelt(row.pay_by_on)}"
        details = "It isn't approved. Match it and ask for approval; or dispute it, and tell the supplier at once."
        about = (Subject.SUPPLIER_INVOICE, row.id, keeping.NEAR)
        task = NewTask(
            title[:200], min(today, row.pay_by_on), details, *about, officer_id=row.logged_by, priority=Priority.HIGH
        )
        diary.add_task(ctx, task)


def _with_task(kind: str) -> Select[int | None]:
    """The invoices that have an open task of a kind."""
    return select(Task.subject_id).where(
        Task.subject == Subject.SUPPLIER_INVOICE,
        Task.kind == kind,
        Task.state == TaskState.OPEN.value,
        Task.subject_id.is_not(None),
    )
