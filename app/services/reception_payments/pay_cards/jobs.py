"""The supplier's answer, away from the window: its headings, and its rows."""

from __future__ import annotations

from typing import Final

from app.services.imports.sheet_files import SheetFiles
from app.services.reception_payments.pay_cards import answers

FILES: Final = SheetFiles(answers.LAYOUT, answers.read)
