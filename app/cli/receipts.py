"""`rentbook receipts`: files of receipts from outside, loaded by profiles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.frame import DATE, FILE, REFUSED, Group, answer, long_work, open_desk, spell, table
from app.models.values import Money, MoneyError
from app.services.reception_payments.files import commands, jobs, queries
from app.services.reception_payments.files.dto import Loaded, NewLoad, Preview, PreviewPart
from app.services.reception_payments.files.dto_read import Control, Typed
from app.services.reception_payments.files.layouts import CHANNELS, Profile
from app.services.reception_payments.files.profiles import queries as profile_queries


@click.group(cls=Group)
def receipts() -> None:
    """Files of receipts from outside: cash, benefits, standing orders."""


@receipts.command()
@click.argument("file", type=FILE)
@click.option(
    "--profile", required=True, metavar="NAME", help="How the file is read: see `rentbook receipts profiles`."
)
@click.option("--declared-total", metavar="POUNDS", help="What whoever sent it says the payments come to: 1,204.50.")
@click.option("--declared-count", type=click.IntRange(min=1), help="How many payments they say there are.")
@click.option("--date", "paid_on", type=DATE, help="The day of payment, where the file has none.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing.")
def load(
    file: Path,
    profile: str,
    declared_total: str | None,
    declared_count: int | None,
    paid_on: date | None,
    dry_run: bool,
) -> int:
    """Load FILE: all of it, once, or nothing. A file with a card number waits in quarantine and isn't kept (exit 1)."""
    typed = Typed(paid_on, Control(declared_count, _declared(declared_total)))
    loaded = None
    with open_desk() as desk:
        with long_work("Reading") as (progress, cancel):
            read = jobs.read_file(desk, file, profile, typed, progress, cancel)
        with long_work("Looking through") as (progress, cancel):
            found = desk.watch(queries.preview, progress, cancel, read)
        if not dry_run and (found.ready or found.cards):
            with long_work("Posting") as (progress, cancel):
                loaded = desk.run(commands.load, progress, cancel, NewLoad(read))
    answer(_data(found, loaded, dry_run=dry_run), _said(found, loaded))
    return 0 if found.ready else REFUSED


@receipts.command()
def profiles() -> None:
    """The profiles by which files are read: the office's own, then the examples."""
    with open_desk() as desk:
        found = desk.ask(profile_queries.profiles)
    rows = [(each.key, each.name, CHANNELS[each.layout.channel], _edition(each)) for each in found]
    answer(
        {"profiles": [_profile(each) for each in found]}, table(("Key", "Name", "What comes by it", "Edition"), rows)
    )


def _declared(text: str | None) -> Money | None:
    if text is None:
        return None
    try:
        return Money.parse(text)
    except MoneyError as error:
        raise click.BadParameter(str(error), param_hint="--declared-total") from None


def _edition(each: Profile) -> str:
    if each.shipped:
        return "example"
    return f"{each.edition}{', not looked at yet' if each.unseen else ''}"


def _profile(each: Profile) -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.name,
        "channel": each.layout.channel,
        "form": each.layout.form,
        "example": each.shipped,
        "edition": each.edition,
        "not_looked_at": each.unseen,
    }


def _said(found: Preview, loaded: Loaded | None) -> Iterator[str]:
    for each in found.faults:
        where = f"line {each.row}, {each.field}: " if each.row else ""
        yield f"{where}{each.message} {each.hint}".rstrip()
    if found.parts:
        rows = [(each.what, f"{each.count:,}", str(each.amount)) for each in (*found.parts, *found.codes)]
        yield from table(("What", "Lines", "Amount"), rows, frozenset({1, 2}))
    if found.first_on is not None and found.last_on is not None:
        days = spell(found.first_on)
        yield f"Paid on {days}." if found.first_on == found.last_on else f"Paid {days} to {spell(found.last_on)}."
    yield from found.notes
    if loaded is not None:
        yield loaded.told
    elif found.cards:
        yield f"What looks like a card number is in line {', '.join(map(str, found.cards[:10]))}; nothing was kept."
    elif found.faults:
        yield f"{len(found.faults):,} to put right; nothing was kept."
    else:
        yield "It would be loaded. Nothing was kept."


def _data(found: Preview, loaded: Loaded | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "profile": found.profile,
        "lines": found.count,
        "total_pence": found.total,
        "declared_lines": found.declared.count,
        "declared_pence": found.declared.total,
        "first_on": found.first_on,
        "last_on": found.last_on,
        "by_outcome": [_part(each) for each in found.parts],
        "by_code": [_part(each) for each in found.codes],
        "mistakes": [
            {"line": each.row, "field": each.field, "message": each.message, "hint": each.hint} for each in found.faults
        ],
        "card_lines": list(found.cards),
        "notes": list(found.notes),
        "number": None if loaded is None else loaded.number,
        "quarantined": loaded is not None and loaded.quarantined,
        "posted": 0 if loaded is None else loaded.posted,
        "posted_pence": 0 if loaded is None else loaded.posted_total,
        "suspense": 0 if loaded is None else loaded.suspense,
        "suspense_pence": 0 if loaded is None else loaded.suspense_total,
        "waiting": 0 if loaded is None else loaded.waiting,
        "loaded_before": 0 if loaded is None else loaded.known,
        "told": "" if loaded is None else loaded.told,
    }


def _part(each: PreviewPart) -> dict[str, Any]:
    return {"what": each.what, "lines": each.count, "pence": each.amount}
