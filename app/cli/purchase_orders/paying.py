"""`rentbook orders pay`: a run of payments asked for, and its file written once a second officer approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from app.cli.frame import DATE, FILE, answer, command, open_desk, spell, table, tell
from app.models.values import PaidBy, SupplierRunState
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.purchase_orders.payments import commands, queries
from app.services.purchase_orders.payments.dto import AskRun, RunAsked, RunPreview, RunQuestion, RunRow, SavedFile

_RIGHT: Final = frozenset({2})
_STANDS: Final = frozenset({SupplierRunState.WAITING, SupplierRunState.MADE})


@command()
@click.option("--on", "pay_on", type=DATE, required=True, help="The day on which suppliers have the money.")
@click.option("--out", type=FILE, required=True, help="Where the file is written, once the run is approved.")
@click.option("--due-by", type=DATE, help="Pay what is to be paid by this day; else by the day of payment.")
@click.option(
    "--by",
    type=click.Choice([each.value for each in PaidBy]),
    default=PaidBy.BACS.value,
    show_default=True,
    help="By a Bacs file, or by a file for the finance system.",
)
@click.option("--layout", default="", help="The layout of the finance system's file; else the first.")
@click.option(
    "--run", "number", default="", help="The number of the run whose file is written, where the day has several."
)
@click.option("--dry-run", is_flag=True, help="Say what would be paid, and ask for nothing.")
def pay(pay_on: date, out: Path, due_by: date | None, by: str, layout: str, number: str, dry_run: bool) -> None:
    """Pay suppliers what is due: ask for the run, or write its file once it is approved; it says which."""
    question = RunQuestion(due_by or pay_on, pay_on, PaidBy(by))
    with open_desk() as desk:
        standing = None if dry_run else _standing(desk, question, number)
        if standing is not None and standing.state is SupplierRunState.WAITING:
            _answer_waiting(standing)
            return
        if standing is not None:
            _answer_saved(standing, desk.do(commands.save_as, standing.run_id, str(out)))
            return
        found = desk.ask(queries.preview, question, layout)
        asked = None if dry_run else _ask(desk, question, layout, found)
    answer(_data(found, asked), _said(found, asked))


def _standing(desk: Desk, question: RunQuestion, number: str) -> RunRow | None:
    """The run for the day that waits for approval, or whose file is to be sent; the one of a number, where one is given.

    Raises:
        UserError: there are several, or none of that number.
    """
    rows = desk.ask(queries.of_day, question.pay_on, question.by)
    found = [row for row in rows if row.state in _STANDS]
    on = spell(question.pay_on)
    if number:
        found = [row for row in found if row.number == number.strip().upper()]
        if not found:
            raise UserError(f"No run {number} of {on} waits or is to be sent.", "Look under Purchase Orders, Payments.")
    if len(found) > 1:
        told = " and ".join(f"{row.number} ({row.total}, {row.words.lower()})" for row in reversed(found))
        raise UserError(f"{len(found)} runs are for {on}: {told}.", "Say which by --run.")
    return found[0] if found else None


def _ask(desk: Desk, question: RunQuestion, layout: str, found: RunPreview) -> RunAsked:
    """Ask for what the preview shows; the second officer sees the same figures."""
    if not found.payments:
        for line in _said(found, None):
            tell(line)
        raise UserError("Nothing is to be paid, so no run was asked for.", "Choose a later day by --due-by.")
    before = len(desk.ask(queries.of_day, question.pay_on, question.by))
    key = f"cli:suppliers:{question.by.value}:{question.pay_on}:{before}"
    return desk.do(commands.ask, AskRun(question, found.count, found.total, key, profile=layout))


def _answer_waiting(run: RunRow) -> None:
    told = f"{run.number} waits for a second officer: request {run.request_id}. Nothing is written yet."
    answer(_of(run) | {"file": None}, told)


def _answer_saved(run: RunRow, saved: SavedFile) -> None:
    answer(_of(run) | {"file": str(saved.path), "sha256": saved.sha256}, saved.told)


def _of(run: RunRow) -> dict[str, Any]:
    return {
        "run": run.number,
        "state": run.state,
        "request": run.request_id,
        "count": run.count,
        "total_pence": run.total,
    }


def _data(found: RunPreview, asked: RunAsked | None) -> dict[str, Any]:
    return {
        "run": asked.number if asked else None,
        "request": asked.request_id if asked else None,
        "state": "waiting" if asked else "preview",
        "file": None,
        "count": found.count,
        "total_pence": found.total,
        "payments": [
            {"supplier": each.supplier, "amount_pence": each.amount, "remarks": list(each.remarks)}
            for each in found.payments
        ],
        "left_out": [
            {
                "supplier": each.supplier,
                "invoice": each.number,
                "reason": each.reason,
                "message": each.words,
                "amount_pence": each.amount,
            }
            for each in found.left_out
        ],
        "no_file": found.no_file,
    }


def _said(found: RunPreview, asked: RunAsked | None) -> Iterator[str]:
    for out in found.left_out:
        yield f"left out: {out.supplier}, {out.number}, {out.amount}: {out.words} {out.todo}"
    for remark in found.remarks:
        yield f"look at: {remark}"
    if found.left_out or found.remarks:
        yield ""
    rows = [(each.supplier_number, each.supplier, str(each.amount)) for each in found.payments]
    yield from table(("Number", "Supplier", "Amount"), rows, _RIGHT)
    yield f"In all: {found.count:,}, {found.total}, on {spell(found.question.pay_on)}."
    if found.no_file:
        yield found.no_file
    if asked is not None:
        yield f"{asked.told} Request {asked.request_id}. Call this again once it is approved: the file is written then."
