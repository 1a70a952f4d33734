"""A file of mandates: its headings as they were chosen before, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.services.core.context import Context
from app.services.direct_debits.mandates.importing import queries, reading
from app.services.imports import headings as heads
from app.services.imports.sheet_files import SheetFiles


def _chosen(ctx: Context, columns: Mapping[str, str]) -> Mapping[str, str] | None:
    return queries.chosen_columns(ctx, heads.key_of(columns))


FILES: Final = SheetFiles(reading.LAYOUT, reading.read, reading.TITLE, _chosen, masked=True)
