"""The headings of a file: which of our columns each is, by its own words or as the officer chose before."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.services.core.errors import UserError
from app.services.imports.dto import FieldChoice, FileHeadings, Heading, Layout, Names
from app.services.imports.mapping import HEADER_ROWS, Header, find_header, read_twice
from app.services.imports.reading import open_source
from app.services.imports.values import fold

_EXAMPLES: Final = 3
_LEAST: Final = 2
"""Headings that a row must have to be one of headings."""
_NUMBER: Final = 6
Rows = Sequence[tuple[int, Sequence[Any]]]


def read(path: Path, wanted: Layout, *, masked: bool = False) -> FileHeadings:
    """The headings of the first sheet that has some of ours, or of the first that has any; cells below as examples.

    `masked` shows of a number of six digits or more only the last two: it could be one of a bank account.

    Raises:
        UserError: it can't be read, or no row of it is one of headings.
    """
    if path.is_dir():
        raise UserError(f"{path.name} is a folder.", "Load an .xlsx workbook or a .csv file.", "path")
    with open_source(path) as source:
        sheets = {name: list(itertools.islice(source.rows(name), HEADER_ROWS + _EXAMPLES)) for name in source.sheets}
    known = {name: find_header(rows[:HEADER_ROWS], wanted, Names()) for name, rows in sheets.items()}
    sheet = next((name for name, header in known.items() if header is not None), None)
    sheet = sheet or next((name for name, rows in sheets.items() if _fullest(rows)), None)
    if sheet is None:
        raise UserError(f"{path.name} has no row of headings.", "Its first row names the columns.", "path")
    header, rows = known[sheet], sheets[sheet]
    at = header.row if header is not None else _fullest(rows)
    below = [row for number, row in rows if number > at]
    means = {} if header is None else {place: name for name, place in header.places.items()}
    found = [
        Heading(text, means.get(place, ""), _examples(below, place, masked=masked))
        for place, text in _texts(rows, at).items()
    ]
    fields = tuple(FieldChoice(each.name, title_of(each.name), each.note) for each in wanted.columns)
    return FileHeadings(path.name, sheet, tuple(found), fields)


def used(rows: Rows, header: Header) -> tuple[tuple[str, str], ...]:
    """Which of our columns each heading of a file was read as; empty where it was left out."""
    means = {place: name for name, place in header.places.items()}
    return tuple((text, means.get(place, "")) for place, text in _texts(rows, header.row).items())


def proposed(found: FileHeadings, chosen: Mapping[str, str] | None) -> FileHeadings:
    """The headings as the officer chose them last, if they did."""
    if chosen is None:
        return found
    again = tuple(replace(each, field=chosen.get(each.name, "")) for each in found.headings)
    return replace(found, headings=again, remembered=True)


def key_of(names: Iterable[str]) -> str:
    """By what headings are known again, whatever their order: a SHA-256."""
    return hashlib.sha256("\n".join(sorted({fold(name) for name in names})).encode()).hexdigest()


def lacking(wanted: Layout, chosen: Sequence[Heading]) -> str:
    """Which columns that are needed no heading is chosen for, as a sentence; empty where none is."""
    fields = {each.field for each in chosen}
    missing = [title_of(each).lower() for each in wanted.required if each not in fields]
    return f"Say which heading is the {' and the '.join(missing)}." if missing else ""


def doubled(chosen: Sequence[Heading]) -> str:
    """What stands or is chosen twice among headings, as a sentence; empty where nothing is."""
    fields = [each.field for each in chosen if each.field]
    twice = next((each for each in fields if fields.count(each) > 1), "")
    return read_twice(chosen) or (f"Two headings are both the {title_of(twice).lower()}." if twice else "")


def title_of(field: str) -> str:
    """A column in words."""
    return field.replace("_", " ").capitalize()


def _fullest(rows: Rows) -> int:
    """The number of the first row with the most texts; 0 where none has enough of them to be headings."""
    counted = [(len(_texts(rows, number)), -number) for number, _row in rows[:HEADER_ROWS]]
    most, number = max(counted, default=(0, 0))
    return -number if most >= _LEAST else 0


def _texts(rows: Rows, number: int) -> dict[int, str]:
    """The texts of a row by their places."""
    row = next((cells for at, cells in rows if at == number), ())
    return {at: " ".join(each.split()) for at, each in enumerate(row) if isinstance(each, str) and each.strip()}


def _examples(rows: Sequence[Sequence[Any]], place: int, *, masked: bool) -> tuple[str, ...]:
    cells = (row[place] for row in rows if place < len(row))
    said = (_said(each) for each in cells if each not in {None, ""})
    return tuple(_masked(each) if masked else each for each in said)[:_EXAMPLES]


def _masked(text: str) -> str:
    digits = [each for each in text if each.isdigit()]
    return f"••••{''.join(digits[-2:])}" if len(digits) >= _NUMBER else text


def _said(cell: object) -> str:
    return f"{cell.day} {cell:%b %Y}" if isinstance(cell, date) else str(cell)
