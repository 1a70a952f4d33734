"""What a file should come to, as its trailer or an officer says, held against what it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.models.values import Money
from app.services.imports.dto import Mistake
from app.services.imports.values import CellError
from app.services.reception_payments.files.dto_read import Control, ReadLine
from app.services.reception_payments.files.layouts import Layout
from app.services.reception_payments.files.reading import cells, records
from app.services.reception_payments.files.reading.records import Records

_FETCH: Final = "Nothing is loaded until they agree: fetch the file again."
_WHICH: Final = "Look at what whoever sent it says: what you typed is wrong, or the file is another."
_PLACE: Final = "Say in the profile where the trailer has it, or fetch the file again."


def declared(found: Records, layout: Layout, typed: Control) -> tuple[Control, list[Mistake]]:
    """What the trailer says, or what was typed where it doesn't; where both do, they have to agree."""
    if found.trailer is None:
        return typed, []
    faults: list[Mistake] = []
    number = found.trailer[0]
    count, total = _count(found, layout, faults), _total(found, layout, faults)
    if typed.count is not None and count is not None and typed.count != count:
        words = f"You typed {typed.count:,} payments, and the trailer says {count:,}."
        faults.append(Mistake(number, "trailer", words, _WHICH))
    if typed.total is not None and total is not None and typed.total != total:
        words = f"You typed {typed.total} in all, and the trailer says {total}."
        faults.append(Mistake(number, "trailer", words, _WHICH))
    return Control(typed.count if count is None else count, typed.total if total is None else total), faults


def differences(wanted: Control, counted: int, lines: Sequence[ReadLine], found: Records) -> Iterator[Mistake]:
    """Where the number of lines and what the payments come to aren't as they should be."""
    said = "You typed" if found.trailer is None else "The trailer says"
    row = 0 if found.trailer is None else found.trailer[0]
    if wanted.count is not None and wanted.count != counted:
        lacks = abs(wanted.count - counted)
        verb = "is" if lacks == 1 else "are"
        how = "missing" if wanted.count > counted else "too many"
        words = f"{said} {wanted.count:,} payments, and the file has {counted:,}: {lacks:,} {verb} {how}."
        yield Mistake(row, "count", words, _FETCH)
    total = Money(sum(line.pence for line in lines))
    if wanted.total is not None and wanted.total != total:
        gap = abs(wanted.total - total)
        words = f"{said} {wanted.total} in all, and the payments come to {total}: they differ by {gap}."
        yield Mistake(row, "total", words, _FETCH)


def _count(found: Records, layout: Layout, faults: list[Mistake]) -> int | None:
    at = layout.trailer
    if found.trailer is None or not at.count_at:
        return None
    number, row = found.trailer
    raw = records.piece(row, at.count_at, at.count_length, layout.form)
    text = "" if raw is None else str(raw).strip()
    if not (text.isascii() and text.isdigit()):
        faults.append(Mistake(number, "trailer", f"The trailer's number of lines, '{text}', is no number.", _PLACE))
        return None
    return int(text) - (len(found.others) + 1 if at.counts_all else 0)


def _total(found: Records, layout: Layout, faults: list[Mistake]) -> Money | None:
    at = layout.trailer
    if found.trailer is None or not at.total_at:
        return None
    number, row = found.trailer
    raw = records.piece(row, at.total_at, at.total_length, layout.form)
    try:
        pence: int = cells.reader_of_amounts(layout)("" if raw is None else raw)
    except CellError as error:
        faults.append(Mistake(number, "trailer", f"The trailer's total can't be read. {error}", _PLACE))
        return None
    return Money(-pence if layout.turned else pence)
