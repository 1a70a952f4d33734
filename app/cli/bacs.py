"""`rentbook bacs`: the files of the modulus check, and Bacs files looked through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.cli.frame import DATE, FILE, REFUSED, Group, answer, open_desk, read_file, spell, table
from app.models.values import Money
from app.services.bacs import commands, queries
from app.services.bacs.dto import Fault, NewTable, ReadFile, TableInfo
from app.services.bacs.modulus.table import MOST_BYTES
from app.services.bacs.standard18 import reading


@click.group(cls=Group)
def bacs() -> None:
    """Load the files of the modulus check; look through a Bacs file before it is sent."""


@bacs.command("modulus")
@click.argument("files", type=FILE, nargs=-1, metavar="FILE...")
@click.option("--name", default="", help="The version, such as v7.90; else the name of the file.")
@click.option("--from", "valid_from", type=DATE, help="The day that Pay.UK put it in force; needed with a file.")
def modulus(files: tuple[Path, ...], name: str, valid_from: date | None) -> None:
    """Load the weights and substitutions that Pay.UK publishes (valacdos.txt, scsubtab.txt); without a file, list them."""
    if files and valid_from is None:
        raise click.UsageError("With a file, --from says from which day on it is in force.")
    contents = [NewTable(read_file(path, MOST_BYTES), name or path.name) for path in files]
    with open_desk() as desk:
        if valid_from is not None:
            desk.do(commands.load_tables, contents, valid_from)
        loaded = desk.ask(queries.tables)
    listed = ((each.kind.value, each.name, f"{each.rows:,}", spell(each.valid_from), each.loaded_by) for each in loaded)
    text = table(("File", "Version", "Lines", "In force from", "Loaded by"), listed, right=frozenset({2}))
    answer(
        {"tables": [_table(each) for each in loaded]},
        text if loaded else "No weight table is loaded: account numbers are not checked beyond their number of digits.",
    )


@bacs.command("check")
@click.argument("file", type=FILE)
@click.option("--sun", default="", help="The Service User Number that it should be of.")
def check(file: Path, sun: str) -> int:
    """Read FILE (Standard 18) and name every fault with its line and position; faults found is exit 1. Needs no database."""
    found = reading.read(read_file(file, reading.MOST_BYTES), sun)
    totals = found.totals
    data = {
        "serial": found.serial,
        "sun": found.sun,
        "work_code": found.work_code,
        "created_on": found.created_on,
        "processing_on": found.processing_on,
        "records": len(found.lines),
        "totals": {
            "debit_pence": totals.debit_pence,
            "debit_count": totals.debit_count,
            "credit_pence": totals.credit_pence,
            "credit_count": totals.credit_count,
            "instruction_count": totals.instruction_count,
        },
        "faults": [
            {"line": fault.line, "position": fault.position, "message": fault.message} for fault in found.faults
        ],
    }
    answer(data, [*_summary(found), *map(_fault, found.faults)])
    return REFUSED if found.faults else 0


def _summary(found: ReadFile) -> list[str]:
    totals = found.totals
    day = spell(found.processing_on) if found.processing_on else "no one day"
    return [
        f"Submission {found.serial or '?'} of {found.sun or '?'}, processed on {day}: {len(found.lines):,} records.",
        f"Debits: {totals.debit_count:,} of {Money(totals.debit_pence)}, contra records included.",
        f"Credits: {totals.credit_count:,} of {Money(totals.credit_pence)}, contra records included.",
        *([f"Instructions: {totals.instruction_count:,}."] if totals.instruction_count else []),
        f"Faults: {len(found.faults):,}." if found.faults else "No faults.",
    ]


def _fault(fault: Fault) -> str:
    if not fault.line:
        return fault.message
    where = f"Line {fault.line:,}, position {fault.position}" if fault.position else f"Line {fault.line:,}"
    return f"{where}: {fault.message}"


def _table(each: TableInfo) -> dict[str, object]:
    return {
        "kind": each.kind,
        "name": each.name,
        "valid_from": each.valid_from,
        "rows": each.rows,
        "loaded_at": each.loaded_at,
        "loaded_by": each.loaded_by,
    }
