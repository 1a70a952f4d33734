"""Tables as CSV that Excel opens rightly: UTF-8 with its mark, day-first dates, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.services.exports.dto import Column, Kind, Table, Value, is_formula_like, pence_of
from app.services.exports.files import write_whole


def csv_bytes(table: Table) -> bytes:
    """The table as a CSV file: a heading row, then the rows. Text that looks like a formula gets a leading apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in table.columns])
    writer.writerows(_cells(table.columns, row) for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(path: Path, table: Table) -> None:
    """Write the table to a CSV file.

    Raises:
        UserError: the file could not be written; none is left half written.
    """
    write_whole(path, csv_bytes(table))


def _cells(columns: Sequence[Column], row: Sequence[Value]) -> Iterator[str]:
    for column, value in zip(columns, row, strict=True):
        if value is None:
            yield ""
        elif column.kind is Kind.POUNDS:
            yield _pounds(pence_of(value) or 0)
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
