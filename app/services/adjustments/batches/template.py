"""The empty workbook of a batch: its headings with a note on each, and the kinds and reasons in use to choose from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from app.services.adjustments.batches import reading
from app.services.adjustments.batches.dto import BatchForm
from app.services.exports.files import whole_file
from app.services.imports.templates import WORDS, write_list, write_sheet

_EITHER: Final = frozenset({"debit", "credit"})
"""Amounts of another form: the template has one column for them."""
_NOT_LISTED: Final = "This is not in the list, so it will be refused when the file is loaded."


def write(path: Path, form: BatchForm) -> None:
    """Write the template.

    Raises:
        UserError: the file can't be written there.
    """
    wanted = reading.layout(form)
    columns = (replace(each, required=each.name in {"reference", "amount"}) for each in wanted.columns)
    wanted = replace(wanted, columns=tuple(each for each in columns if each.name not in _EITHER))
    book = Workbook()
    lists = book.create_sheet(WORDS)
    choices = {
        "kind": write_list(lists, 1, "Kinds", [each.title for each in form.kinds]),
        "reason": write_list(lists, 2, "Reasons", [each.title for each in form.reasons]),
    }
    sheet: Any = book.active
    sheet.title = wanted.name
    write_sheet(sheet, wanted, {each.name: each.note for each in wanted.columns}, choices, _NOT_LISTED)
    book.properties.creator = "Rentbook"
    book.properties.title = "A batch of adjustments"
    with whole_file(path) as temporary:
        book.save(temporary)
