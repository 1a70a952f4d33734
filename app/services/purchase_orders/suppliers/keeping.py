"""Suppliers, for the commands of orders, invoices and payments: nothing here asks for a permission."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, or_, select

from app.models.purchase_orders.suppliers import Supplier, SupplierBlock, SupplierContract
from app.models.values import BlockScope, Money, Subject, SupplierState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.purchase_orders.suppliers.rules import name_key, spelt, spelt_number

__all__ = [
    "blocked",
    "contract_words",
    "index",
    "name_key",
    "number",
    "refuse_blocked",
    "standing",
    "supplier",
    "texts",
]

_FOR: Final = {
    BlockScope.ORDERS: "for orders",
    BlockScope.INVOICES: "for invoices",
    BlockScope.PAYMENTS: "for payments",
}


def supplier(ctx: Context, supplier_id: int) -> Supplier:
    """A supplier by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, Supplier, supplier_id, "supplier")


def number(row: Supplier) -> str:
    """A supplier's number as it is written: `S00012`."""
    return spelt_number(row.number)


def refuse_blocked(ctx: Context, supplier_id: int, scope: BlockScope, on: date) -> None:
    """Refuse a step with a supplier that is blocked for it on a day, or an order with one that is closed.

    Raises:
        UserError: it is blocked or closed: since when, until when, and why.
    """
    words = blocked(ctx, (supplier_id,), scope, on).get(supplier_id)
    if words is not None:
        raise UserError(words, "Somebody who keeps suppliers releases it: Purchase Orders, Suppliers.", "supplier")


def blocked(ctx: Context, supplier_ids: Collection[int], scope: BlockScope, on: date) -> dict[int, str]:
    """Those of some suppliers that may not be used on a day, each with a sentence: since when, until when, and why.

    A block stands until the day before its release. A closed supplier takes no more orders; what it is owed is paid.
    """
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(set(supplier_ids))):
        if scope is BlockScope.ORDERS:
            closed = select(Supplier).where(Supplier.id.in_(chunk), Supplier.state == SupplierState.CLOSED)
            for row in ctx.session.scalars(closed):
                why = f": {row.closed_why}" if row.closed_why else "."
                found[row.id] = f"{row.name} is closed and takes no more orders{why}"
        blocks = standing(on, SupplierBlock.supplier_id.in_(chunk), SupplierBlock.scope == scope)
        names = blocks.add_columns(Supplier.name).join(Supplier, Supplier.id == SupplierBlock.supplier_id)
        for block, name in ctx.session.execute(names.order_by(SupplierBlock.id)):
            until = f", until {spelt(block.release_on)}" if block.release_on else ""
            since = f"since {spelt(block.from_on)}{until}"
            found.setdefault(block.supplier_id, f"{name} is blocked {_FOR[scope]} {since}: {block.reason}")
    return found


def standing(on: date, *where: ColumnElement[bool]) -> Select[Any]:
    """The holds that block on a day."""
    return select(SupplierBlock).where(
        SupplierBlock.from_on <= on,
        SupplierBlock.released_at.is_(None),
        or_(SupplierBlock.release_on.is_(None), SupplierBlock.release_on > on),
        *where,
    )


def contract_words(ctx: Context, contract_id: int) -> str:
    """A contract for whoever approves what is ordered under it without quotations: its value, its end, and whose word that is."""
    row = record(ctx, SupplierContract, contract_id, "contract")
    names = officer_names(ctx.session, [row.made_by, row.approved_by])
    kept = f"kept by {names.get(row.made_by, '')} on {spelt(row.made_at.astimezone().date())}"
    if row.approved_by is not None:
        kept = f"{kept}, approved by {names.get(row.approved_by, '')}"
    return f"{row.number} {row.title}, worth {Money(row.value_pence)}, until {spelt(row.ends_on)}; {kept}"


def index(ctx: Context, row: Supplier) -> None:
    """The words by which the finder finds a supplier."""
    index_record(ctx, Subject.SUPPLIER, row.id, *texts(row))


def texts(row: Supplier) -> tuple[str, ...]:
    """The texts by which a supplier is found."""
    return (number(row), row.name, row.trading_as, row.finance_reference, row.vat_number)
