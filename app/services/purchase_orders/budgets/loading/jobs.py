"""A file of budgets: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from typing import Final

from app.services.imports.sheet_files import SheetFiles
from app.services.purchase_orders.budgets.loading import reading

FILES: Final = SheetFiles(reading.LAYOUT, reading.read, "Budgets of a year")
