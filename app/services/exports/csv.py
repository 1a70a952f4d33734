"""Tables as CSV that Excel opens rightly: UTF-8 with its mark, day-first dates, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, TextIO

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.exports.dto import Column, Kind, Table, Value, is_formula_like, pence_of
from app.services.exports.files import whole_file

_ROWS_PER_REPORT: Final = 2_000


def csv_bytes(table: Table, separator: str = ",") -> bytes:
    """The table as a CSV file: a heading row, then the rows. Text that looks like a formula gets a leading apostrophe."""
    out = io.StringIO(newline="")
    _write(out, table, no_progress, CancelToken(), 0, separator)
    return out.getvalue().encode("utf-8-sig")


def write_csv(
    path: Path,
    table: Table,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    total: int = 0,
    *,
    stamped: bool = False,
) -> int:
    """Write the table to a CSV file; returns the number of rows.

    Args:
        path: where to; the file there is replaced only when the new one is whole.
        table: what to write.
        progress: told every few thousand rows, of `total`.
        cancel: looked at as often; a cancelled file is not left behind.
        total: how many rows there will be, for the progress.
        stamped: put the title and its stamps under the rows, so that the headings stay in the first line.

    Raises:
        UserError: the file could not be written; none is left half written.
        Cancelled: `cancel` was used.
    """
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as out:
        count = _write(out, table, progress, cancel or CancelToken(), total)
        if stamped:
            csv.writer(out, lineterminator="\r\n").writerows(
                [[], *([_safe(text)] for text in (table.title, *table.stamps))]
            )
    return count


def _write(out: TextIO, table: Table, progress: Progress, cancel: CancelToken, total: int, separator: str = ",") -> int:
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in table.columns])
    count = 0
    for row in table.rows:
        writer.writerow(_cells(table.columns, row))
        count += 1
        if not count % _ROWS_PER_REPORT:
            cancel.check()
            progress(count, max(total, count), table.title)
    return count


def _cells(columns: Sequence[Column], row: Sequence[Value]) -> Iterator[str]:
    for column, value in zip(columns, row, strict=True):
        if value is None:
            yield ""
        elif column.kind is Kind.POUNDS:
            yield _pounds(pence_of(value) or 0)
        elif isinstance(value, datetime):
            yield f"{value.astimezone():%d/%m/%Y %H:%M}"
        elif column.kind is Kind.DATE and isinstance(value, date):
            yield f"{value:%d/%m/%Y}"
        elif column.kind is Kind.INT:
            yield str(value)
        else:
            yield _safe(str(value))


def _safe(text: str) -> str:
    """Text that no spreadsheet runs: the apostrophe is what Excel itself puts before such text."""
    return f"'{text}" if is_formula_like(text) else text


def _pounds(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    pounds, part = divmod(abs(pence), 100)
    return f"{sign}{pounds}.{part:02}"
