"""`rentbook dd lodge`, `collect` and `post`: runs asked for, written once a second officer approved, and posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from app.cli.frame import DATE, FILE, answer, command, open_desk, spell, table, tell
from app.models.values import DebitRunKind, DebitRunState
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.cases.commands import post_claims
from app.services.direct_debits.runs import commands, queries
from app.services.direct_debits.runs.dto import AskRun, RunAsked, RunPreview, RunQuestion, RunRow, SavedFile

_RIGHT: Final = frozenset({2, 3})
_STANDS: Final = frozenset({DebitRunState.WAITING, DebitRunState.MADE})


@command()
@click.option("--on", "processing_on", type=DATE, required=True, help="The day on which Bacs processes the file.")
@click.option("--out", type=FILE, required=True, help="Where the file is written, once the run is approved.")
@click.option("--preview", is_flag=True, help="Say what would go, and ask for nothing.")
def lodge(processing_on: date, out: Path, preview: bool) -> None:
    """Lodge new, cancelled and converted instructions: ask for the run, or write its file once it is approved."""
    _run(DebitRunKind.LODGEMENT, processing_on, 1, out, preview=preview)


@command()
@click.option(
    "--on", "processing_on", type=DATE, required=True, help="The (first) day on which Bacs processes the file."
)
@click.option("--out", type=FILE, required=True, help="Where the file is written, once the run is approved.")
@click.option("--days", type=click.IntRange(1, 5), default=1, show_default=True, help="Processing days in one file.")
@click.option("--preview", is_flag=True, help="Say what would go, and ask for nothing.")
def collect(processing_on: date, out: Path, days: int, preview: bool) -> None:
    """Collect what is due: ask for the run, or write its file once it is approved."""
    _run(DebitRunKind.COLLECTION, processing_on, days, out, preview=preview)


@command()
@click.option("--on", type=DATE, required=True, help="The entry day: what is matched up to it is posted.")
def post(on: date) -> None:
    """Post what matched runs collect, and what banks take for claims, up to a day, once."""
    with open_desk() as desk:
        done = desk.do(commands.post, on)
        claims = desk.do(post_claims, on)
    data = {
        "on": done.on,
        "posted": [
            {
                "run": each.number,
                "entry_on": each.entry_on,
                "journal": each.journal,
                "count": each.count,
                "total_pence": each.amount,
            }
            for each in done.days
        ],
        "unmatched": done.unmatched,
        "failed": done.failed,
        "claims": [{"case": each.number, "journal": each.journal, "total_pence": each.pence} for each in claims.posted],
        "claims_left": [{"case": each.number, "why": each.why} for each in claims.left],
    }
    answer(data, [done.told, claims.told])


def _run(kind: DebitRunKind, processing_on: date, days: int, out: Path, *, preview: bool) -> None:
    with open_desk() as desk:
        standing = None if preview else _standing(desk, kind, processing_on)
        if standing is not None and standing.state is DebitRunState.WAITING:
            _answer_waiting(standing)
            return
        if standing is not None:
            saved = desk.do(commands.save_as, standing.run_id, str(out))
            _answer_saved(standing, saved)
            return
        found = desk.ask(queries.preview, RunQuestion(kind, processing_on, days))
        asked = None if preview else _ask(desk, kind, processing_on, days, found)
    answer(_data(found, asked), _said(found, asked))


def _standing(desk: Desk, kind: DebitRunKind, processing_on: date) -> RunRow | None:
    """The run of a kind for a day that waits for approval, or whose file is to be sent."""
    return next((row for row in desk.ask(queries.of_day, kind, processing_on) if row.state in _STANDS), None)


def _ask(desk: Desk, kind: DebitRunKind, processing_on: date, days: int, found: RunPreview) -> RunAsked:
    """Ask for what the preview shows; the second officer sees the same figures."""
    if not found.count:
        for line in _said(found, None):
            tell(line)
        raise UserError("Nothing can go on that day, so no run was asked for.", "Choose another day.")
    before = len(desk.ask(queries.of_day, kind, processing_on))
    key = f"cli:{kind.value}:{processing_on}:{before}"
    return desk.do(commands.ask, AskRun(kind, processing_on, found.count, found.total, key, days=days))


def _answer_waiting(run: RunRow) -> None:
    told = f"Run {run.number} waits for a second officer: request {run.request_id}. Nothing is written yet."
    answer({"run": run.number, "state": run.state, "request": run.request_id, "file": None} | _sums(run), told)


def _answer_saved(run: RunRow, saved: SavedFile) -> None:
    data = {"run": run.number, "state": run.state, "request": run.request_id, "file": str(saved.path)}
    answer(data | _sums(run) | {"serial": run.serial, "sha256": saved.sha256}, f"Run {run.number}. {saved.told}")


def _sums(run: RunRow) -> dict[str, Any]:
    return {"count": run.count, "total_pence": run.amount, "left_out": run.left_out}


def _data(found: RunPreview, asked: RunAsked | None) -> dict[str, Any]:
    return {
        "run": asked.number if asked else None,
        "request": asked.request_id if asked else None,
        "state": "waiting" if asked else "preview",
        "file": None,
        "count": found.count,
        "total_pence": found.total,
        "days": [
            {
                "submit_on": each.days.submit_on,
                "processing_on": each.days.processing_on,
                "entry_on": each.days.entry_on,
                "count": each.count,
                "total_pence": each.amount,
            }
            for each in found.by_day
        ],
        "codes": [{"code": each.code, "count": each.count, "total_pence": each.amount} for each in found.by_code],
        "amended": found.amended,
        "left_out": [
            {
                "reference": each.reference,
                "account": each.account_reference,
                "reason": each.reason,
                "message": each.words,
                "amount_pence": each.amount,
            }
            for each in found.left_out
        ],
        "overdue": [
            {"reference": each.reference, "due_on": each.due_on, "amount_pence": each.amount} for each in found.overdue
        ],
    }


def _said(found: RunPreview, asked: RunAsked | None) -> Iterator[str]:
    for out in found.left_out:
        yield f"left out: {out.reference}, {out.amount}: {out.words} {out.todo}"
    for late in found.overdue:
        yield f"overdue: {late.reference}, {late.amount}, was due on {spell(late.due_on)}: move it or skip it."
    if found.left_out or found.overdue:
        yield ""
    codes = [(each.code.value, each.words, f"{each.count:,}", str(each.amount)) for each in found.by_code]
    yield from table(("Code", "", "Records", "Amount"), codes, _RIGHT)
    for each in found.by_day:
        yield (
            f"Send by {spell(each.days.submit_on)}, processed on {spell(each.days.processing_on)}, entered on "
            f"{spell(each.days.entry_on)}: {each.count:,}, {each.amount}."
        )
    if found.amended:
        yield f"Bank details changed: {found.amended:,}."
    yield f"In all: {found.count:,}, {found.total}."
    if asked is not None:
        yield f"{asked.told} Request {asked.request_id}. Call this again once it is approved: the file is written then."
