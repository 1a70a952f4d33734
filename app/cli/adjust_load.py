"""`rentbook adjust load`: a file of adjustments, declared beforehand, looked through and submitted as one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from app.cli.frame import DATE, FILE, REFUSED, answer, command, long_work, open_desk, table
from app.models.values import Money, MoneyError
from app.services.adjustments.batches import commands, jobs, queries
from app.services.adjustments.batches.dto import Checked, NewBatch, Usual
from app.services.adjustments.batches.rules import WORDS
from app.services.adjustments.dto import Saved


@command()
@click.argument("file", type=FILE)
@click.option("--declared-count", type=click.IntRange(min=1), required=True, help="How many lines you say it has.")
@click.option(
    "--declared-total",
    required=True,
    metavar="POUNDS",
    help="What you say they come to: 1,204.50, of credits 1,204.50 CR.",
)
@click.option("--title", help="What it is, in a line; else the name of the file.")
@click.option(
    "--kind", default="", metavar="KIND", help="The kind of lines that name none: credit, debit, transfer ..."
)
@click.option("--reason", default="", metavar="REASON", help="The reason of lines that name none.")
@click.option("--date", "effective_on", type=DATE, help="The day that lines without a date belong to.")
@click.option("--narrative", default="", help="What the statement says of lines without a narrative.")
@click.option("--note", default="", help="For whoever approves it.")
@click.option(
    "--column",
    "pairs",
    multiple=True,
    metavar="YOURS=OURS",
    help="What a heading of yours means: 'Goodwill=amount'. May be given again.",
)
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing.")
def load(file: Path, declared_count: int, declared_total: str, pairs: Sequence[str], **rest: Any) -> int:
    """Load FILE, a workbook or .csv: a row for each adjustment with reference and amount. All of it, or nothing.

    Its columns may also be debit, credit, kind, reason, date, from, to, to_account, narrative and why_not_the_same.
    """
    declared, columns = _declared(declared_total), _columns(pairs)
    on: date | None = rest["effective_on"]
    with open_desk() as desk:
        with long_work("Reading") as (progress, cancel):
            read = jobs.read_file(desk, file, columns, progress, cancel)
        new = NewBatch(
            entry_key=f"file:{uuid4().hex}",
            title=rest["title"] or file.stem,
            declared_count=declared_count,
            declared=declared,
            file=read,
            usual=Usual(rest["kind"], rest["reason"], on, narrative=rest["narrative"]),
            note=rest["note"],
        )
        with long_work("Looking through") as (progress, cancel):
            found = desk.watch(queries.checked, progress, cancel, new)
        saved = None
        if not found.mistakes and not rest["dry_run"]:
            with long_work("Posting") as (progress, cancel):
                saved = desk.run(commands.submit, progress, cancel, new, found=found)
    answer(_data(found, saved, rest["dry_run"]), _said(found, saved))
    return REFUSED if found.mistakes else 0


def _declared(text: str) -> Money:
    try:
        return Money.parse(text)
    except MoneyError as error:
        raise click.BadParameter(str(error), param_hint="--declared-total") from None


def _columns(pairs: Sequence[str]) -> Mapping[str, str]:
    """Their headings by ours."""
    found = {}
    for pair in pairs:
        yours, _, ours = pair.rpartition("=")
        if not yours.strip() or not ours.strip():
            raise click.BadParameter(f"'{pair}' is not like 'Goodwill=amount'.", param_hint="--column")
        found[yours.strip()] = ours.strip()
    return found


def _said(found: Checked, saved: Saved | None) -> Iterator[str]:
    for each in found.mistakes:
        where = f"row {each.row}, {WORDS.get(each.field, each.field)}: " if each.row else ""
        yield f"{where}{each.message} {each.hint}".rstrip()
    totals = [(each.title, f"{each.lines:,}", str(each.debit), str(each.credit)) for each in found.kinds]
    if totals:
        yield from table(("Kind", "Lines", "Debit", "Credit"), totals, frozenset({1, 2, 3}))
    yield from found.warnings
    if saved is not None:
        yield saved.told
    elif found.mistakes:
        yield f"{len(found.mistakes):,} to put right; nothing was kept."
    else:
        yield f"It would {'wait for approval: ' + found.needs if found.needs else 'be posted at once.'} Nothing was kept."


def _data(found: Checked, saved: Saved | None, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "lines": found.standing.count,
        "total_pence": found.standing.total,
        "declared_lines": found.standing.declared_count,
        "declared_pence": found.standing.declared,
        "by_kind": [
            {"kind": each.kind, "lines": each.lines, "debit_pence": each.debit, "credit_pence": each.credit}
            for each in found.kinds
        ],
        "mistakes": [
            {"row": each.row, "field": each.field, "message": each.message, "hint": each.hint}
            for each in found.mistakes
        ],
        "warnings": list(found.warnings),
        "needs": found.needs or None,
        "number": None if saved is None else saved.number,
        "state": None if saved is None else saved.state,
        "journal": None if saved is None else saved.journal,
        "request": None if saved is None else saved.request_id,
        "told": "" if saved is None else saved.told,
    }
