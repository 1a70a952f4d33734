"""What the monthly return of the Construction Industry Scheme has of each subcontractor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import case, func, select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceKind, Money
from app.models.values.money import divide_half_up
from app.services.core import tabs
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices.dto import CisLine
from app.services.purchase_orders.invoices.rules import cis
from app.services.purchase_orders.payments import crediting
from app.services.purchase_orders.suppliers import cis_before

_BEARS: Final = SupplierInvoice.labour_pence > 0


@dataclass(slots=True)
class _Sums:
    """Of one subcontractor, in pence."""

    invoices: int = 0
    net: int = 0
    labour: int = 0
    cis: int = 0


def cis_return(ctx: Context, from_on: date, to_on: date) -> tuple[CisLine, ...]:
    """What the monthly return has of each subcontractor paid on these days (a tax month, 6th to 5th): before VAT.

    A credit note that is taken off in parts counts with as much of it as was taken off on these days.

    Raises:
        UserError: the officer doesn't see purchasing.
    """
    if not tabs.shown_to(tabs.PURCHASE_ORDERS, ctx.officer.permissions):
        raise UserError(f"{ctx.officer.name} may not look at what suppliers are paid.")
    found: defaultdict[int, _Sums] = defaultdict(_Sums)
    for row in (*ctx.session.execute(_whole(from_on, to_on)), *_parts(ctx, from_on, to_on)):
        sums = found[row[0]]
        sums.invoices += row[1]
        sums.net += int(row[2])
        sums.labour += int(row[3])
        sums.cis += int(row[4])
    statuses = cis_before.status_on(ctx, sorted(found), to_on)
    suppliers = _suppliers(ctx, found)
    return tuple(
        CisLine(
            each.id,
            each.name,
            each.cis_reference,
            cis.TITLES[statuses[each.id]],
            Money(found[each.id].net),
            Money(found[each.id].net - found[each.id].labour),
            Money(found[each.id].cis),
            found[each.id].invoices,
        )
        for each in sorted(suppliers, key=lambda each: (each.name, each.id))
    )


def _whole(from_on: date, to_on: date) -> Any:
    """By supplier the sums of what was paid, or taken off at once."""
    sign = case((SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE, -1), else_=1)
    sums = (SupplierInvoice.net_pence, SupplierInvoice.labour_pence, SupplierInvoice.cis_pence)
    return (
        select(
            SupplierInvoice.supplier_id, func.count(SupplierInvoice.id), *(func.sum(sign * column) for column in sums)
        )
        .where(SupplierInvoice.paid_on.between(from_on, to_on), _BEARS, crediting.used() == 0)
        .group_by(SupplierInvoice.supplier_id)
    )


def _parts(ctx: Context, from_on: date, to_on: date) -> Iterable[tuple[int, int, int, int, int]]:
    """Of each credit note that is taken off in parts its share on these days, as `_whole` has them.

    Each share is what is taken off by its end less what was before, both rounded, so that all of them add up to the note.
    """
    before, by_end = crediting.used(before=from_on).label("before"), crediting.used(up_to=to_on).label("by_end")
    notes = select(SupplierInvoice, before, by_end).where(_BEARS, crediting.used() > 0)
    for row in ctx.session.execute(notes):
        note: SupplierInvoice = row.SupplierInvoice
        if row.by_end > row.before:
            net, labour, deducted = (
                divide_half_up(pence * row.before, note.payable_pence)
                - divide_half_up(pence * row.by_end, note.payable_pence)
                for pence in (note.net_pence, note.labour_pence, note.cis_pence)
            )
            yield note.supplier_id, 1, net, labour, deducted


def _suppliers(ctx: Context, ids: Iterable[int]) -> list[Supplier]:
    return [
        row
        for chunk in in_chunks(sorted(ids))
        for row in ctx.session.scalars(select(Supplier).where(Supplier.id.in_(chunk)))
    ]
