"""The files of an export: a CSV file for each table, and each document as a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Table, func, select

from app.models.documents import DocumentLink
from app.models.tables import metadata
from app.services.core import keys, sealed
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exit_export import cells
from app.services.exit_export.describing import LEFT_OUT, is_pence
from app.services.exit_export.dto import TableTotals
from app.services.exports.files import safe_name
from app.services.moving.copying import Row, in_order, rows_of

INDEX: Final = "documents.csv"
_SHUT: Final = frozenset({"signing_certificate", "post_mailbox"})
"""Places whose secrets nobody needs who leaves Rentbook: a private key, and passwords of mailboxes."""
_ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/plain": ".txt",
}

Tick = Callable[[int, str], None]


def tables(ctx: Context, folder: Path, opened: bool, tick: Tick) -> list[TableTotals]:
    """Write the file of every table; `tick` is told of each portion.

    Raises:
        UserError: what was written is not what the database counts, or something sealed can't be opened.
        OSError: it can't be written.
    """
    (folder / "tables").mkdir()
    return [_table(ctx, folder, each, opened, tick) for each in in_order()]


def _table(ctx: Context, folder: Path, table: Table, opened: bool, tick: Tick) -> TableTotals:
    amounts = [each.name for each in table.c if is_pence(each)]
    sums, rows, formulas = dict.fromkeys(amounts, 0), 0, 0
    openings = _openings(ctx, table) if opened else {}
    out_of = [each.name for each in table.c if (table.name, each.name) in LEFT_OUT]
    with (folder / "tables" / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(cells.line(list(table.c.keys())))
        for portion in rows_of(ctx.session, table):
            ctx.cancel.check()
            for row in portion:
                for name in amounts:
                    sums[name] += row[name] or 0
                for name in out_of:
                    row[name] = None
                for name, unseal in openings.items():
                    row[name] = unseal(row)
                values = list(row.values())
                formulas += cells.formulas(values)
                out.write(cells.line(values))
            rows += len(portion)
            tick(len(portion), table.name)
    totals = TableTotals(table.name, rows, sums, formulas)
    _prove(ctx, table, totals)
    return totals


def _prove(ctx: Context, table: Table, totals: TableTotals) -> None:
    """What the file holds against what the database itself counts and adds up."""
    wanted = select(func.count(), *(func.coalesce(func.sum(table.c[name]), 0) for name in totals.pence))
    rows, *sums = ctx.session.execute(wanted.select_from(table)).one()
    if (rows, list(map(int, sums))) != (totals.rows, list(totals.pence.values())):
        raise UserError(
            f"The file of {table.name} doesn't hold what the database does; nothing was kept.",
            "Try again; if it happens again, tell whoever supports Rentbook.",
        )


def _openings(ctx: Context, table: Table) -> dict[str, Callable[[Row], str | None]]:
    """What opens the sealed columns of a table: bank details as `["203040","12345678",""]`, incidents as their words."""
    return {
        place.column: _opener(ctx, place)
        for place in sealed.PLACES
        if place.table == table.name and place.table not in _SHUT
    }


def _opener(ctx: Context, place: sealed.Place) -> Callable[[Row], str | None]:
    def unseal(row: Row) -> str | None:
        kept = row[place.column]
        if kept is None:
            return None
        return keys.unseal(ctx.session, kept, f"{place.table}:{row['id']}").decode("utf-8")

    return unseal


def documents(ctx: Context, folder: Path, tick: Tick) -> int:
    """Write every document under its name, and the index of them; how many there are.

    Raises:
        UserError: one of them is not what its SHA-256 says.
        OSError: it can't be written.
    """
    count, table = 0, metadata.tables["document"]
    (folder / "documents").mkdir()
    with (folder / INDEX).open("w", encoding="utf-8", newline="") as out:
        out.write(cells.line(["sha256", "file", "media_type", "size", "sealed"]))
        for portion in rows_of(ctx.session, table):
            ctx.cancel.check()
            names = _names(ctx, [row["sha256"] for row in portion])
            for row in portion:
                place = _place(row, names.get(row["sha256"], ""))
                _keep(folder / place, row)
                shut = bool(keys.key_named(row["content"]))
                out.write(cells.line([row["sha256"], place, row["media_type"], row["size"], shut]))
            count += len(portion)
            tick(len(portion), "documents")
    return count


def _names(ctx: Context, shas: Sequence[str]) -> dict[str, str]:
    """The file name by which each document was first linked."""
    found = select(DocumentLink.sha256, DocumentLink.file_name).where(DocumentLink.sha256.in_(shas))
    return {row.sha256: row.file_name for row in ctx.session.execute(found.order_by(DocumentLink.id.desc()))}


def _place(row: Row, name: str) -> str:
    kept = name or f"document{_ENDINGS.get(row['media_type'], '.bin')}"
    return f"documents/{row['sha256'][:2]}/{row['sha256'][:16]}-{safe_name(kept)}"


def _keep(path: Path, row: Row) -> None:
    if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
        raise UserError(
            f"The document {row['sha256'][:16]} is not what was stored; nothing was kept.",
            "Run `rentbook check`, and restore a backup if it finds the same.",
        )
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(row["content"])
