"""`rentbook dd mandates`: a spreadsheet of mandates that are in force in another system, loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from app.cli.frame import FILE, REFUSED, answer, command, long_work, open_desk, table
from app.services.core.errors import UserError
from app.services.direct_debits import loading
from app.services.direct_debits.mandates.importing import queries, reading
from app.services.direct_debits.mandates.importing.dto import LoadCheck, Loaded, MandateFile, NewLoad
from app.services.imports.templates import write_book

_SHOWN = 20


@command("mandates")
@click.argument("file", type=FILE, required=False)
@click.option("--declared-count", type=click.IntRange(min=1), help="How many mandates you say it has.")
@click.option(
    "--column",
    "pairs",
    multiple=True,
    metavar="YOURS=OURS",
    help="What a heading of yours means: 'Payer bank=sort_code'. May be given again.",
)
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing.")
@click.option(
    "--despite", is_flag=True, help="Load it although another mandate pays an account of it: all of them collect."
)
@click.option("--template", "empty", type=click.Path(path_type=Path), help="Write an empty workbook to be filled in.")
def mandates(
    file: Path | None,
    declared_count: int | None,
    pairs: Sequence[str],
    *,
    dry_run: bool,
    despite: bool,
    empty: Path | None,
) -> int:
    """Load FILE, a workbook or .csv: a row for each mandate in force. All of it, or nothing; nothing is sent to the bank.

    Its columns are account, payer_name, sort_code and account_number, and where known reference, given, first_collected,
    last_collected, bank, branch, payer_address, also_pays, frequency, day and note. A schedule is made of each.
    """
    if empty is not None:
        write_book(empty, reading.LAYOUT, reading.TITLE)
        answer({"template": str(empty)}, [f"An empty workbook of mandates was written: {empty}"])
        return 0
    if file is None or declared_count is None:
        raise UserError("Name the file, and how many mandates it has (--declared-count).", "", "declared_count")
    columns = _columns(pairs)
    with open_desk() as desk:
        with long_work("Reading") as (progress, cancel):
            read = reading.read(file, columns, progress, cancel)
        new = NewLoad(read, declared_count, despite)
        with long_work("Looking through") as (progress, cancel):
            found = desk.watch(queries.check, progress, cancel, new)
        done = None
        asks = bool(found.doubled) and not despite
        if not (found.mistakes or asks or dry_run):
            with long_work("Keeping") as (progress, cancel):
                done = desk.run(loading.load, progress, cancel, new)
    answer(_data(found, done, dry_run=dry_run), _said(read, found, done, asks=asks))
    return REFUSED if found.mistakes or (asks and not dry_run) else 0


def _columns(pairs: Sequence[str]) -> Mapping[str, str]:
    """Their headings by ours."""
    found = {}
    for pair in pairs:
        yours, _, ours = pair.rpartition("=")
        if not yours.strip() or not ours.strip():
            raise click.BadParameter(f"'{pair}' is not like 'Payer bank=sort_code'.", param_hint="--column")
        found[yours.strip()] = ours.strip()
    return found


def _said(read: MandateFile, found: LoadCheck, done: Loaded | None, *, asks: bool) -> Iterator[str]:
    yield from read.notes
    for each in found.mistakes:
        where = f"row {each.row}, {each.field}: " if each.row else ""
        yield f"{where}{each.message} {each.hint}".rstrip()
    for each in found.warnings:
        yield f"Look at row {each.row}: {each.message}"
    if done is not None:
        yield done.told
        return
    if asks:
        several = "1 row pays" if found.doubled == 1 else f"{found.doubled:,} rows pay"
        yield f"{several} an account that another mandate pays too. If all of them are to collect, add --despite."
    if found.mistakes:
        yield f"{len(found.mistakes):,} to put right; nothing was kept."
    else:
        rows = [(str(each.row), each.account, each.payer, each.reference, each.bank) for each in found.rows[:_SHOWN]]
        yield from table(("Row", "Account", "Payer", "Reference", "Bank"), rows, frozenset({0}))
        mandates_ = "1 mandate" if found.count == 1 else f"{found.count:,} mandates"
        yield f"{mandates_} would be loaded. Nothing was kept."


def _data(found: LoadCheck, done: Loaded | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "mandates": found.count,
        "mistakes": [
            {"row": each.row, "field": each.field, "message": each.message, "hint": each.hint}
            for each in found.mistakes
        ],
        "warnings": [{"row": each.row, "field": each.field, "message": each.message} for each in found.warnings],
        "loaded": 0 if done is None else done.count,
        "load": None if done is None else done.load_id,
    }
