"""Spreadsheets of tenancies: the one sheet is read whole, every fault with its row, and all of its rows are done or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.imports.dto import Layout, Names, Problem, Table
from app.services.imports.mapping import is_meant
from app.services.imports.reading import open_source
from app.services.imports.tables import TableReader

R = TypeVar("R")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class RowsRead(Generic[R]):
    """A spreadsheet that was read; there are no rows where there are problems."""

    rows: tuple[R, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RowsDone(Generic[L]):
    """What became of each row, or what is wrong with them (and then nothing was done)."""

    lines: tuple[L, ...]
    problems: tuple[Problem, ...]
    changes: Changes = Changes(frozenset())  # noqa: RUF009  nothing in it changes


class _NotKept(Exception):  # noqa: N818  not an error: it unwinds a savepoint
    """What was done since the savepoint isn't to be kept."""


def read_sheet(path: Path, layout: Layout, what: str, columns: str = "", *, alone: bool = True) -> Table:
    """Read the sheet of a workbook, or the .csv file, that has these columns.

    Args:
        path: the file.
        layout: the columns.
        what: what is in it, such as `changes`.
        columns: what they are called, in words; empty: as the layout has them.
        alone: a file with a single sheet is taken to be of it.

    Raises:
        UserError: it can't be read at all, or has no such sheet.
    """
    with open_source(path) as source:
        reader = TableReader(layout, Names(), (), lambda _rows: None)
        sheets = tuple(source.sheets)
        meant = (name for name in sheets if is_meant(source.rows(name), name, layout))
        sheet = sheets[0] if alone and len(sheets) == 1 else next(meant, None)
        if sheet is None:
            names = columns or ", ".join(column.name for column in layout.columns)
            raise UserError(f"{path.name} has no sheet of {what}.", f"Its columns are {names}.", "path")
        reader.read(source.rows(sheet))
    return reader.table


def problems_of(
    sheet: str, row: int, columns: Mapping[str, str], error: UserError, other: str | None = None
) -> Iterator[Problem]:
    """What is wrong with a row, as the command line lists it.

    Args:
        sheet: what the sheet is called.
        row: its number.
        columns: the column that each field of the form is in the sheet.
        error: what was refused.
        other: the column of whatever else is wrong; None: the field by its own name.
    """
    for each in error.errors if isinstance(error, UserErrors) else (error,):
        field = each.field or ""
        yield Problem(sheet, row, columns.get(field, field if other is None else other), str(each))


def do_rows(
    ctx: Context,
    rows: Sequence[R],
    does: Callable[[R], L],
    wrong: Callable[[R, UserError], Iterable[Problem]],
    doing: str,
    *,
    keep: bool,
    areas: frozenset[str],
) -> RowsDone[L]:
    """Do something for each row, in their order: for all of them, or for none where any row is wrong.

    Args:
        ctx: of the command.
        rows: as they were read.
        does: does it for one row, in a savepoint of its own.
        wrong: what is wrong with a row that was refused.
        doing: what the progress says.
        keep: keep it; else nothing is kept, and what would become of each is told.
        areas: what changes then.
    """
    lines: list[L] = []
    problems: list[Problem] = []
    try:
        with ctx.session.begin_nested():
            for row in rows:
                ctx.cancel.check()
                try:
                    with ctx.session.begin_nested():
                        lines.append(does(row))
                except UserError as error:
                    problems.extend(wrong(row, error))
                ctx.progress(len(lines) + len(problems), len(rows), doing)
            if problems or not keep:
                raise _NotKept
    except _NotKept:
        return RowsDone(() if problems else tuple(lines), tuple(problems))
    return RowsDone(tuple(lines), (), Changes(areas))
