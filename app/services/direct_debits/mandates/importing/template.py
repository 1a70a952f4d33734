"""The empty workbook of mandates: its headings with a note on each."""

from __future__ import annotations

from pathlib import Path

from app.services.direct_debits.mandates.importing.reading import LAYOUT
from app.services.imports.templates import write_book


def write(path: Path) -> None:
    """Write it.

    Raises:
        UserError: the file can't be written there.
    """
    write_book(path, LAYOUT, "Mandates in force")
