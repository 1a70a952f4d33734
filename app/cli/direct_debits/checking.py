"""`rentbook dd modulus`, `dd table` and `dd parse`: account numbers and files checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from app.cli.frame import (
    DATE,
    FILE,
    REFUSED,
    answer,
    command,
    has_database,
    open_desk,
    read_file,
    spell,
    tell,
)
from app.cli.frame import table as columns
from app.models.values import Money, Verdict
from app.services.bacs import commands, queries, rules
from app.services.bacs.dto import (
    Checked,
    Destination,
    Fault,
    Masked,
    NewTable,
    ReadFile,
    ReadLine,
    TableInfo,
    TableInForce,
)
from app.services.bacs.modulus import loaded
from app.services.bacs.modulus.table import MOST_BYTES
from app.services.bacs.standard18 import reading
from app.services.core.clock import SystemClock
from app.services.core.errors import UserError
from app.services.core.policy import Policy

_NO_DATABASE: Final = "There is no database here: by the table that came with Rentbook."
_SHOWN: Final = 1_000
"""Records that are printed as text; all of them are in the JSON."""


@command("modulus")
@click.argument("sort_code", metavar="SORT")
@click.argument("account_number", metavar="ACCOUNT")
def modulus(sort_code: str, account_number: str) -> int:
    """Whether ACCOUNT can be a number of the bank with the sort code SORT. Invalid is exit 1. Needs no database."""
    try:
        account = rules.destination(sort_code, account_number)
    except UserError as error:
        reason = f"{error.message} {error.hint}".strip()
        answer({"valid": False, "checked": False, "reason": reason, "table": "", "old_table": False}, reason)
        return REFUSED
    found = _checked(account)
    invalid = found.verdict is Verdict.INVALID
    data = {
        "valid": not invalid,
        "checked": found.verdict is not Verdict.UNCHECKED,
        "reason": found.words,
        "table": found.table,
        "old_table": found.old,
    }
    answer(data, found.words)
    return REFUSED if invalid else 0


def _checked(account: Destination) -> Checked:
    """By the loaded table where there is a database, else by the shipped one."""
    if has_database():
        with open_desk() as desk:
            return desk.ask(lambda ctx: loaded.checker(ctx)(account))
    tell(_NO_DATABASE)
    return loaded.shipped_checker(Policy.as_shipped(), SystemClock().today())(account)


@command("table")
@click.argument("files", type=FILE, nargs=-1, metavar="[FILE...]")
@click.option("--name", default="", help="The version, such as v7.90; else the name of the file.")
@click.option("--from", "valid_from", type=DATE, help="The day that Pay.UK put it in force; left out, today.")
def table(files: tuple[Path, ...], name: str, valid_from: date | None) -> None:
    """Load the tables that Pay.UK publishes for the modulus check (valacdos.txt, scsubtab.txt); without a file, list them.

    Without --from they are in force from today, and it is said so.
    """
    if files and valid_from is None:
        valid_from = SystemClock().today()
        tell(f"In force from today, {spell(valid_from)}; --from names the day that Pay.UK put it in force.")
    contents = [NewTable(read_file(path, MOST_BYTES), name or path.name) for path in files]
    known, in_force = _tables(contents, valid_from)
    listed = ((each.kind.value, each.name, f"{each.rows:,}", spell(each.valid_from), each.loaded_by) for each in known)
    text = columns(("File", "Version", "Lines", "In force from", "Loaded by"), listed, right=frozenset({2}))
    told = in_force.words if in_force else loaded.NO_TABLE.words
    answer({"tables": [_table(each) for each in known], "in_force": told}, [told, *(text if known else ())])


def _tables(contents: Sequence[NewTable], valid_from: date | None) -> tuple[tuple[TableInfo, ...], TableInForce | None]:
    """The tables after these were loaded; the shipped one alone where there is no database and nothing to load."""
    if not contents and not has_database():
        tell(_NO_DATABASE)
        return (), loaded.shipped_in_force(Policy.as_shipped(), SystemClock().today())
    with open_desk() as desk:
        if valid_from is not None and contents:
            desk.do(commands.load_tables, contents, valid_from)
        return desk.ask(queries.tables), desk.ask(queries.table_in_force)


@command("parse")
@click.argument("file", type=FILE)
@click.option("--sun", default="", help="The Service User Number that it should be of.")
def parse(file: Path, sun: str) -> int:
    """Read FILE (Standard 18): its records, totals, and every fault with its line and position.

    Faults found is exit 1. Needs no database. Account numbers are shown by their last two digits.
    """
    found = reading.read(read_file(file, reading.MOST_BYTES), sun)
    totals = found.totals
    data = {
        "serial": found.serial,
        "sun": found.sun,
        "work_code": found.work_code,
        "created_on": found.created_on,
        "processing_on": found.processing_on,
        "records": [_record(each) for each in found.lines],
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
    answer(data, [*_summary(found), *_records(found), *map(_fault, found.faults)])
    return REFUSED if found.faults else 0


def _record(line: ReadLine) -> dict[str, object]:
    return {
        "line": line.number,
        "code": line.code,
        "account": Masked(line.destination.account_number[-2:]).account_number,
        "own_account": Masked(line.own.account_number[-2:]).account_number,
        "amount_pence": line.pence,
        "reference": line.reference,
        "name": line.name,
        "contra": line.is_contra,
        "processing_on": line.processing_on,
    }


def _records(found: ReadFile) -> list[str]:
    rows = [
        (
            f"{line.number:,}",
            line.code,
            Masked(line.destination.account_number[-2:]).account_number,
            str(Money(line.pence)),
            line.reference,
            line.name,
            spell(line.processing_on) if line.processing_on else "",
        )
        for line in found.lines[:_SHOWN]
    ]
    headings = ("Line", "Code", "Account", "Amount", "Reference", "Name", "Processed on")
    more = len(found.lines) - _SHOWN
    text = list(columns(headings, rows, right=frozenset({0, 3}))) if rows else []
    return [*text, f"and {more:,} more; --json has them all."] if more > 0 else text


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
        "in_force": each.in_force,
        "loaded_at": each.loaded_at,
        "loaded_by": each.loaded_by,
    }
