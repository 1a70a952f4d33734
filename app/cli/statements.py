"""`rentbook statement`: one account's statement, kept as it is handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.cli.frame import DATE, FILE, answer, command, open_desk
from app.services.exports.files import write_whole
from app.services.rent.queries import account_by_reference
from app.services.statements import commands, queries
from app.services.statements.dto import Variant

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
