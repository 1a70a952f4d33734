"""`rentbook tenancy`: tenancies started, ended and changed from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

import click

from app.cli.frame import FILE, REFUSED, Group, answer, long_work, open_desk, spell, table
from app.models.values import EndingState
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.imports.dto import Problem, row_number
from app.services.tenancies.changes import bulk as altering
from app.services.tenancies.changes import commands as changing
from app.services.tenancies.endings import bulk as ends
from app.services.tenancies.endings import commands as ending
from app.services.tenancies.starting import bulk as lets
from app.services.tenancies.starting import commands as starting
from app.services.tenancies.starting import queries as lettings

L = TypeVar("L")
L_co = TypeVar("L_co", covariant=True)


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
    return _STARTS.carry_out(file, dry_run=dry_run)


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
    return _ENDS.carry_out(file, dry_run=dry_run)


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
    return _CHANGES.carry_out(file, dry_run=dry_run)


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


def _read_lets(desk: Desk, file: Path) -> lets.LetsRead:
    return lets.read(file, desk.ask(lettings.codes))


def _unnamed(line: lets.LetLine) -> lets.LetLine:
    """Without the references and the journal, which nothing has until it is kept."""
    return replace(line, started=replace(line.started, tenancy_ref="", reference="", journal=None))


def _let(line: lets.LetLine) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "property": line.property_ref,
        "start": line.start_on,
        "weekly_pence": line.weekly,
        "tenancy": line.started.tenancy_ref or None,
        "reference": line.started.reference or None,
        "journal": line.started.journal,
        "welcome": line.started.not_written or ("none" if line.started.letter_id is None else "queued"),
    }


def _lets(lines: Sequence[lets.LetLine]) -> Iterator[str]:
    rows = [
        (
            line.property_ref,
            spell(line.start_on),
            str(line.weekly),
            line.started.tenancy_ref,
            line.started.reference,
        )
        for line in lines
    ]
    yield from table(("Property", "From", "A week", "Tenancy", "Reference"), rows, frozenset({2}))


def _read_endings(_desk: Desk, file: Path) -> ends.BulkRead:
    return ends.read(file)


def _ending(line: ends.BulkLine) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "reference": line.reference,
        "state": line.saved.state,
        "last_day": line.saved.ends_on,
        "balance_pence": line.balance if line.saved.state is EndingState.ENDED else None,
        "journal": line.saved.journal,
    }


def _endings(lines: Sequence[ends.BulkLine]) -> Iterator[str]:
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


def _read_changes(_desk: Desk, file: Path) -> altering.ChangesRead:
    return altering.read(file)


def _change(line: altering.ChangeLine) -> dict[str, Any]:
    return {
        "row": row_number(line.row),
        "tenancy": line.reference,
        "change": line.change,
        "told": line.saved.told,
        "journal": line.saved.journal,
        "not_written": line.saved.not_written,
    }


def _changes(lines: Sequence[altering.ChangeLine]) -> Iterator[str]:
    return (f"{line.reference}, {line.change}: {line.saved.told}" for line in lines)


class _Read(Protocol):
    """A file that was read."""

    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


class _Done(Protocol[L_co]):
    """What became of its rows."""

    @property
    def lines(self) -> tuple[L_co, ...]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


@dataclass(frozen=True, slots=True)
class _Work(Generic[L]):
    """What is done with the rows of a file: how it is read, what carries it out, and how a line of it is told and said."""

    label: str
    told: str
    one: str
    many: str
    verb: str
    read: Callable[[Desk, Path], _Read]
    command: Callable[..., _Done[L]]
    data: Callable[[L], dict[str, Any]]
    say: Callable[[Sequence[L]], Iterator[str]]
    tried: Callable[[L], L] | None = None
    """What a line is where it was only tried."""

    def carry_out(self, file: Path, *, dry_run: bool) -> int:
        """Do it, or with `dry_run` say what it would do; the exit code.

        Raises:
            UserError: the file can't be read, or holds no rows.
        """
        with open_desk() as desk:
            read = self.read(desk, file)
            problems: Sequence[Problem] = read.problems
            lines: Sequence[L] = ()
            if not problems:
                _refuse_empty(file, read)
                with long_work(self.label) as (progress, cancel):
                    done = desk.run(self.command, progress, cancel, read.rows, keep=not dry_run)
                problems = done.problems
                lines = tuple(map(self.tried, done.lines)) if dry_run and self.tried else done.lines
        data = {
            "dry_run": dry_run,
            self.told: [self.data(line) for line in lines],
            "errors": problems_told(problems),
        }
        answer(data, problems_said(problems) if problems else self._said(lines, dry_run=dry_run))
        return REFUSED if problems else 0

    def _said(self, lines: Sequence[L], *, dry_run: bool) -> Iterator[str]:
        yield from self.say(lines)
        what = f"{len(lines):,} {self.one if len(lines) == 1 else self.many}"
        are = "would be" if dry_run else "is" if len(lines) == 1 else "are"
        yield f"{what} {are} {self.verb}."


def _refuse_empty(file: Path, read: _Read) -> None:
    if not read.rows:
        raise UserError(f"{file.name} holds no rows, only headings: nothing was done.", "Give a row to each tenancy.")


_STARTS: Final = _Work(
    "Starting", "started", "tenancy", "tenancies", "started", _read_lets, starting.start_many, _let, _lets, _unnamed
)
_ENDS: Final = _Work(
    "Ending", "ended", "ending", "endings", "saved", _read_endings, ending.save_many, _ending, _endings
)
_CHANGES: Final = _Work(
    "Changing", "changed", "change", "changes", "saved", _read_changes, changing.save_many, _change, _changes
)
