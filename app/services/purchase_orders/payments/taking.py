"""What a run takes, pays, and gives back when it comes to nothing: set-based, in the transaction of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, func, insert, select, true, update

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import (
    SupplierPayment,
    SupplierPaymentLine,
    SupplierRun,
    SupplierRunLeftOut,
)
from app.models.values import InvoiceState, PaidPart
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import crediting, labour, late_spending
from app.services.purchase_orders.payments.dto import run_number
from app.services.purchase_orders.payments.rules import Item, Out, Payment, Selection

_INVOICES: Final[Table] = SupplierInvoice.metadata.tables["supplier_invoice"]
_PAYMENTS: Final[Table] = SupplierPayment.metadata.tables["supplier_payment"]
_LINES: Final[Table] = SupplierPaymentLine.metadata.tables["supplier_payment_line"]
_LEFT: Final[Table] = SupplierRunLeftOut.metadata.tables["supplier_run_left_out"]
_MOST_WORDS: Final = 400
_MOST_REMARKS: Final = 1_000


def take(ctx: Context, run: SupplierRun, selection: Selection, remarks: Mapping[int, Sequence[str]]) -> None:
    """Write what a run pays and what it leaves out, and take its invoices from every other run; `remarks` by supplier.

    Raises:
        UserError: another desk took some of it in this moment.
    """
    payments = [
        _payment(run, at, each, remarks.get(each.payee.supplier_id, ()))
        for at, each in enumerate(selection.payments, 1)
    ]
    _insert(ctx, _PAYMENTS, payments, run)
    mine = select(_PAYMENTS.c.supplier_id, _PAYMENTS.c.id).where(_PAYMENTS.c.run_id == run.id)
    ids = {row.supplier_id: row.id for row in ctx.session.execute(mine)}
    lines = [_line(ids[each.payee.supplier_id], item) for each in selection.payments for item in each.items]
    _insert(ctx, _LINES, lines, run)
    _insert(ctx, _LEFT, [_left_out(run, at, out) for at, out in enumerate(selection.left_out, 1)], run)
    wanted = sum(line["part"] is PaidPart.INVOICE for line in lines)
    taken = _move(ctx, _of_run(run.id), InvoiceState.APPROVED, InvoiceState.IN_RUN, run)
    if taken != wanted:
        raise UserError(
            f"{wanted - taken:,} of these invoices are in another run now; nothing was asked for.",
            "Somebody was there first. Look again.",
        )
    labour.write(ctx, run, selection.payments)
    crediting.settle(ctx, _notes(ctx, _standing(run.id)))
    see_anew(ctx)


def pay(ctx: Context, run: SupplierRun, paid_on: date) -> int:
    """What of a run isn't paid yet is paid on a day, retention and all; returns how many invoices."""
    count = _move(ctx, _of_run(run.id), InvoiceState.IN_RUN, InvoiceState.PAID, run, paid_on=paid_on)
    _retention(ctx, _of_run(run.id, PaidPart.RETENTION, paid=False), paid_on)
    now = _standing(run.id) & _LINES.c.paid_on.is_(None)
    notes = _notes(ctx, now)
    late_spending.book(ctx, _ids(ctx, now), paid_on)
    _mark(ctx, now, run, paid_on=paid_on)
    crediting.settle(ctx, notes)
    return count


def give_back(ctx: Context, run: SupplierRun, payment_id: int | None = None, *, paid: bool = True) -> int:
    """What a run took, or one payment of it, is to be paid again; returns how many invoices.

    What the suppliers have already stays paid unless `paid`. An invoice that the finance system paid before the run was sent
    isn't given back in any case.
    """
    ended = _standing(run.id, payment_id)
    if not paid:
        ended &= _LINES.c.paid_on.is_(None)
    count = _move(ctx, _of_run(run.id, payment_id=payment_id), InvoiceState.IN_RUN, InvoiceState.APPROVED, run)
    if paid:
        had = _of_run(run.id, payment_id=payment_id, paid=True)
        count += _move(ctx, had, InvoiceState.PAID, InvoiceState.APPROVED, run, paid_on=None)
        _retention(ctx, _of_run(run.id, PaidPart.RETENTION, payment_id, paid=True), None)
    late_spending.book(ctx, _ids(ctx, ended & _LINES.c.paid_on.is_not(None)), ctx.clock.today(), back=True)
    notes = _notes(ctx, ended)
    _mark(ctx, ended, run, stands=False)
    crediting.settle(ctx, notes)
    return count


def unpaid(ctx: Context, run_id: int) -> int:
    """How much of a run the suppliers don't have yet."""
    waiting = _standing(run_id) & _LINES.c.paid_on.is_(None)
    return ctx.session.scalar(select(func.count()).select_from(_LINES).where(waiting)) or 0


def is_paid_in_part(ctx: Context, run_id: int) -> bool:
    """Whether the suppliers have some of a run."""
    had = _standing(run_id) & _LINES.c.paid_on.is_not(None)
    return ctx.session.scalars(select(_LINES.c.id).where(had)).first() is not None


def stands(ctx: Context, payment_id: int) -> bool:
    """Whether anything of a payment stands."""
    mine = _LINES.c.payment_id == payment_id, _LINES.c.stands == true()
    return ctx.session.scalars(select(_LINES.c.id).where(*mine)).first() is not None


def _standing(run_id: int, payment_id: int | None = None) -> ColumnElement[bool]:
    """The lines of a run, or of one payment of it, that stand."""
    payments = select(_PAYMENTS.c.id).where(_PAYMENTS.c.run_id == run_id)
    if payment_id is not None:
        payments = payments.where(_PAYMENTS.c.id == payment_id)
    return and_(_LINES.c.payment_id.in_(payments), _LINES.c.stands == true())


def _ids(ctx: Context, lines: ColumnElement[bool]) -> list[int]:
    """Those of some lines that pay for being late."""
    return list(ctx.session.scalars(select(_LINES.c.id).where(lines, _LINES.c.part.in_(late_spending.LATE))))


def _notes(ctx: Context, lines: ColumnElement[bool]) -> list[int]:
    """The credit notes that some lines take off in parts."""
    return list(ctx.session.scalars(select(_LINES.c.invoice_id).where(lines, _LINES.c.part == PaidPart.CREDIT_PART)))


def _mark(ctx: Context, lines: ColumnElement[bool], run: SupplierRun, **values: Any) -> None:
    count = ctx.session.scalar(select(func.count()).select_from(_LINES).where(lines)) or 0
    if count:
        ctx.session.execute(update(_LINES).where(lines).values(values))
        told = {key: str(value) for key, value in values.items()}
        audit.record_bulk(ctx, _LINES.name, "update", rows=count, run=run_number(run.number), **told)
    see_anew(ctx)


def _of_run(
    run_id: int, part: PaidPart = PaidPart.INVOICE, payment_id: int | None = None, *, paid: bool | None = None
) -> Select[int]:
    """The ids of the invoices of which a run pays a part that stands, for a condition in SQL; `paid`: only those lines."""
    mine = (
        select(_LINES.c.invoice_id)
        .join(_PAYMENTS, _PAYMENTS.c.id == _LINES.c.payment_id)
        .where(_PAYMENTS.c.run_id == run_id, _LINES.c.part == part, _LINES.c.stands)
    )
    if paid is not None:
        mine = mine.where(_LINES.c.paid_on.is_not(None) if paid else _LINES.c.paid_on.is_(None))
    return mine if payment_id is None else mine.where(_PAYMENTS.c.id == payment_id)


def _move(
    ctx: Context, invoices: Select[int], was: InvoiceState, now: InvoiceState, run: SupplierRun, **values: Any
) -> int:
    """Move invoices from one state to another; returns how many there were."""
    ctx.session.flush()
    these = _INVOICES.c.id.in_(invoices), _INVOICES.c.state == was
    count = ctx.session.scalar(select(func.count()).select_from(_INVOICES).where(*these)) or 0
    if count:
        values |= {"state": now, "version": _INVOICES.c.version + 1}
        ctx.session.execute(update(_INVOICES).where(*these).values(values))
        audit.record_bulk(ctx, _INVOICES.name, "update", rows=count, state=now, run=run_number(run.number))
        see_anew(ctx)
    return count


def _retention(ctx: Context, invoices: Select[int], paid_on: date | None) -> None:
    these = _INVOICES.c.id.in_(invoices)
    count = ctx.session.scalar(select(func.count()).select_from(_INVOICES).where(these)) or 0
    if count:
        values = {"retention_paid_on": paid_on, "version": _INVOICES.c.version + 1}
        ctx.session.execute(update(_INVOICES).where(these).values(values))
        audit.record_bulk(ctx, _INVOICES.name, "update", rows=count, retention_paid_on=str(paid_on))
        see_anew(ctx)


def see_anew(ctx: Context) -> None:
    """What was loaded is loaded again when it is next looked at."""
    ctx.session.flush()
    ctx.session.expire_all()


def _insert(ctx: Context, table: Table, rows: Sequence[dict[str, Any]], run: SupplierRun) -> None:
    if rows:
        ctx.session.execute(insert(table), rows)
        audit.record_bulk(ctx, table.name, "insert", rows=len(rows), run=run_number(run.number))


def _payment(run: SupplierRun, place: int, payment: Payment, remarks: Sequence[str]) -> dict[str, Any]:
    return {
        "run_id": run.id,
        "supplier_id": payment.payee.supplier_id,
        "bank_id": payment.payee.bank_id,
        "pence": payment.pence,
        "reference": reference(run.number, place),
        "remarks": "\n".join(remarks)[:_MOST_REMARKS],
        "returned_why": "",
        "version": 1,
    }


def reference(number: int, place: int) -> str:
    """What a supplier's bank statement says of a payment: the run and its place in it, by which a return is known again."""
    return f"{run_number(number)}-{place:03}"


def _line(payment_id: int, item: Item) -> dict[str, Any]:
    return {
        "payment_id": payment_id,
        "invoice_id": item.invoice_id,
        "part": item.part,
        "pence": item.pence,
        "stands": True,
    }


def _left_out(run: SupplierRun, place: int, out: Out) -> dict[str, Any]:
    return {
        "run_id": run.id,
        "place": place,
        "supplier_id": out.payee.supplier_id,
        "invoice_id": out.item.invoice_id if out.item else None,
        "reason": out.reason,
        "words": out.words[:_MOST_WORDS],
        "pence": out.pence,
    }
