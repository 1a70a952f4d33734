"""`rentbook adjust`: loading a batch, what waits, and posting and taking back adjustments without the window."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.adjust_load import load
from app.cli.frame import FILE, Group, answer, open_desk, table
from app.models.values import AdjustmentState
from app.services.adjustments import commands, queries
from app.services.adjustments.batches import jobs
from app.services.adjustments.dto import PendingRow, Saved
from app.services.core.errors import UserError

_WAITS = {AdjustmentState.WAITING: "for approval", AdjustmentState.APPROVED: "to be posted"}


@click.group(cls=Group)
def adjust() -> None:
    """Load adjustments from a file, or write the template of one; list those that wait; post or take back one."""


adjust.add_command(load)


@adjust.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """Write the workbook to fill in to FILE (.xlsx): its headings, a note on each, and the kinds and reasons in use."""
    with open_desk() as desk:
        jobs.write_template(desk, file)
    answer({"template": str(file)}, f"Written to {file}: fill it in, then rentbook adjust load {file}")


@adjust.command()
def pending() -> None:
    """What waits for approval, or for whoever posts it, the oldest first."""
    with open_desk() as desk:
        rows = desk.ask(queries.pending)
    shown = [
        (str(row.number), row.title, str(row.lines), row.debit.plain(), row.credit.plain(), row.made_by, _waits(row))
        for row in rows
    ]
    headings = ("Number", "What", "Lines", "Debit", "Credit", "Asked by", "Waits")
    answer(
        {"adjustments": [_data(row) for row in rows]},
        table(headings, shown, frozenset({0, 2, 3, 4})) if rows else "Nothing waits.",
    )


@adjust.command()
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER...")
def post(numbers: tuple[int, ...]) -> None:
    """Post the approved adjustments NUMBER...; each is done whole or not at all."""
    done: list[Saved] = []
    refused: list[tuple[int, UserError]] = []
    with open_desk() as desk:
        for number in numbers:
            try:
                done.append(desk.do(commands.post, desk.ask(queries.by_number, number)))
            except UserError as error:
                refused.append((number, error))
    _tell(done, refused)
    if refused:
        raise UserError(f"{len(refused)} of {len(numbers)} were not posted; they stay as they are.")


@adjust.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; its journal says it.")
def reverse(number: int, reason: str) -> None:
    """Take adjustment or batch NUMBER back whole, by the opposite journal; both stay on the accounts."""
    with open_desk() as desk:
        saved = desk.do(commands.reverse, desk.ask(queries.by_number, number), reason)
    _tell([saved], [])


def _waits(row: PendingRow) -> str:
    return _WAITS[row.state] if row.request_id is None else f"{_WAITS[row.state]} (request {row.request_id})"


def _tell(done: list[Saved], refused: list[tuple[int, UserError]]) -> None:
    lines = [each.told for each in done] + [f"Adjustment {number}: {error}" for number, error in refused]
    data = [
        {
            "number": each.number,
            "state": each.state,
            "journal": each.journal,
            "request": each.request_id,
            "told": each.told,
        }
        for each in done
    ]
    answer({"done": data, "refused": [{"number": number, "message": str(error)} for number, error in refused]}, lines)


def _data(row: PendingRow) -> dict[str, object]:
    return {
        "number": row.number,
        "title": row.title,
        "state": row.state,
        "lines": row.lines,
        "debit_pence": row.debit,
        "credit_pence": row.credit,
        "asked_by": row.made_by,
        "asked_at": row.made_at,
        "request": row.request_id,
        "why_not_post": row.why_not_post or None,
    }
