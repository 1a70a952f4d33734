"""The ids that a long list is made of, read without keeping the window from its work."""

from __future__ import annotations

import time
from array import array
from typing import Any, Final

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.orm import Session

from app.services.core.progress import CancelToken

_PARTITION: Final = 2_000
_AT_MOST: Final = 0.008
"""Seconds without a breath: a driver that fetches gives the interpreter up at each row, and takes it back too soon for
any other thread to have it; the window would stand still until the last row."""
_BREATH: Final = 0.000_5


def read_ids(
    session: Session, statement: Select[Any] | CompoundSelect[Any], cancel: CancelToken, column: int = 0
) -> array[int]:
    """The ids in a column of what a statement finds, in its order.

    Half a million take the driver a third of the time that Row objects do.

    Raises:
        Cancelled: nobody waits for them any more.
    """
    ids = array("q")
    found = session.connection().execute(statement)
    driver: Any = found.cursor
    began = time.perf_counter()
    while part := driver.fetchmany(_PARTITION):
        cancel.check()
        ids.extend([row[column] for row in part])
        if time.perf_counter() - began > _AT_MOST:
            time.sleep(_BREATH)
            began = time.perf_counter()
    found.close()
    return ids
