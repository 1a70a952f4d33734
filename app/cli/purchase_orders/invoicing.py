"""`rentbook invoices load`: a file of suppliers' invoices, looked through and logged, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.frame import DATE, FILE, REFUSED, answer, command, long_work, open_desk
from app.services.purchase_orders.invoices.loading import commands, queries
from app.services.purchase_orders.invoices.loading.dto import DateOrder, FileLogged, FileLooked, NewFileLoad, Profile
from app.services.purchase_orders.invoices.loading.reading import read


@command()
@click.argument("file", type=FILE)
@click.option(
    "--profile", "name", required=True, metavar="NAME", help="Whose files these are: read as the last one was."
)
@click.option(
    "--column",
    "pairs",
    multiple=True,
    metavar="YOURS=OURS",
    help="What a heading of yours means: 'Vendor=supplier'. May be given again.",
)
@click.option("--dates", type=click.Choice([each.value for each in DateOrder]), help="Day or month first: dmy or mdy.")
@click.option(
    "--received-on", type=DATE, help="The day that they reached the council, where a row says none; else today."
)
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing.")
def load(
    file: Path, name: str, pairs: Sequence[str], dates: str | None, received_on: date | None, dry_run: bool
) -> int:
    """Log the invoices of FILE, a workbook or .csv: a row for each line, a negative amount for a credit note.

    Its columns: supplier, number, date, and two of net, vat and gross; also received, due, order, description, cost_centre
    and subjective. Headings and the order of dates are remembered under the profile.
    """
    with open_desk() as desk:
        profile = desk.ask(queries.profile, name)
        with long_work("Reading") as (progress, cancel):
            found = read(file, _columns(profile, pairs), progress, cancel)
        order = DateOrder(dates) if dates else profile.dates
        new = NewFileLoad(found, name, received_on or desk.clock.today(), order)
        looked = desk.ask(queries.look, new)
        done = None
        if not looked.mistakes and not looked.question and not dry_run:
            with long_work("Logging") as (progress, cancel):
                done = desk.run(commands.load, progress, cancel, new)
    answer(_data(looked, done, dry_run), _said(looked, done))
    return REFUSED if looked.mistakes or looked.question else 0


def _columns(profile: Profile, pairs: Sequence[str]) -> Mapping[str, str]:
    """Their headings by ours: as said now, over what the profile remembers."""
    found = dict(profile.columns)
    for pair in pairs:
        yours, _, ours = pair.rpartition("=")
        if not yours.strip() or not ours.strip():
            raise click.BadParameter(f"'{pair}' is not like 'Vendor=supplier'.", param_hint="--column")
        found[yours.strip()] = ours.strip()
    return found


def _said(looked: FileLooked, done: FileLogged | None) -> Iterator[str]:
    for each in looked.mistakes:
        where = f"row {each.row}, {each.field}: " if each.row else ""
        yield f"{where}{each.message} {each.hint}".rstrip()
    yield from looked.warnings
    if looked.known:
        yield f"{looked.known:,} rows were loaded before and are left out."
    if looked.question:
        yield f"{looked.question} Say it by --dates dmy (day first) or --dates mdy; nothing was kept."
    elif looked.mistakes:
        yield f"{len(looked.mistakes):,} to put right; nothing was kept."
    elif done is not None:
        yield done.told
    else:
        both = f"{looked.count:,} invoices and {looked.credit_notes:,} credit notes"
        yield f"It would log {both}, {looked.net} and VAT {looked.vat}. Nothing was kept."


def _data(looked: FileLooked, done: FileLogged | None, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "invoices": looked.count,
        "credit_notes": looked.credit_notes,
        "lines": looked.lines,
        "known": looked.known,
        "net_pence": looked.net,
        "vat_pence": looked.vat,
        "mistakes": [
            {"row": each.row, "field": each.field, "message": each.message, "hint": each.hint}
            for each in looked.mistakes
        ],
        "warnings": list(looked.warnings),
        "question": looked.question or None,
        "first": None if done is None else done.first,
        "last": None if done is None else done.last,
        "told": "" if done is None else done.told,
    }
