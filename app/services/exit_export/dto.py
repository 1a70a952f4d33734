"""What an exit export comes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.services.core.changes import Changes

CHANGED: Final = Changes(frozenset({"admin"}))


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
