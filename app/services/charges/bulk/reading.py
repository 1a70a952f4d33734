"""A spreadsheet of charges: whose charge becomes what, read whole, every fault with its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.models.values import Money
from app.services.charges.bulk.dto import SheetLine, SheetRead
from app.services.charges.elements.dto import CodeChoice
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Names, Problem, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.mapping import is_meant
from app.services.imports.reading import open_source
from app.services.imports.tables import TableReader
from app.services.imports.values import fold

NAME: Final = "Charges"


def layout(codes: Iterable[CodeChoice]) -> Layout:
    """The one sheet: reference, code, amount a week (empty: it ends)."""
    words = {fold(word): code.code for code in codes for word in (code.code, code.what)}
    return Layout(
        NAME,
        (
            Column(
                "reference",
                Kind.CODE,
                required=True,
                length=40,
                synonyms=("payment reference", "account", "rent account", "property reference", "property"),
                may_look_like_card=True,
            ),
            Column("code", Kind.CHOICE, required=True, words=words, synonyms=("charge", "charge code", "element")),
            Column("weekly", Kind.MONEY, synonyms=("new amount", "new charge", "amount", "weekly charge", "a week")),
        ),
        synonyms=("charge changes", "new charges", "rents"),
    )


def read(
    path: Path,
    codes: Iterable[CodeChoice],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SheetRead:
    """Read a workbook or a .csv file of charges.

    Raises:
        UserError: it can't be read at all, or no sheet of it has the columns reference, code and weekly.
    """
    cancel = cancel or CancelToken()
    wanted = layout(codes)

    def report(rows: int) -> None:
        cancel.check()
        progress(rows, 0, "Reading charges")

    with open_source(path) as source:
        reader = TableReader(wanted, Names(), (), report)
        sheet = next((name for name in source.sheets if is_meant(source.rows(name), name, wanted)), None)
        if sheet is None:
            raise UserError(
                f"{path.name} has no sheet of charges.", "Its columns are reference, code and weekly.", "path"
            )
        reader.read_one(source, sheet)
    problems = (*reader.table.problems, *_twice(reader.table))
    lines = () if problems else tuple(_lines(reader.table))
    content = path.read_bytes() if path.is_file() else b""
    return SheetRead(file_sha256(path), lines, problems, path.name, content)


def _lines(table: Table) -> Iterator[SheetLine]:
    columns = table.columns
    for row, reference, code, weekly in zip(
        table.rows, columns["reference"], columns["code"], columns["weekly"], strict=True
    ):
        yield SheetLine(row, reference, code, weekly if weekly is None else Money(weekly))


def _twice(table: Table) -> Iterator[Problem]:
    """Rows that set the same charge of the same account again."""
    seen: dict[tuple[str, str], int] = {}
    for row, reference, code in zip(table.rows, table.columns["reference"], table.columns["code"], strict=True):
        if reference is None or code is None:
            continue
        first = seen.setdefault((fold(reference), code), row)
        if first != row:
            yield Problem(
                NAME, row, "reference", f"{reference} {code} stands in row {first} already. Delete one of them."
            )
