"""Rows about files: loading a landlord, a run of statements, exporting a table."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import bare_statements
import dataset
from measuring import Figure, Row, in_turn, say, seconds
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from app.models.values import Money
from app.services.core import database as databases
from app.services.core.progress import CancelToken, no_progress
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.xlsx import write_xlsx
from app.services.landlord_load import commands as loading
from app.services.landlord_load import queries as rehearsing
from app.services.statements import drawing, gathering
from app.services.statements import queries as statements
from app.services.statements.dto import RunRequest
from app.services.statements.jobs import run_statements

_STATEMENTS = 2_400
_AREA = "Bench Row"
_QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
_EXPORTED = 100_000


def load(folder: Path) -> Figure:
    """As the command line loads: every error looked for in a dry run, then all of it written and reconciled."""
    path = dataset.workbook()

    def ours(number: int) -> float:
        place = folder / f"load-{number}.db"
        databases.create(place, dataset.OFFICER, "Benchmark", dataset.CLOCK).close()
        with dataset.desk_at(place) as desk:

            def work() -> None:
                found = desk.ask(rehearsing.rehearse, path)
                if found.errors:
                    raise AssertionError(found.errors[:3])
                desk.run(loading.load, no_progress, CancelToken(), found.file)

            return seconds(work)

    def reference(_number: int) -> float:
        def work() -> None:
            book = load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                for _ in sheet.iter_rows(values_only=True):
                    pass
            book.close()

        return seconds(work)

    return in_turn(ours, reference)


def run_of_statements(folder: Path) -> Figure:
    """A quarter's statements of 2,400 accounts, read, drawn, stored; beside a bare canvas that draws the same pages."""
    place = dataset.copy_of(dataset.ledger(), folder / "statements.db")
    with closing(sqlite3.connect(place)) as plain:
        plain.execute(f"UPDATE property SET area = '{_AREA}' WHERE id <= {_STATEMENTS}")  # noqa: S608
        plain.execute(
            "INSERT INTO landlord (id, name, office, address, phone, email, website, how_to_pay,"
            " reference_scheme, demonstration, version) VALUES (1, 'Bench landlord', '', '1 Bench Row', '', '',"
            " '', 'Pay', 'mod11', 0, 1)"
        )
        plain.commit()
    request = RunRequest(*_QUARTER, areas=frozenset({_AREA}), again=True)
    with dataset.desk_at(place) as desk:
        pages = _recorded(desk, request)
        say(f"    {sum(len(part) for part in pages):,} pages")

        def ours(_number: int) -> float:
            return seconds(lambda: run_statements(desk, request))

        def reference(number: int) -> float:
            return seconds(lambda: _bare(pages, folder / f"bare-{number}"))

        return in_turn(ours, reference)


def _recorded(desk: Any, request: RunRequest) -> list[bare_statements.Pages]:
    """What the pen draws on each page, in the parts in which it is drawn."""
    plan = desk.ask(statements.plan, request, 0)
    accounts = [account for group in plan.groups for account in group.accounts]
    with bare_statements.recording() as pages:
        parts = []
        for start in range(0, len(accounts), 300):
            read = desk.ask(gathering.statements, accounts[start : start + 300], *_QUARTER)
            drawing.draw_part(read, plan.sender, plan.groups[0].variant, "Account statements")
            parts.append(list(pages))
            pages.clear()
    return parts


def _bare(parts: Sequence[bare_statements.Pages], folder: Path) -> None:
    folder.mkdir()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), spawn, initializer=bare_statements.start) as pool:
        for number, content in enumerate(pool.map(bare_statements.draw, parts)):
            (folder / f"{number}.pdf").write_bytes(content)


def export(folder: Path) -> Figure:
    """A table of eight columns, beside openpyxl's write-only workbook with the same cells, formats and font."""
    columns = (
        Column("Reference", Kind.TEXT, 14),
        Column("Name", Kind.TEXT, 28),
        Column("Address", Kind.TEXT, 34),
        Column("Since", Kind.DATE),
        Column("Weeks", Kind.INT),
        Column("Charged", Kind.POUNDS),
        Column("Received", Kind.POUNDS),
        Column("Balance", Kind.POUNDS),
    )

    def ours(number: int) -> float:
        rows = ((*row[:5], *(Money(pence) for pence in row[5:])) for row in _exported())
        table = Table("Accounts", ("All accounts",), columns, rows)
        return seconds(lambda: write_xlsx(folder / f"ours-{number}.xlsx", table))

    def reference(number: int) -> float:
        return seconds(lambda: _bare_export(folder / f"bare-{number}.xlsx", columns))

    return in_turn(ours, reference)


def _exported() -> Iterator[tuple[Any, ...]]:
    for number in range(_EXPORTED):
        day = date(2010, 4, 5) + timedelta(days=number % 5000)
        money = (11_842 * (number % 50), -11_000 * (number % 50), number % 90_000 - 30_000)
        yield (
            f"70{number:07}",
            f"Ms Sample Person {number}",
            f"{number % 90} Sampler Close, Testford",
            day,
            number % 52,
            *money,
        )


def _bare_export(path: Path, columns: Sequence[Column]) -> None:
    """The quickest that openpyxl goes: a cell for each column with its format and font, used again for every row."""
    formats = {Kind.TEXT: "@", Kind.DATE: "dd mmm yyyy", Kind.POUNDS: "#,##0.00", Kind.INT: "#,##0"}
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Accounts")
    sheet.append([column.title for column in columns])
    cells = [WriteOnlyCell(sheet) for _ in columns]
    for cell, column in zip(cells, columns, strict=True):
        cell.number_format = formats[column.kind]
        cell.font = Font(name="Calibri", size=10)
    for row in _exported():
        for cell, value in zip(cells, (*row[:5], *(pence / 100 for pence in row[5:])), strict=True):
            cell.value = value
        sheet.append(cells)
    book.save(path)


ROWS = (
    Row("load", "60,000 tenancies from a workbook, beside openpyxl reading it", "s", 2.0, load),
    Row("statements", "2,400 quarterly statements, stored, beside a bare canvas", "s", 1.5, run_of_statements),
    Row("xlsx", "100,000 rows to a workbook, beside openpyxl write-only", "s", 1.2, export),
)
