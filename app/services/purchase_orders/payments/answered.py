"""What the finance system tells of invoices: paid since a day, or rejected; whether a run has them or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, Table, and_, func, or_, select, true, update

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.values import InvoiceKind, InvoiceState, PaidBy, PaidPart, SupplierRunState
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import crediting, late_spending, settling, taking
from app.services.purchase_orders.payments.dto import invoice_number, run_number
from app.services.purchase_orders.suppliers.rules import spelt

_INVOICES: Final[Table] = SupplierInvoice.metadata.tables["supplier_invoice"]
_LINES: Final[Table] = SupplierPaymentLine.metadata.tables["supplier_payment_line"]
_UNPAID: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN)
_OPEN: Final = (SupplierRunState.MADE, SupplierRunState.SENT)
_MOST_REFERENCE: Final = 40


@dataclass(slots=True)
class _Told:
    """What replies of one day are about, by id."""

    invoices: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    retention: list[int] = field(default_factory=list)


def faults(ctx: Context, paid: Mapping[int, date]) -> dict[int, str]:
    """By invoice why a reply that it was paid on a day can't be, as a sentence; those that can are left out.

    What a Bacs file of ours pays, or is to pay, the finance system can't have paid: it would be paid twice.
    """
    today = ctx.clock.today()
    found = {each: f"{spelt(day)} is to come: it can't be paid yet." for each, day in paid.items() if day > today}
    open_ = SupplierRun.state.in_((SupplierRunState.WAITING, *_OPEN))
    for chunk in in_chunks(sorted(paid)):
        pays = or_(
            and_(open_, SupplierPaymentLine.part == PaidPart.INVOICE),
            SupplierPaymentLine.part == PaidPart.CREDIT_PART,
        )
        mine = _lines(chunk).where(SupplierRun.by == PaidBy.BACS, pays)
        for row in ctx.session.execute(mine):
            found[row.invoice_id] = f"It is in {run_number(row.number)}, which pays it by Bacs."
    return found


def pay(ctx: Context, paid: Mapping[int, date], reference: str) -> None:
    """Some invoices are paid, on the day of each; the day replaces the one that their run was given.

    A reply is about what was kept back of an invoice, or is owed because it was late, where a run pays that and was made by
    that day. A run whose file waits to be sent was sent, for it is answered; one of which all is paid is paid.

    Raises:
        UserError: a day is to come, or an invoice is in a run that pays by Bacs. Nothing is done then.
    """
    _refuse(ctx, faults(ctx, paid))
    given = _rows(ctx, paid)
    days = _by_day(given, paid)
    for day, told in sorted(days.items()):
        _pay_invoices(ctx, told.invoices, day, reference)
        _pay_lines(ctx, told, day)
    answered = {each for told in days.values() for each in told.lines}
    rows = [row for row in given if row.id in answered]
    runs = _sent(ctx, {row.run_id for row in rows}, reference)
    _set_off(ctx, {row.payment_id for row in rows})
    crediting.settle(ctx, [row.invoice_id for row in rows if row.part is PaidPart.CREDIT_PART])
    taking.see_anew(ctx)
    for run in runs:
        _finish(ctx, run.id)


def reject(ctx: Context, why: Mapping[int, str]) -> None:
    """The finance system rejected some invoices: each is given back with its payment; what of that is paid stays so."""
    rows = [row for row in _rows(ctx, why) if row.paid_on is None and row.state in _OPEN]
    runs = _sent(ctx, {row.run_id for row in rows}, "")
    for payment_id, row in {row.payment_id: row for row in rows}.items():
        run = ctx.session.get_one(SupplierRun, row.run_id)
        taking.give_back(ctx, run, payment_id, paid=False)
        settling.rejected(ctx, payment_id, why[row.invoice_id])
    for run in runs:
        _finish(ctx, run.id)


def _refuse(ctx: Context, wrong: Mapping[int, str]) -> None:
    for invoice_id, words in sorted(wrong.items()):
        number = invoice_number(ctx.session.get_one(SupplierInvoice, invoice_id).number)
        raise UserError(f"{number}: {words}", "Ask finance, or cancel the run first.")


def _lines(invoice_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """The lines of runs that stand for some invoices."""
    return (
        select(
            SupplierPaymentLine.id,
            SupplierPaymentLine.invoice_id,
            SupplierPaymentLine.payment_id,
            SupplierPaymentLine.part,
            SupplierPaymentLine.paid_on,
            SupplierRun.id.label("run_id"),
            SupplierRun.number,
            SupplierRun.state,
            SupplierRun.made_at,
        )
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
        .where(SupplierPaymentLine.invoice_id.in_(invoice_ids), SupplierPaymentLine.stands == true())
        .order_by(SupplierPaymentLine.id)
    )


def _rows(ctx: Context, invoice_ids: Iterable[int]) -> list[Row[*tuple[Any, ...]]]:
    """The lines of runs that the finance system was given for some invoices."""
    given = SupplierRun.by == PaidBy.FINANCE, SupplierRun.state.in_((*_OPEN, SupplierRunState.PAID))
    return [row for chunk in in_chunks(sorted(invoice_ids)) for row in ctx.session.execute(_lines(chunk).where(*given))]


def _by_day(rows: Iterable[Row[*tuple[Any, ...]]], paid: Mapping[int, date]) -> dict[date, _Told]:
    """What each day pays: of an invoice either itself, or the other parts that a run had asked for by then."""
    found: defaultdict[date, _Told] = defaultdict(_Told)
    of: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        of[row.invoice_id].append(row)
    for invoice_id, day in paid.items():
        told = found[day]
        others = [row for row in of[invoice_id] if row.part is not PaidPart.INVOICE and row.made_at.date() <= day]
        told.retention += [invoice_id for row in others if row.part is PaidPart.RETENTION]
        told.late += [row.id for row in others if row.part in late_spending.LATE and row.paid_on is None]
        told.lines += [row.id for row in others or of[invoice_id] if others or row.part is PaidPart.INVOICE]
        if not others:
            told.invoices.append(invoice_id)
    return found


def _pay_invoices(ctx: Context, invoice_ids: Collection[int], day: date, reference: str) -> None:
    """Invoices are paid on a day, also those that a run for the finance system gave another one."""
    for chunk in in_chunks(sorted(invoice_ids)):
        given = select(SupplierPaymentLine.invoice_id).select_from(SupplierPaymentLine)
        given = given.join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        given = given.join(SupplierRun, SupplierRun.id == SupplierPayment.run_id).where(
            SupplierRun.by == PaidBy.FINANCE,
            SupplierPaymentLine.part == PaidPart.INVOICE,
            SupplierPaymentLine.invoice_id.in_(chunk),
            SupplierPaymentLine.stands == true(),
        )
        may = or_(_INVOICES.c.state.in_(_UNPAID), (_INVOICES.c.state == InvoiceState.PAID) & _INVOICES.c.id.in_(given))
        values = {"state": InvoiceState.PAID, "paid_on": day, "version": _INVOICES.c.version + 1}
        if reference:
            values["finance_reference"] = reference[:_MOST_REFERENCE]
        ctx.session.execute(update(_INVOICES).where(_INVOICES.c.id.in_(chunk), may).values(values))
    if invoice_ids:
        audit.record_bulk(ctx, _INVOICES.name, "update", rows=len(invoice_ids), state="paid", paid_on=str(day))


def _pay_lines(ctx: Context, told: _Told, day: date) -> None:
    """What runs pay is with the suppliers since a day."""
    for chunk in in_chunks(sorted(told.lines)):
        ctx.session.execute(update(_LINES).where(_LINES.c.id.in_(chunk)).values(paid_on=day))
    for chunk in in_chunks(sorted(told.retention)):
        values = {"retention_paid_on": day, "version": _INVOICES.c.version + 1}
        ctx.session.execute(update(_INVOICES).where(_INVOICES.c.id.in_(chunk)).values(values))
    late_spending.book(ctx, told.late, day)
    if told.lines:
        audit.record_bulk(ctx, _LINES.name, "update", rows=len(told.lines), paid_on=str(day))


def _sent(ctx: Context, run_ids: Collection[int], reference: str) -> list[SupplierRun]:
    """Runs that are answered; those whose file waits to be sent are marked as sent."""
    ctx.session.expire_all()
    found = [ctx.session.get_one(SupplierRun, run_id) for run_id in sorted(run_ids)]
    for run in found:
        if run.state is SupplierRunState.MADE:
            settling.sent(ctx, run, reference)
    return found


def _set_off(ctx: Context, payment_ids: Collection[int]) -> None:
    """Credit notes of payments whose every invoice is paid are taken off, on the last day of those."""
    credit = select(_INVOICES.c.id).where(_INVOICES.c.kind == InvoiceKind.CREDIT_NOTE)
    of_credit = _LINES.c.invoice_id.in_(credit)
    for chunk in in_chunks(sorted(payment_ids)):
        mine = _LINES.c.payment_id.in_(chunk), _LINES.c.stands == true()
        open_ = select(_LINES.c.payment_id).where(*mine, ~of_credit, _LINES.c.paid_on.is_(None))
        last = (
            select(_LINES.c.payment_id, func.max(_LINES.c.paid_on).label("day"))
            .where(*mine, ~of_credit, _LINES.c.payment_id.not_in(open_))
            .group_by(_LINES.c.payment_id)
        )
        for payment_id, day in ctx.session.execute(last).all():
            notes = _LINES.c.payment_id == payment_id, _LINES.c.stands == true(), of_credit
            open_notes = select(_LINES.c.invoice_id, _LINES.c.part).where(*notes, _LINES.c.paid_on.is_(None))
            found = ctx.session.execute(open_notes).all()
            if found:
                ctx.session.execute(update(_LINES).where(*notes).values(paid_on=day))
                _pay_invoices(ctx, [row.invoice_id for row in found if row.part is PaidPart.INVOICE], day, "")
                crediting.settle(ctx, [row.invoice_id for row in found if row.part is PaidPart.CREDIT_PART])


def _finish(ctx: Context, run_id: int) -> None:
    """A run of which all is answered is paid, on the last day of it; one of which nothing is left was refused."""
    run = ctx.session.get_one(SupplierRun, run_id)
    if run.state not in _OPEN or taking.unpaid(ctx, run_id):
        return
    last = (
        select(func.max(SupplierPaymentLine.paid_on))
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .where(SupplierPayment.run_id == run_id, SupplierPaymentLine.stands == true())
    )
    day = ctx.session.scalar(last)
    if day is None:
        run.state, run.why = SupplierRunState.REFUSED, "The finance system rejected all of it."
    else:
        run.state, run.pay_on = SupplierRunState.PAID, day
    ctx.session.flush()
