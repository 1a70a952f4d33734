"""A file with one sheet of ours: found among its sheets, and read. What is wrong in it, for whoever refuses it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.services.core.errors import UserError, UserErrors
from app.services.core.progress import CancelToken, Progress
from app.services.imports.dto import Layout, Mistake, Names, Table
from app.services.imports.headings import used
from app.services.imports.mapping import HEADER_ROWS, find_header
from app.services.imports.reading import open_source
from app.services.imports.tables import TableReader

_MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """The sheet that is looked for.

    Attributes:
        layout: its columns.
        fits: whether a sheet with these columns of ours is one.
        needs: the columns that it can't do without, in words.
        most: rows; a file of more is loaded in parts.
    """

    layout: Layout
    fits: Callable[[AbstractSet[str]], bool]
    needs: str
    most: int


def read(
    path: Path, wanted: Wanted, columns: Mapping[str, str], progress: Progress, cancel: CancelToken
) -> tuple[Table, tuple[tuple[str, str], ...]]:
    """The first sheet that fits, and which of our columns each of its headings was read as; empty where it was left out.

    `columns` says of headings that don't match by themselves which of our columns they are.

    Raises:
        UserError: the file can't be read, has no such sheet or too many rows, or `columns` names one that there isn't.
        Cancelled: `cancel` was used.
    """
    layout = wanted.layout
    what = layout.name.lower()

    def report(rows: int) -> None:
        cancel.check()
        progress(rows, 0, f"Reading {what}")

    if path.is_dir():
        raise UserError(f"{path.name} is a folder.", "Load an .xlsx workbook or a .csv file.", "path")
    names = _names(layout, columns)
    with open_source(path) as source:
        reader = TableReader(layout, names, (), report)
        for sheet in source.sheets:
            first = list(itertools.islice(source.rows(sheet), HEADER_ROWS))
            header = find_header(first, layout, names)
            if header is not None and wanted.fits(header.places.keys()):
                break
        else:
            hint = f"Its first row names the columns: at least {wanted.needs}."
            raise UserError(f"{path.name} has no sheet of {what}.", hint, "path")
        reader.read_one(source, sheet)
    if len(reader.table) > wanted.most:
        words = f"{path.name} has {len(reader.table):,} rows; {wanted.most:,} is the most."
        raise UserError(words, "Load it in parts.", "path")
    return reader.table, used(first, header)


def refusal(mistakes: Sequence[Mistake], words: Mapping[str, str] | None = None) -> UserErrors:
    """What refuses a file with mistakes: the first of them, each about `rows.3.amount`; `words` are what fields are called."""
    errors = [
        UserError(
            f"Row {each.row}{_named(each, words)}: {each.message}" if each.row else each.message,
            each.hint,
            f"rows.{each.row}.{each.field}" if each.row else each.field,
        )
        for each in mistakes[:_MOST_TOLD]
    ]
    if len(mistakes) > _MOST_TOLD:
        errors.append(UserError(f"And {len(mistakes) - _MOST_TOLD:,} more."))
    return UserErrors(errors)


def _named(mistake: Mistake, words: Mapping[str, str] | None) -> str:
    return "" if words is None else f", {words.get(mistake.field, mistake.field)}"


def _names(layout: Layout, columns: Mapping[str, str]) -> Names:
    known = {column.name for column in layout.columns}
    wrong = sorted(set(columns.values()) - known - {""})
    if wrong:
        raise UserError(f"There is no column {wrong[0]}.", f"The columns are: {', '.join(sorted(known))}.", "column")
    return Names(columns={layout.name: dict(columns)})
