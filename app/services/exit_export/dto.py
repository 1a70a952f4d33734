"""What an exit export comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.services.core.changes import Changes

CHANGED: Final = Changes(frozenset({"admin"}))
ABOUT: Final = "exit_export"
"""What the audit calls an export."""


@dataclass(frozen=True, slots=True)
class TableTotals:
    """What the file of a table holds, for the manifest.

    Attributes:
        name: of the table.
        rows: how many.
        pence: the sum of each column of amounts.
        formula_like: cells that begin as a formula does; they are left as they are.
    """

    name: str
    rows: int
    pence: dict[str, int]
    formula_like: int


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that was written.

    Attributes:
        folder: where.
        tables, rows, documents: how many.
        opened: sealed bank details and incidents stand in it in plain text.
        manifest_sha256: of the manifest, which names the SHA-256 of every other file.
        told: it in sentences.
    """

    folder: Path
    tables: int
    rows: int
    documents: int
    opened: bool
    manifest_sha256: str
    told: tuple[str, ...]
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An export that was begun, as the audit tells it.

    Attributes:
        number: of the line of the audit with which it began.
        opened: what is sealed was to stand in it in plain text.
        done: it was written to its end; else it was stopped or failed, and nothing is left of it.
        rows: how many it holds.
        manifest_sha256: by which its folder is known again.
    """

    number: int
    at: datetime
    by: str
    folder: str
    opened: bool
    done: bool
    rows: int = 0
    manifest_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ExportBoard:
    """What the page of exports shows.

    Attributes:
        exports: the last first.
        tables, documents, document_bytes: what there is to write.
        request: the request to open them that waits; none where none does.
        allowed: the officer may make one opened export.
    """

    exports: tuple[ExportRow, ...]
    tables: int
    documents: int
    document_bytes: int
    request: int | None
    allowed: bool
