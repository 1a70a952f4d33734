"""A file of adjustments read, looked through and submitted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.services.adjustments.batches import queries, reading
from app.services.adjustments.batches.dto import BatchFile
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk


def read_file(
    desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BatchFile:
    """Read a file by the kinds and reasons in use; no transaction is open while it is read.

    Raises:
        UserError: as `reading.read`.
        Cancelled: `cancel` was used.
    """
    return reading.read(path, desk.ask(queries.form), columns, progress, cancel)
