"""`rentbook invoices cis`: what the monthly return of the Construction Industry Scheme has of each subcontractor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

from app.cli.frame import DATE, answer, command, open_desk
from app.services.purchase_orders.invoices import queries
from app.services.purchase_orders.invoices.dto import CisLine
from app.services.purchase_orders.invoices.rules.cis import tax_month


@command()
@click.option("--on", "day", type=DATE, help="A day of the tax month (6th to 5th); left out, today.")
def cis(day: date | None) -> None:
    """The payments and deductions of a tax month, by subcontractor, for the return to HMRC."""
    with open_desk() as desk:
        from_on, to_on = tax_month(day or desk.clock.today())
        lines = desk.ask(queries.cis_return, from_on, to_on)
    data = {
        "from": from_on,
        "to": to_on,
        "lines": [
            {
                "supplier": each.supplier,
                "reference": each.cis_reference,
                "status": each.status,
                "invoices": each.invoices,
                "gross_pence": each.gross,
                "materials_pence": each.materials,
                "deducted_pence": each.deducted,
            }
            for each in lines
        ],
    }
    answer(data, _said(from_on, to_on, lines))


def _said(from_on: date, to_on: date, lines: Sequence[CisLine]) -> Iterator[str]:
    yield f"{from_on:%d %b %Y} to {to_on:%d %b %Y}: {len(lines):,} {'subcontractor' if len(lines) == 1 else 'subcontractors'}."
    for each in lines:
        yield f"{each.supplier}  {each.status}  {each.gross}, materials {each.materials}, deducted {each.deducted}"
