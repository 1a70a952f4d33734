"""`rentbook holds`: what is stopped on which accounts, why and until when."""

from __future__ import annotations

from typing import Any

import click

from app.cli.frame import answer, command, open_desk, spell, table
from app.services.holds import queries
from app.services.holds.cases import queries as cases
from app.services.holds.dto import KINDS, HoldFilter, HoldRow, HoldsShown
from app.services.holds.rules import listed


@command()
@click.option(
    "--show",
    type=click.Choice([each.value for each in HoldsShown]),
    default=HoldsShown.LIVE.value,
    show_default=True,
    help="Those in force, ending in two weeks, due to be looked at, of cases, to come, ended, or all.",
)
@click.option(
    "--text", default="", help="Only those with these words in the name, the reference, the reason or the case."
)
def holds(show: str, text: str) -> None:
    """List the holds on accounts: why, what each stops, until when, and what open cases protect."""
    with open_desk() as desk:
        rows = desk.ask(queries.register, HoldFilter(HoldsShown(show), text))
        protected = desk.ask(cases.protected)
    shown = (
        (row.reference, KINDS[row.kind], listed(row.stops), spell(row.from_on), _until(row), row.case or row.reason)
        for row in rows
    )
    answer(
        {"holds": [_data(row, protected.get(row.account_id, 0)) for row in rows], "most": queries.MOST},
        table(("Account", "Why", "Stops", "From", "Until", "Case or reason"), shown) if rows else "Nothing is on hold.",
    )


def _until(row: HoldRow) -> str:
    return spell(row.to_on) if row.to_on else "no end"


def _data(row: HoldRow, protected: int) -> dict[str, Any]:
    return {
        "id": row.hold_id,
        "account": row.reference,
        "kind": row.kind.value,
        "stops": [stop.value for stop in row.stops],
        "from": row.from_on,
        "until": row.to_on,
        "review": row.review_on,
        "live": row.live,
        "case": row.case,
        "reason": row.reason,
        "released": row.released,
        "placed_by": row.placed_by,
        "balance_pence": row.balance.pence,
        "protected_pence": protected if row.case else 0,
    }
