"""Every row of one database into another, table by table in the order of their keys, in portions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Dialect, LargeBinary, String, Table, delete, func, insert, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from app.models.tables import metadata
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress

_PORTION: Final = 2_000
_PORTION_OF_FILES: Final = 20
"""Rows at a time of a table that holds files: each may be megabytes."""
_WHOLE: Final = 1 << 256

Row = dict[str, Any]
Change = Callable[[str, list[Row]], list[Row]]
"""What becomes of a portion of rows of a table on the way; the rows may be changed in place."""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and a digest over them that doesn't hang on their order."""

    rows: int
    digest: str


def in_order() -> list[Table]:
    """Every table after those that its keys point to; the ledger's entries before their journals, as they are posted."""
    tables = [each for each in metadata.sorted_tables if each.name != "journal"]
    at = next(place for place, each in enumerate(tables) if each.name == "entry")
    tables.insert(at + 1, metadata.tables["journal"])
    return tables


def counted(session: Session) -> dict[str, int]:
    """Rows by table."""
    return {each.name: session.scalar(select(func.count()).select_from(each)) or 0 for each in in_order()}


def rows_of(session: Session, table: Table) -> Iterator[list[Row]]:
    """The rows of a table by its key, in portions."""
    size = _PORTION_OF_FILES if any(isinstance(each.type, LargeBinary) for each in table.c) else _PORTION
    found = session.execute(
        select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": size}
    ).mappings()
    for portion in found.partitions(size):
        yield [dict(row) for row in portion]


def mark(row: Row) -> int:
    """A number that stands for a row's values, in the order of its columns."""
    return int.from_bytes(hashlib.sha256(repr(list(row.values())).encode("utf-8", "surrogatepass")).digest(), "big")


def content(session: Session, table: Table, tick: Callable[[int], None]) -> Content:
    """What a table holds; `tick` is told of each portion."""
    rows, total = 0, 0
    for portion in rows_of(session, table):
        rows += len(portion)
        total = (total + sum(map(mark, portion))) % _WHOLE
        tick(len(portion))
    return Content(rows, f"{total:064x}")


def clear(session: Session) -> None:
    """Take away what the migrations put into a new database; the guards stand aside already."""
    for table in reversed(in_order()):
        session.execute(delete(table))


def copy(
    source: Session, target: Session, progress: Progress, cancel: CancelToken, change: Change | None = None
) -> dict[str, Content]:
    """Copy every row; what each table of the source holds, by its name.

    Args:
        source: read in one transaction, so that it is one state.
        target: empty, its guards aside.
        progress: told of each portion, over all rows of all tables.
        cancel: looked at before each portion.
        change: what becomes of rows on the way.

    Raises:
        UserError: the target refuses a row.
        Cancelled: the officer stopped it.
    """
    counts = counted(source)
    done, total = 0, sum(counts.values())
    found: dict[str, Content] = {}
    for table in in_order():
        rows, digest = 0, 0
        for portion in rows_of(source, table):
            cancel.check()
            digest = (digest + sum(map(mark, portion))) % _WHOLE
            rows += len(portion)
            _write(target, table, change(table.name, portion) if change else portion)
            done += len(portion)
            progress(done, total, f"copying {table.name}")
        found[table.name] = Content(rows, f"{digest:064x}")
    return found


def refuse_too_long(source: Session, dialect: Dialect) -> None:
    """Refuse a text that the other engine has no room for, before anything is written: SQLite doesn't look at lengths.

    Raises:
        UserError: the first such column, and how many there are.
    """
    if source.get_bind().dialect.name == dialect.name or dialect.name == "sqlite":
        return
    long = [each for table in in_order() for each in _too_long(source, table, dialect)]
    if long:
        more = f" And {len(long) - 1} more columns." if len(long) > 1 else ""
        raise UserError(
            f"{long[0]}, which SQL Server has no room for; nothing was copied.{more}",
            "Shorten the text in Rentbook, or ask whoever supports it.",
        )


def _too_long(source: Session, table: Table, dialect: Dialect) -> Iterator[str]:
    room = {each.name: length for each in table.c if (length := _length(each.type, dialect)) is not None}
    if not room:
        return
    longest = source.execute(select(*(func.max(func.length(table.c[name])) for name in room))).one()
    for (name, most), found in zip(room.items(), longest, strict=True):
        if found is not None and found > most:
            yield f"A text in {table.name}.{name} has {found:,} characters, over {most:,}"


def _length(kind: Any, dialect: Dialect) -> int | None:
    there = kind.dialect_impl(dialect)
    inner = getattr(there, "impl_instance", there)
    return inner.length if isinstance(inner, String) else None


def _write(target: Session, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    try:
        target.connection().execute(insert(table), list(rows))
    except (IntegrityError, DataError) as error:
        raise UserError(
            f"The new database refuses a row of {table.name}: {error.orig}. Nothing was kept.",
            "Two rows may differ only by capitals or by a space at the end, which the server takes for the same: change one of "
            "them in Rentbook, and copy again.",
        ) from error
