"""`rentbook statement` and `rentbook statements`: one account's, and a whole run's, kept as they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from app.cli.frame import DATE, FILE, answer, command, long_work, open_desk, table
from app.services.exports.files import write_whole
from app.services.rent.queries import account_by_reference
from app.services.statements import commands, queries
from app.services.statements.dto import ItemRow, Rehearsal, RunRequest, RunResult, Variant, Which
from app.services.statements.jobs import run_statements

FROM = click.option("--from", "from_on", type=DATE, required=True, help="The first day shown.")
TO = click.option("--to", "to_on", type=DATE, required=True, help="The last day shown.")


def refuse_backwards(from_on: date, to_on: date) -> None:
    """A period that ends before it starts is wrong usage."""
    if from_on > to_on:
        raise click.BadParameter(f"{from_on} is after {to_on}.", param_hint="--from")


@command()
@click.argument("reference", metavar="REF")
@FROM
@TO
@click.option("--pdf", type=FILE, help="Write it to this file, and keep it in the database as it was handed over.")
@click.option("--xlsx", type=FILE, help="Write it to this workbook.")
@click.option("--large-print", is_flag=True, help="The PDF in large print.")
def statement(
    reference: str, from_on: date, to_on: date, pdf: Path | None, xlsx: Path | None, large_print: bool
) -> None:
    """The statement of the account REF; without a file, as text."""
    refuse_backwards(from_on, to_on)
    with open_desk() as desk:
        account = desk.ask(account_by_reference, reference)
        told = desk.ask(queries.statement, account, from_on, to_on)
        text = desk.ask(queries.statement_text, account, from_on, to_on)
        if xlsx is not None:
            write_whole(xlsx, desk.ask(queries.statement_xlsx, account, from_on, to_on))
        if pdf is not None:
            variant = Variant.LARGE_PRINT if large_print else Variant.STANDARD
            write_whole(pdf, desk.do(commands.issue, account, from_on, to_on, variant).content)
    written = [f"Written to {file}" for file in (pdf, xlsx) if file is not None]
    answer(
        {
            "reference": told.reference,
            "name": told.addressee,
            "from": from_on,
            "to": to_on,
            "brought_forward_pence": told.brought_forward,
            "carried_forward_pence": told.carried_forward,
            "lines": [
                {
                    "effective_on": line.on,
                    "rent_week": line.week_on,
                    "what": line.what,
                    "amount_pence": line.amount_pence,
                    "balance_pence": line.balance_pence,
                }
                for line in told.lines
            ],
            "pdf": pdf and str(pdf),
            "xlsx": xlsx and str(xlsx),
        },
        written or text,
    )


@command()
@FROM
@TO
@click.option("--out", type=FILE, required=True, help="The folder for one print-ready file per rent group and form.")
@click.option("--rent-group", "rent_groups", multiple=True, metavar="CODE", help="Only this one; may be given again.")
@click.option("--area", "areas", multiple=True, help="Only this one; may be given again.")
@click.option("--arrears", is_flag=True, help="Only accounts that owe something on the last day.")
@click.option("--former", is_flag=True, help="Also tenancies that had ended before the first day.")
@click.option("--file-each", is_flag=True, help="Also a file for each account.")
@click.option("--again", is_flag=True, help="Make a run that was made before once more.")
@click.option("--rehearse", is_flag=True, help="Say what the run would make, and make nothing.")
def statements(
    from_on: date,
    to_on: date,
    out: Path,
    rent_groups: tuple[str, ...],
    areas: tuple[str, ...],
    arrears: bool,
    former: bool,
    file_each: bool,
    again: bool,
    rehearse: bool,
) -> None:
    """The statements of many accounts, in print-ready files; a run that was stopped carries on."""
    refuse_backwards(from_on, to_on)
    request = RunRequest(
        from_on,
        to_on,
        frozenset(rent_groups),
        frozenset(areas),
        Which.ARREARS if arrears else Which.ALL,
        former=former,
        out_dir=out.absolute(),
        file_each=file_each,
        again=again,
    )
    with open_desk() as desk:
        if rehearse:
            _answer_rehearsal(request, desk.ask(queries.rehearse, request))
            return
        with long_work("Making statements") as (progress, cancel):
            made = run_statements(desk, request, progress, cancel)
    _answer_run(request, made)


def _answer_run(request: RunRequest, made: RunResult) -> None:
    answer(
        {
            "from": request.from_on,
            "to": request.to_on,
            "run": made.run_id,
            "carried_on": made.carried_on,
            "sent": made.sent,
            "left_out": made.left_out,
            "pages": made.pages,
            "exceptions": [_exception(row) for row in made.exceptions],
            "files": [str(file) for file in made.files],
        },
        [
            *_looked_at(made.exceptions),
            f"Run {made.run_id}: {made.sent} statements on {made.pages} pages; {made.left_out} accounts left out.",
            *(f"Written to {file}" for file in made.files),
        ],
    )


def _answer_rehearsal(request: RunRequest, found: Rehearsal) -> None:
    groups = [{"rent_group": name, "variant": variant, "statements": count} for name, variant, count in found.groups]
    answer(
        {
            "from": request.from_on,
            "to": request.to_on,
            "sent": found.sent,
            "groups": groups,
            "exceptions": [_exception(row) for row in found.exceptions],
        },
        [
            *_looked_at(found.exceptions),
            *table(
                ("Rent group", "Format", "Statements"),
                [(name, variant.value.replace("_", " "), str(count)) for name, variant, count in found.groups],
                frozenset({2}),
            ),
            f"The run would make {found.sent} statements.",
        ],
    )


def _looked_at(rows: Sequence[ItemRow]) -> list[str]:
    if not rows:
        return []
    listed = [(row.reference, row.name, "" if row.sent else "left out", row.exception) for row in rows]
    return [*table(("Reference", "Name", "", "Look at"), listed), ""]


def _exception(row: ItemRow) -> dict[str, object]:
    return {
        "reference": row.reference,
        "name": row.name,
        "rent_group": row.group_name,
        "sent": row.sent,
        "reason": row.exception,
    }
