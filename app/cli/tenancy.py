"""`rentbook tenancy`: tenancies started, ended and changed from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from app.cli.frame import FILE, REFUSED, Group, answer, long_work, open_desk, spell, table
from app.models.values import EndingState
from app.services.imports.dto import Problem, row_number
from app.services.tenancies.changes import bulk as altering
from app.services.tenancies.changes import commands as changing
from app.services.tenancies.endings import bulk as ends
from app.services.tenancies.endings import commands as ending
from app.services.tenancies.starting import bulk as lets
from app.services.tenancies.starting import commands as starting
from app.services.tenancies.starting import queries as lettings


@click.group(cls=Group)
def tenancy() -> None:
    """Start, end or change tenancies: all rows of a file, or with any error none."""


@tenancy.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be started, and start nothing.")
def start(file: Path, dry_run: bool) -> int:
    """Start the tenancies of FILE, a workbook or .csv file with a row for each.

    Columns: property, start, tenure, people (references) or title, first_name, last_name, date_of_birth, mobile, phone,
    email and joint_..., payment_method, rent and a column for each other charge by its code; without any charge they are
    those that the property is let at.
    """
    with open_desk() as desk:
        read = lets.read(file, desk.ask(lettings.codes))
        problems: Sequence[Problem] = read.problems
        lines: Sequence[lets.LetLine] = ()
        if not problems:
            with long_work("Starting") as (progress, cancel):
                done = desk.run(starting.start_many, progress, cancel, read.rows, keep=not dry_run)
            lines, problems = done.lines, done.problems
    data = {
        "dry_run": dry_run,
        "started": [_let(line, dry_run=dry_run) for line in lines],
        "errors": problems_told(problems),
    }
    answer(data, _said(lines, problems, dry_run=dry_run))
    return REFUSED if problems else 0


@tenancy.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be ended, and end nothing.")
def end(file: Path, dry_run: bool) -> int:
    """End the tenancies of FILE, a workbook or .csv file with a row for each.

    Columns: tenancy (its reference or an account's), reason, notice, last_day, keys, keys_at, why, forwarding_address (its lines
    parted by commas), contact, contact_details, void, garages (yes: they end too) and finish. Without a last day it is worked
    out from the notice and the keys. A row with keys is finished and its balance goes to a former tenant's account, unless
    finish says no; a row without is a notice, which a later file may finish.
    """
    with open_desk() as desk:
        read = ends.read(file)
        problems: Sequence[Problem] = read.problems
        lines: Sequence[ends.BulkLine] = ()
        if not problems:
            with long_work("Ending") as (progress, cancel):
                done = desk.run(ending.save_many, progress, cancel, read.rows, keep=not dry_run)
            lines, problems = done.lines, done.problems
    data = {
        "dry_run": dry_run,
        "ended": [_ending(line) for line in lines],
        "errors": problems_told(problems),
    }
    answer(data, _ended(lines, problems, dry_run=dry_run))
    return REFUSED if problems else 0


@tenancy.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be changed, and change nothing.")
def change(file: Path, dry_run: bool) -> int:
    """Make the changes of FILE, a workbook or .csv file with a row for each.

    Columns: tenancy (its reference or an account's), change (rename, joint, sole, secure, extend trial, succession, assignment,
    first day, last day, transfer, exchange, decant or return), day, person (a reference) or title, first_name, last_name and
    date_of_birth, name, property, other, relation, lived_from, ground, tenure, payment_method, balance (stays or goes), garages
    (yes: they go with it), excused, why and letter (no: none is written).
    """
    with open_desk() as desk:
        read = altering.read(file)
        problems: Sequence[Problem] = read.problems
        lines: Sequence[altering.ChangeLine] = ()
        if not problems:
            with long_work("Changing") as (progress, cancel):
                done = desk.run(changing.save_many, progress, cancel, read.rows, keep=not dry_run)
            lines, problems = done.lines, done.problems
    data = {
        "dry_run": dry_run,
        "changed": [_change(line) for line in lines],
        "errors": problems_told(problems),
    }
    answer(data, _changed(lines, problems, dry_run=dry_run))
    return REFUSED if problems else 0


def problems_told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What is wrong in a file, as JSON."""
    return [
        {"sheet": each.sheet, "row": row_number(each.row), "column": each.column, "message": each.message}
        for each in problems
    ]


def problems_said(problems: Sequence[Problem]) -> Iterator[str]:
    """What is wrong in a file, a line each, and that nothing was done."""
    for each in problems:
        yield f"row {row_number(each.row)}, {each.column}: {each.message}"
    yield f"{len(problems):,} to put right; nothing was done."


def _let(line: lets.LetLine, *, dry_run: bool) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "property": line.property_ref,
        "start": line.start_on,
        "weekly_pence": line.weekly,
        "tenancy": None if dry_run else line.started.tenancy_ref,
        "reference": None if dry_run else line.started.reference,
        "journal": None if dry_run else line.started.journal,
        "welcome": line.started.not_written or ("none" if line.started.letter_id is None else "queued"),
    }


def _said(lines: Sequence[lets.LetLine], problems: Sequence[Problem], *, dry_run: bool) -> Iterator[str]:
    if problems:
        yield from problems_said(problems)
        return
    rows = [
        (
            line.property_ref,
            spell(line.start_on),
            str(line.weekly),
            "" if dry_run else line.started.tenancy_ref,
            "" if dry_run else line.started.reference,
        )
        for line in lines
    ]
    yield from table(("Property", "From", "A week", "Tenancy", "Reference"), rows, frozenset({2}))
    many = "tenancy" if len(lines) == 1 else "tenancies"
    yield f"{len(lines):,} {many} {'would be' if dry_run else 'are'} started."


def _ending(line: ends.BulkLine) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "reference": line.reference,
        "state": line.saved.state,
        "last_day": line.saved.ends_on,
        "balance_pence": line.balance if line.saved.state is EndingState.ENDED else None,
        "journal": line.saved.journal,
    }


def _ended(lines: Sequence[ends.BulkLine], problems: Sequence[Problem], *, dry_run: bool) -> Iterator[str]:
    if problems:
        yield from problems_said(problems)
        return
    rows = [
        (
            line.reference,
            spell(line.saved.ends_on),
            line.saved.state.value,
            line.balance.dr_cr() if line.saved.state is EndingState.ENDED else "",
        )
        for line in lines
    ]
    yield from table(("Tenancy", "Last day", "State", "Carried"), rows, frozenset({3}))
    yield f"{len(lines):,} {'ending' if len(lines) == 1 else 'endings'} {'would be' if dry_run else 'are'} saved."


def _change(line: altering.ChangeLine) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "tenancy": line.reference,
        "change": line.change,
        "told": line.saved.told,
        "journal": line.saved.journal,
        "not_written": line.saved.not_written,
    }


def _changed(lines: Sequence[altering.ChangeLine], problems: Sequence[Problem], *, dry_run: bool) -> Iterator[str]:
    if problems:
        yield from problems_said(problems)
        return
    for line in lines:
        yield f"{line.reference}, {line.change}: {line.saved.told}"
    yield f"{len(lines):,} {'change' if len(lines) == 1 else 'changes'} {'would be' if dry_run else 'are'} saved."
