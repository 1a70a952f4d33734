"""`rentbook debit-control`: Monday's sheet of a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from app.cli.frame import DATE, REFUSED, answer, command, open_desk, spell, table
from app.models.values import Money
from app.services.tenancies.debit_control import commands, queries
from app.services.tenancies.debit_control.dto import SUMS, GroupDebit, Sheet


@command("debit-control")
@click.option("--week", type=DATE, required=True, help="Any day of the week.")
@click.option("--sign", is_flag=True, help="Sign it as the first of two officers; the second approves the request.")
@click.option("--explanation", default="", help="With --sign: what is said of the differences.")
def debit_control(week: date, sign: bool, explanation: str) -> int:
    """Say what a week's debit is by rent group, what moved it by property, and where the charge differs from it."""
    with open_desk() as desk:
        if sign:
            desk.do(commands.prepare, week, explanation)
        sheet = desk.ask(queries.sheet, week)
    answer(_told(sheet), _said(sheet))
    return REFUSED if sheet.charged and sheet.total.difference and not sheet.explanation else 0


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "week": sheet.week_on,
        "state": sheet.state,
        "since": sheet.since,
        "opens_as_signed": sheet.from_signed,
        "charged": sheet.charged,
        "prepared_by": sheet.prepared_by or None,
        "checked_by": sheet.checked_by or None,
        "request": sheet.request_id,
        "explanation": sheet.explanation,
        "rent_groups": [_line(line) for line in sheet.lines],
        "total": _line(sheet.total),
        "movements": [
            {
                "move": each.move,
                "rent_group": each.rent_group,
                "property": each.property_ref,
                "address": each.address,
                "tenancy": each.tenancy_ref,
                "before_pence": each.before,
                "after_pence": each.after,
            }
            for each in sheet.moves
        ],
        "differences": [
            {
                "rent_group": each.rent_group,
                "reference": each.reference,
                "address": each.address,
                "should_pence": each.should,
                "was_pence": each.was,
                "difference_pence": each.difference,
            }
            for each in sheet.unmatched
        ],
    }


def _line(line: GroupDebit) -> dict[str, Any]:
    amounts = {f"{name}_pence": getattr(line, name) for name in (*SUMS, "difference")}
    return {
        "rent_group": line.code,
        "name": line.name,
        **amounts,
        "let": line.let,
        "void": line.void,
        "stock": line.stock,
    }


def _said(sheet: Sheet) -> Iterator[str]:
    headings = ("Rent group", "Opening", "New lets", "Endings", "Changes", "Voids", "Closing", "Part, free", "Charged")
    rows = [_cells(line) for line in (*sheet.lines, sheet.total)]
    right = frozenset(range(1, len(headings) + 4))
    yield from table((*headings, "Difference", "Let", "Void", "Stock"), rows, right)
    yield ""
    for each in sheet.moves:
        move = each.move.value.replace("_", " ")
        yield f"{move}: {each.rent_group} {each.property_ref} {each.address}: {each.before.plain()} to {each.after.plain()}"
    for apart in sheet.unmatched:
        sums = f"charged {apart.was.plain()}, should be {apart.should.plain()}"
        yield f"differs: {apart.rent_group} {apart.reference} {apart.address}: {sums}"
    charged = "" if sheet.charged else " The week is not charged yet."
    yield f"Week of {spell(sheet.week_on)}: {sheet.state.value}.{charged}"


def _cells(line: GroupDebit) -> tuple[str, ...]:
    amounts: list[Money] = [getattr(line, name) for name in (*SUMS, "difference")]
    return (line.name, *(each.plain() for each in amounts), str(line.let), str(line.void), str(line.stock))
