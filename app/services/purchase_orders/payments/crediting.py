"""Credit notes that are taken off in parts, each in a payment of its own: what is used, and how far the note has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ScalarSelect, Select, Table, case, func, select, true, update
from sqlalchemy.orm import aliased

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.values import InvoiceState, Money, PaidPart
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.payments.dto import invoice_number, run_number

_INVOICES: Final[Table] = SupplierInvoice.metadata.tables["supplier_invoice"]
_LINES: Final[Table] = SupplierPaymentLine.metadata.tables["supplier_payment_line"]
_PAYABLE: Final = _INVOICES.c.net_pence + _INVOICES.c.vat_pence - _INVOICES.c.cis_pence - _INVOICES.c.retention_pence


@dataclass(frozen=True, slots=True)
class Part:
    """What one run took off of a credit note: when it was asked for, and on which day it was set off, if it was."""

    run: str
    amount: Money
    at: datetime
    on: date | None


def used(*, before: date | None = None, up_to: date | None = None) -> ScalarSelect[int]:
    """What payments that stand took off of a credit note in parts, in pence, for a statement of invoices.

    `before` and `up_to` leave what was set off before a day, or up to one.
    """
    line = aliased(SupplierPaymentLine)
    parts = select(func.coalesce(-func.sum(line.pence), 0)).where(
        line.invoice_id == SupplierInvoice.id, line.part == PaidPart.CREDIT_PART, line.stands == true()
    )
    if before is not None:
        parts = parts.where(line.paid_on < before)
    if up_to is not None:
        parts = parts.where(line.paid_on <= up_to)
    return parts.correlate(SupplierInvoice).scalar_subquery()


def parts(ctx: Context, note_id: int) -> tuple[Part, ...]:
    """What runs took off of a credit note, the first one first."""
    rows = (
        select(SupplierRun.number, SupplierPaymentLine.pence, SupplierRun.made_at, SupplierPaymentLine.paid_on)
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
        .where(SupplierPaymentLine.invoice_id == note_id, SupplierPaymentLine.part == PaidPart.CREDIT_PART)
        .where(SupplierPaymentLine.stands == true())
        .order_by(SupplierPaymentLine.id)
    )
    return tuple(
        Part(run_number(row.number), Money(-row.pence), row.made_at, row.paid_on) for row in ctx.session.execute(rows)
    )


def settle(ctx: Context, note_ids: Collection[int]) -> None:
    """Bring credit notes that are taken off in parts to how far they have come, after lines of theirs were made, paid or given back.

    One is in a run once all of it is taken, paid once all of that is paid, on the day of the last part; else it is to be taken off.
    """
    ctx.session.flush()
    moved: defaultdict[tuple[InvoiceState, date | None], list[int]] = defaultdict(list)
    for chunk in in_chunks(sorted(set(note_ids))):
        for row in ctx.session.execute(_stood(chunk)):
            paid = row.paid == row.payable
            state = InvoiceState.IN_RUN if row.taken == row.payable else InvoiceState.APPROVED
            now = (InvoiceState.PAID, row.last) if paid else (state, None)
            if now != (row.state, row.paid_on):
                moved[now].append(row.id)
    for (state, paid_on), ids in moved.items():
        values = {"state": state, "paid_on": paid_on, "version": _INVOICES.c.version + 1}
        for chunk in in_chunks(ids):
            ctx.session.execute(update(_INVOICES).where(_INVOICES.c.id.in_(chunk)).values(values))
        audit.record_bulk(ctx, _INVOICES.name, "update", rows=len(ids), state=state, what="credit notes in parts")
    ctx.session.expire_all()


def check(ctx: Context) -> Iterator[str]:
    """Credit notes of which more is taken off than they are of, or that stand otherwise than their parts do."""
    for row in ctx.session.execute(_stood(None)):
        number = invoice_number(row.number)
        if row.taken > row.payable:
            yield f"Credit note {number} is of {Money(row.payable)}, and {Money(row.taken)} of it is taken off."
        elif (row.state is InvoiceState.PAID) is not (row.paid == row.payable):
            yield f"Credit note {number} is '{row.state.value}', and {Money(row.paid)} of {Money(row.payable)} is taken off."


def _stood(note_ids: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    """By credit note what parts that stand take of it, what of that is paid, and the day of the last; or all that have parts."""
    stands = _LINES.c.stands == true()
    had = stands & _LINES.c.paid_on.is_not(None)
    whose = stands if note_ids is None else _INVOICES.c.id.in_(note_ids)
    columns = (_INVOICES.c.id, _INVOICES.c.number, _INVOICES.c.state, _INVOICES.c.paid_on, _PAYABLE.label("payable"))
    return (
        select(
            *columns,
            (-func.sum(case((stands, _LINES.c.pence), else_=0))).label("taken"),
            (-func.sum(case((had, _LINES.c.pence), else_=0))).label("paid"),
            func.max(case((had, _LINES.c.paid_on))).label("last"),
        )
        .join(_LINES, _LINES.c.invoice_id == _INVOICES.c.id)
        .where(_LINES.c.part == PaidPart.CREDIT_PART, whose)
        .group_by(
            *(_INVOICES.c[name] for name in ("id", "number", "state", "paid_on")),
            *(_INVOICES.c[name] for name in ("net_pence", "vat_pence", "cis_pence", "retention_pence")),
        )
        .order_by(_INVOICES.c.id)
    )
