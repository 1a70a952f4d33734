"""`rentbook spend publish`: spending and orders in the columns of the Transparency Code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from app.cli.frame import DATE, FILE, answer, command, open_desk
from app.services.exports.files import write_whole
from app.services.purchase_orders.publishing import commands
from app.services.purchase_orders.publishing.dto import PublicationKind

_MADE: Final = {PublicationKind.SPENDING: commands.spending, PublicationKind.ORDERS: commands.orders}


@command("publish")
@click.option("--from", "from_on", type=DATE, required=True, help="The first day.")
@click.option("--to", "to_on", type=DATE, required=True, help="The last day.")
@click.option("--out", type=FILE, required=True, help="The .csv file to write.")
@click.option(
    "--what",
    type=click.Choice([each.value for each in PublicationKind]),
    default=PublicationKind.SPENDING.value,
    show_default=True,
    help="Payments to suppliers, or orders.",
)
def publish(from_on: date, to_on: date, out: Path, what: str) -> None:
    """Write what was paid (or ordered) from one day to another in the columns of the Transparency Code.

    Names of persons are redacted. What is left out is written beside it with the reasons, as FILE-left-out.csv.
    """
    with open_desk() as desk:
        made = desk.do(_MADE[PublicationKind(what)], from_on, to_on)
    write_whole(out, made.content)
    beside = out.with_name(f"{out.stem}-left-out.csv")
    write_whole(beside, made.exclusions)
    data = {
        "file": str(out),
        "left_out_file": str(beside),
        "lines": made.count,
        "left_out": made.left_out,
        "total_pence": made.total.pence,
        "publication": made.publication_id,
    }
    answer(data, f"{out}: {made.told}")
