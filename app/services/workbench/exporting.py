"""Any table of the window as a workbook, a CSV file or a PDF: its rows in their order, stamped with where they are from.

The writers are those of `exports`, imported when the first file is written. Both functions run as queries, so that
the rows are read in one transaction: what the file holds was true at one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.models.values import Money
from app.services.core.context import Context
from app.services.workbench.listing import FileKind, Heading, Holds, Listing

if TYPE_CHECKING:
    from app.services.exports.dto import Table, Value


def export(ctx: Context, path: Path, kind: FileKind, listing: Listing) -> int:
    """Write a table to a file; returns the number of rows.

    Raises:
        UserError: the disk is full, the file is open elsewhere or may not be written, or it can't hold so many rows.
        Cancelled: the officer stopped it; the file is as it was before.
    """
    from app.services.exports.csv import write_csv
    from app.services.exports.pdf import write_pdf
    from app.services.exports.xlsx import write_xlsx

    counted = _Counted()
    made = _table(ctx, listing, counted)
    if kind is FileKind.XLSX:
        write_xlsx(path, made, ctx.progress, ctx.cancel, listing.count)
    elif kind is FileKind.CSV:
        write_csv(path, made, ctx.progress, ctx.cancel, listing.count, stamped=True)
    else:
        write_pdf(path, made, ctx.progress, ctx.cancel, listing.count)
    return counted.rows


def pages(ctx: Context, listing: Listing) -> bytes:
    """A table as the PDF that would be printed.

    Raises:
        UserError: it has more rows than anybody prints.
        Cancelled: the officer stopped it.
    """
    from app.services.exports.pdf import pdf_bytes

    return pdf_bytes(_table(ctx, listing, _Counted()), ctx.progress, ctx.cancel, listing.count)


def stamps(ctx: Context, listing: Listing) -> tuple[str, ...]:
    """The lines under the title: the filter, the order, and who made it where and when."""
    now = ctx.clock.now().astimezone()
    where = f" from {listing.database}" if listing.database else ""
    made = f"Made on {now.day} {now:%b %Y} at {now:%H:%M} by {ctx.officer.name}{where}"
    order = f"Sorted by {listing.order}" if listing.order else ""
    count = f"{listing.count:,} {'row' if listing.count == 1 else 'rows'}"
    return tuple(line for line in (*listing.shown, order, f"{count}. {made}") if line)


class _Counted:
    """How many rows went into the file."""

    rows = 0


def _table(ctx: Context, listing: Listing, counted: _Counted) -> Table:
    from app.services.exports.dto import Column, Kind, Table

    kinds = {
        Holds.TEXT: Kind.TEXT,
        Holds.DATE: Kind.DATE,
        Holds.MOMENT: Kind.MOMENT,
        Holds.POUNDS: Kind.POUNDS,
        Holds.NUMBER: Kind.INT,
    }
    columns = tuple(
        Column(head.title, kinds[head.holds], head.characters, head.total, head.balance, head.signed)
        for head in listing.headings
    )
    return Table(listing.title, stamps(ctx, listing), columns, _values(ctx, listing, counted))


def _values(ctx: Context, listing: Listing, counted: _Counted) -> Iterator[Sequence[Value]]:
    heads = listing.headings
    for row in listing.rows(ctx):
        counted.rows += 1
        yield [_value(head, value) for head, value in zip(heads, row, strict=True)]


def _value(head: Heading, value: Any) -> Value:
    """A cell as its column holds it; what a column doesn't hold is left to be read, as text."""
    if value is None:
        return None
    if head.holds is Holds.TEXT:
        return _text(value)
    if head.holds is Holds.DATE and isinstance(value, datetime):
        return value.astimezone().date()
    return value  # type: ignore[no-any-return]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, datetime):
        local = value.astimezone()
        return f"{local.day} {local:%b %Y %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return str(value)
