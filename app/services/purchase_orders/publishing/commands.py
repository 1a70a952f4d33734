"""Publishing: the file is made, kept, and what was left out with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.documents import Document
from app.models.purchase_orders.finance import Publication as Kept
from app.models.values import Money
from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.documents import keeping as documents
from app.services.exports.csv import csv_bytes
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.purchase_orders.publishing import queries
from app.services.purchase_orders.publishing.dto import LeftOut, OrderPublished, Publication, Published, SpendingRow

_SPENDING: Final = (
    Column("Organisation name"),
    Column("Payment date", Kind.DATE),
    Column("Transaction number"),
    Column("Department"),
    Column("Supplier name"),
    Column("Purpose of expenditure"),
    Column("Expenditure code"),
    Column("Net amount", Kind.POUNDS),
    Column("Irrecoverable VAT", Kind.POUNDS),
    Column("Merchant category"),
)
_ORDERS: Final = (
    Column("Organisation name"),
    Column("Reference number"),
    Column("Title"),
    Column("Department"),
    Column("Start date", Kind.DATE),
    Column("End date", Kind.DATE),
    Column("Supplier name"),
    Column("Net amount", Kind.POUNDS),
    Column("Irrecoverable VAT", Kind.POUNDS),
    Column("Process"),
)


@requires(Permission.PUBLISH_SPENDING)
def spending(ctx: Context, from_on: date, to_on: date) -> Published:
    """Write the spending of a time as the Transparency Code wants it, and keep the file with what was left out.

    Raises:
        UserError: the time ends before it begins.
    """
    found = queries.spending(ctx, from_on, to_on)
    name = landlord(ctx).name
    return _published(ctx, found, _SPENDING, ((name, *_spent(row)) for row in found.rows))


@requires(Permission.PUBLISH_SPENDING)
def orders(ctx: Context, from_on: date, to_on: date) -> Published:
    """Write the orders of a time as the Transparency Code wants them, and keep the file with what was left out.

    Raises:
        UserError: the time ends before it begins.
    """
    found = queries.orders(ctx, from_on, to_on)
    name = landlord(ctx).name
    return _published(ctx, found, _ORDERS, ((name, *_ordered(row)) for row in found.rows))


@requires(Permission.PUBLISH_SPENDING)
def again(ctx: Context, publication_id: int) -> Published:
    """A publication as it was written, to be saved once more."""
    row = record(ctx, Kept, publication_id, "publication")
    content, exclusions = (_kept(ctx, sha256) for sha256 in (row.document_sha256, row.exclusions_sha256))
    name = _file_name(row.kind, row.from_on, row.to_on)
    return Published(row.id, name, content, exclusions, row.count, row.left_out, Money(row.pence))


def _spent(row: SpendingRow) -> Sequence[Value]:
    return (
        row.on,
        row.reference,
        row.department,
        row.beneficiary,
        row.purpose,
        row.code,
        row.amount,
        row.vat,
        row.category,
    )


def _ordered(row: OrderPublished) -> Sequence[Value]:
    return (
        row.reference,
        row.title,
        row.department,
        row.on,
        row.until,
        row.supplier,
        row.amount,
        row.vat,
        row.process,
    )


def _published(
    ctx: Context,
    found: Publication[SpendingRow] | Publication[OrderPublished],
    columns: tuple[Column, ...],
    rows: Iterable[Sequence[Value]],
) -> Published:
    content = csv_bytes(Table(found.kind.value.capitalize(), (), columns, rows))
    exclusions = csv_bytes(_left_out(found.left_out))
    row = Kept(
        kind=found.kind.value,
        from_on=found.from_on,
        to_on=found.to_on,
        count=len(found.rows),
        left_out=len(found.left_out),
        pence=found.total.pence,
        document_sha256=documents.put(ctx, content, "text/csv"),
        exclusions_sha256=documents.put(ctx, exclusions, "text/csv"),
        officer_id=ctx.officer.id,
        at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    name = _file_name(row.kind, row.from_on, row.to_on)
    return Published(row.id, name, content, exclusions, row.count, row.left_out, found.total)


def _kept(ctx: Context, sha256: str | None) -> bytes:
    return ctx.session.scalars(select(Document.content).where(Document.sha256 == sha256)).one()


def _left_out(found: Iterable[LeftOut]) -> Table:
    columns = (Column("Reference"), Column("Date", Kind.DATE), Column("Net amount", Kind.POUNDS), Column("Why"))
    return Table("Left out", (), columns, ((each.reference, each.on, each.amount, each.reason) for each in found))


def _file_name(kind: str, from_on: date, to_on: date) -> str:
    return f"{kind}-{from_on:%Y-%m-%d}-to-{to_on:%Y-%m-%d}.csv"
