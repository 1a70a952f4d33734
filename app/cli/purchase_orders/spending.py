"""`rentbook spend read`: councils' published spending, read and totalled."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from app.cli.frame import FILE, REFUSED, answer, command, table, tell
from app.models.values import Money
from app.services.core.errors import UserError
from app.services.imports.values import fold
from app.services.purchase_orders.spending import profiles
from app.services.purchase_orders.spending.dto import (
    NEEDED,
    DayOrder,
    Part,
    Profile,
    Rejected,
    Spending,
    UnknownHeadings,
)
from app.services.purchase_orders.spending.reading import read as read_files

_SHOWN: Final = 20
"""Lines of each total that are printed as text; all of them are in the JSON."""
_ASKED: Final = {
    Part.DATE: "Which column has the day of the payment?",
    Part.SUPPLIER: "Which column has the supplier?",
    Part.AMOUNT: "Which column has the amount?",
    Part.CODE: "Which column says what it was spent on (Enter for none)?",
}


@command("read")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--profile", "name", default="", help="The council's profile: used if it was kept, else kept by this name."
)
@click.option("--column", "columns", multiple=True, metavar="PART=HEADING", help="date, supplier, amount or code.")
@click.option("--dates", type=click.Choice([each.value for each in DayOrder]), help="How dates of three numbers are.")
def read(files: tuple[Path, ...], name: str, columns: tuple[str, ...], dates: str | None) -> int:
    """Read FILE... (csv or xlsx) that councils publish of their spending, and total them by supplier, code and month.

    Needs no database and keeps nothing of the files. Where a council's headings aren't known they are asked for once and
    kept as a profile. A line that can't be read is listed with the reason, and makes the exit 1.
    """
    order = DayOrder(dates) if dates else None
    wanted = _profiles(name, columns, order)
    found = None
    while found is None:
        try:
            found = read_files(files, wanted, order)
        except UnknownHeadings as unknown:
            wanted = (_asked_for(unknown, name, order), *wanted)
    answer(_data(found), _text(found))
    return REFUSED if found.rejected else 0


def _profiles(name: str, columns: tuple[str, ...], order: DayOrder | None) -> tuple[Profile, ...]:
    """Those to try: the one that was named, or is said now and kept; else all that were kept."""
    known = profiles.kept()
    if columns:
        said = Profile(name, dict(_column(each) for each in columns), order)
        profiles.keep(said)
        return (replace(said, named=True),)
    if name and name in known:
        return (replace(known[name], named=True),)
    return tuple(known.values())


def _column(text: str) -> tuple[Part, str]:
    part, equals, heading = text.partition("=")
    if not equals or part.strip() not in {each.value for each in Part} or not heading.strip():
        raise UserError(
            f"--column {text} says no column.",
            'Write it as --column amount="Net Amount": date, supplier, amount or code.',
        )
    return Part(part.strip()), heading.strip()


def _asked_for(unknown: UnknownHeadings, name: str, order: DayOrder | None) -> Profile:
    """The profile of a file whose headings aren't known, as somebody at the keyboard says it; it is kept.

    Raises:
        UnknownHeadings: nobody is at the keyboard.
    """
    if not sys.stdin.isatty():
        raise unknown
    tell(unknown.message)
    for row in unknown.rows:
        tell("  " + " | ".join(row))
    every = {fold(cell): cell for row in unknown.rows for cell in row}
    headings = {part: heading for part, question in _ASKED.items() if (heading := _heading(part, question, every))}
    profile = Profile(name or click.prompt("What is this council called?", err=True), headings, order)
    profiles.keep(profile)
    return profile


def _heading(part: Part, question: str, every: Mapping[str, str]) -> str:
    """The heading that was typed, as the file has it; empty where the part isn't needed and nothing was typed."""
    while True:
        said = click.prompt(question, default=None if part in NEEDED else "", show_default=False, err=True).strip()
        if not said or fold(said) in every:
            return every.get(fold(said), "")
        tell(f"No column is called '{said}'.")


def _data(found: Spending) -> dict[str, Any]:
    return {
        "lines": found.lines,
        "total_pence": found.total.pence,
        "by_supplier": _pence(found.by_supplier),
        "by_code": _pence(found.by_code),
        "by_month": _pence(found.by_month),
        "rejected": [{"file": each.file, "line": each.line, "reason": each.reason} for each in found.rejected],
        "files": [
            {
                "file": each.name,
                "lines": each.lines,
                "total_pence": each.total.pence,
                "dates": each.dates.value,
                "profile": each.profile,
                "columns": {part.value: heading for part, heading in each.columns.items()},
            }
            for each in found.files
        ],
    }


def _pence(found: Mapping[str, Money]) -> dict[str, int]:
    return {name: amount.pence for name, amount in found.items()}


def _text(found: Spending) -> Iterable[str]:
    for each in found.files:
        columns = ", ".join(f"{part.value}: {heading}" for part, heading in each.columns.items())
        yield f"{each.name}: {each.lines:,} payments, {each.total} ({columns})"
    for title, totals in (("By supplier", found.by_supplier), ("By code", found.by_code), ("By month", found.by_month)):
        yield ""
        yield from _totals(title, totals)
    yield ""
    yield f"{found.lines:,} payments, {found.total}"
    yield from _rejected(found.rejected)


def _totals(title: str, found: Mapping[str, Money]) -> Iterable[str]:
    rows = [(name or "No code", str(amount)) for name, amount in list(found.items())[:_SHOWN]]
    yield from table((title, "Amount"), rows, right=frozenset({1}))
    if len(found) > _SHOWN:
        yield f"and {len(found) - _SHOWN:,} more: --json has all."


def _rejected(found: tuple[Rejected, ...]) -> Iterable[str]:
    if found:
        yield f"Not counted: {len(found):,} line{'s' if len(found) > 1 else ''}"
    for each in found[:_SHOWN]:
        yield f"  {each.file}, line {each.line}: {each.reason}"
    if len(found) > _SHOWN:
        yield f"  and {len(found) - _SHOWN:,} more: --json has all."
