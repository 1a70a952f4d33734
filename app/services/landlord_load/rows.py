"""A table's rows, and rows in the portions in which they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.services.imports.dto import Table

CHUNK: Final = 5_000
RowDicts = Iterable[dict[str, Any]]


def row_dicts(table: Table) -> Iterator[dict[str, Any]]:
    """Each row of a table by column."""
    return (row for _, row in table.by_name())


def chunked(rows: RowDicts) -> Iterator[list[dict[str, Any]]]:
    """Rows a few thousand at a time."""
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
