"""Tables as Excel workbooks: real dates, numeric pounds, codes as text, totals by formula, nothing that runs."""

from __future__ import annotations

import io
from pathlib import Path

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.exports.dto import Table
from app.services.exports.files import whole_file


def write_xlsx(
    path: Path, table: Table, progress: Progress = no_progress, cancel: CancelToken | None = None, total: int = 0
) -> int:
    """Write the table to a workbook of one sheet; returns the number of rows.

    Args:
        path: where to; the file there is replaced only when the new one is whole.
        table: what to write.
        progress: told every few thousand rows, of `total`.
        cancel: looked at as often; a cancelled workbook leaves no file.
        total: how many rows there will be, for the progress.

    Raises:
        UserError: the disk is full or the file may not be written.
        Cancelled: `cancel` was used.
    """
    from app.services.exports import workbooks

    with whole_file(path) as temporary, temporary.open("wb") as out:
        return workbooks.write(out, table, progress, cancel or CancelToken(), total)


def xlsx_bytes(table: Table) -> bytes:
    """The workbook as bytes."""
    from app.services.exports import workbooks

    out = io.BytesIO()
    workbooks.write(out, table, no_progress, CancelToken(), 0)
    return out.getvalue()
