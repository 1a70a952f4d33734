"""`rentbook load`: a landlord's workbook or folder of .csv files, checked and loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.cli.frame import FILE, REFUSED, answer, command, long_work, open_desk, settings, table, tell
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.imports.dto import Names, Problem
from app.services.landlord_load import commands, corrected, queries
from app.services.landlord_load.dto import GroupSum, Loaded, Reconciliation, Rehearsal
from app.services.landlord_load.reconciliation import save as save_reconciliation
from app.services.landlord_load.sheets import ORDER
from app.services.landlord_load.template import write as write_template


@command()
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Say what loading would do, and do nothing.")
@click.option("--errors", "errors_file", type=FILE, help="Write the rows with errors to this workbook.")
@click.option("--reconciliation", type=FILE, help="Write the reconciliation to this .pdf or .xlsx file.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="WHERE:YOURS=OURS",
    help="What a word or heading of yours means: code:GARDEN=DGM, Tenancies:Rent no=payment_reference. May be given again.",
)
@click.option("--template", type=FILE, help="Write the workbook to fill in, and load nothing.")
@click.option("--sign", type=int, metavar="LOAD", help="Sign the reconciliation of this load, and load nothing.")
def load(
    file: Path | None,
    dry_run: bool,
    errors_file: Path | None,
    reconciliation: Path | None,
    pairs: tuple[str, ...],
    template: Path | None,
    sign: int | None,
) -> int:
    """Load FILE, a workbook or a folder of .csv files: all of it, or with any error nothing."""
    if sum(each is not None for each in (file, template, sign)) != 1:
        raise click.UsageError("Give one of: the file to load, --template FILE for a workbook to fill in, --sign LOAD.")
    if template is not None:
        write_template(template)
        answer({"template": str(template)}, f"Written to {template}: fill it in, then rentbook load {template}")
        return 0
    with open_desk() as desk:
        if file is None:
            desk.do(commands.sign, sign or 0)
            answer({"load": sign, "signed_by": desk.officer.name}, f"The reconciliation of load {sign} is signed.")
            return 0
        try:
            with long_work("Checking") as (progress, cancel):
                found = desk.watch(queries.rehearse, progress, cancel, file, _names(pairs))
        except UserError as error:
            if settings().as_json:
                problem = Problem("", 0, "", str(error))
                answer({"dry_run": dry_run, "loaded": {}, "errors": _problems([problem])}, ())
            raise
        return _load_if_right(desk, found, dry_run, errors_file, reconciliation)


def _names(pairs: Sequence[str]) -> Names:
    """What `--map` says: of a sheet's heading where the first word names a sheet, else of a word in a column."""
    columns: dict[str, dict[str, str]] = {}
    words: dict[str, dict[str, str]] = {}
    for pair in pairs:
        where, _, rest = pair.partition(":")
        yours, _, ours = rest.rpartition("=")
        if not (where and yours and ours):
            raise click.BadParameter(f"'{pair}' is not like code:GARDEN=DGM.", param_hint="--map")
        sheet = next((name for name in ORDER if name.lower() == where.strip().lower()), None)
        known = words.setdefault(where.strip(), {}) if sheet is None else columns.setdefault(sheet, {})
        known[yours.strip()] = ours.strip()
    return Names(columns=columns, words=words)


def _load_if_right(
    desk: Desk, found: Rehearsal, dry_run: bool, errors_file: Path | None, reconciliation: Path | None
) -> int:
    if errors_file is not None and found.errors:
        rows = corrected.write(errors_file, found)
        tell(f"{rows} rows with errors are written to {errors_file}: put them right there, and load that file.")
    if found.errors or dry_run:
        _answer_rehearsal(found, dry_run)
        return REFUSED if found.errors else 0
    return _load(desk, found, reconciliation)


def _load(desk: Desk, found: Rehearsal, file: Path | None) -> int:
    with long_work("Loading") as (progress, cancel):
        done = desk.run(commands.load, progress, cancel, found.file)
    if file is not None and done.load_id is not None:
        desk.ask(save_reconciliation, done.load_id, file)
    data = {
        "dry_run": False,
        "loaded": dict(done.loaded),
        "recognised": dict(done.recognised),
        "errors": _problems(done.errors),
        "warnings": _problems(done.warnings),
        "new_rent_groups": list(done.new_rent_groups),
        "journals": list(done.journals),
        "load": done.load_id,
        "reconciliation": _reconciliation(done.reconciliation),
    }
    answer(data, _said(done))
    return REFUSED if done.errors else 0


def _answer_rehearsal(found: Rehearsal, dry_run: bool) -> None:
    data = {
        "dry_run": dry_run,
        "loaded": {count.sheet: 0 for count in found.sheets},
        "would_load": {count.sheet: count.new for count in found.sheets},
        "recognised": {count.sheet: count.recognised for count in found.sheets if count.recognised},
        "errors": _problems(found.errors),
        "warnings": _problems(found.warnings),
        "new_rent_groups": list(found.new_rent_groups),
        "reconciliation": _reconciliation(found.reconciliation),
    }
    rows = [(count.sheet, str(count.rows), str(count.new), str(count.recognised)) for count in found.sheets]
    right = frozenset({1, 2, 3})
    verdict = f"{len(found.errors)} errors: nothing would be loaded." if found.errors else "No errors."
    text = [*_lines(found.errors, "error"), *_lines(found.warnings, "look")]
    if any("is not known here" in problem.message for problem in found.errors):
        tell("A word of your own is explained with --map, or in a sheet Mapping of the file.")
    answer(data, [*text, *table(("Sheet", "Rows", "New", "Loaded before"), rows, right), verdict])


def _said(done: Loaded) -> Iterator[str]:
    yield from _lines(done.warnings, "look")
    if done.load_id is None:
        yield "Nothing new: every line of this file was loaded before."
        return
    yield from table(("Sheet", "Loaded"), [(sheet, str(rows)) for sheet, rows in done.loaded.items()], frozenset({1}))
    if done.recognised:
        yield f"Recognised from an earlier load and left out: {sum(done.recognised.values())} rows."
    if done.new_rent_groups:
        yield f"New rent groups: {', '.join(done.new_rent_groups)}."
    yield ""
    yield from _sums(done.reconciliation)


def _sums(found: Reconciliation) -> Iterator[str]:
    heads = ("Rent group", "Kind", "Tenure", "Accounts in file", "Owed in file", "Accounts", "In the ledger")
    rows = [(group.rent_group, group.kind.value, group.tenure.value, *_sides(group)) for group in found.groups]
    total = (str(found.file_accounts), found.file_total.dr_cr(), str(found.ledger_accounts), found.ledger_total.dr_cr())
    yield from table(heads, [*rows, ("Total", "", "", *total)], frozenset({3, 4, 5, 6}))
    yield "The file and the ledger agree." if found.agrees else "The file and the ledger don't agree."


def _sides(group: GroupSum) -> tuple[str, str, str, str]:
    return (
        str(group.file_accounts),
        group.file_total.dr_cr(),
        str(group.ledger_accounts),
        group.ledger_total.dr_cr(),
    )


def _lines(problems: Sequence[Problem], word: str) -> Iterator[str]:
    for problem in problems:
        where = f"{problem.sheet}" + (f" row {problem.row}" if problem.row else "")
        yield f"{word}: {where}{f', {problem.column}' if problem.column else ''}: {problem.message}"


def _problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]


def _reconciliation(found: Reconciliation) -> dict[str, Any]:
    return {
        "agrees": found.agrees,
        "file_accounts": found.file_accounts,
        "file_pence": found.file_total,
        "ledger_accounts": found.ledger_accounts,
        "ledger_pence": found.ledger_total,
        "groups": [
            {
                "rent_group": group.rent_group,
                "kind": group.kind,
                "tenure": group.tenure,
                "file_accounts": group.file_accounts,
                "file_pence": group.file_total,
                "ledger_accounts": group.ledger_accounts,
                "ledger_pence": group.ledger_total,
            }
            for group in found.groups
        ],
    }
