"""`rentbook credits`: the accounts in credit, how old each credit is and what made it."""

from __future__ import annotations

from typing import Any

import click

from app.cli.frame import answer, command, open_desk, spell, table
from app.services.adjustments.refunds import listing, queries
from app.services.adjustments.refunds.dto import CAUSES, AgeBand, CreditFilter, CreditRow, Shown


@command()
@click.option(
    "--show",
    type=click.Choice([each.value for each in Shown]),
    default=Shown.ALL.value,
    show_default=True,
    help="All, those over four weeks old, made by benefit, of ended tenancies, with a refund on its way, or unclaimed for six years.",
)
@click.option("--text", default="", help="Only those with these words in the name or the reference.")
def credits(show: str, text: str) -> None:  # noqa: A001  the command is called so
    """List the accounts in credit by age and cause, with what may be refunded: for the monthly look at credits."""
    with open_desk() as desk:
        found = desk.ask(queries.in_credit, CreditFilter(Shown(show), text))
    shown = (
        (
            row.reference,
            row.credit.plain(),
            row.kept.plain(),
            row.refundable.plain(),
            spell(row.since),
            str(row.days),
            CAUSES[row.cause],
            row.tried,
        )
        for row in found.rows
    )
    heads = ("Account", "Credit", "Kept", "To refund", "Since", "Days", "Cause", "Last tried")
    answer(
        {
            "credits": [_data(row) for row in found.rows],
            "ages": [_age(band) for band in found.bands],
            "total_pence": found.total.pence,
            "most": listing.MOST,
        },
        table(heads, shown) if found.rows else "No account is in credit.",
    )


def _age(band: AgeBand) -> dict[str, Any]:
    return {"age": band.title, "count": band.count, "pence": band.total.pence}


def _data(row: CreditRow) -> dict[str, Any]:
    return {
        "account": row.reference,
        "account_id": row.account_id,
        "kind": row.kind.value,
        "credit_pence": row.credit.pence,
        "kept_pence": row.kept.pence,
        "refundable_pence": row.refundable.pence,
        "since": row.since,
        "days": row.days,
        "cause": row.cause,
        "former": row.former,
        "held": row.held,
        "attempts": row.attempts,
        "tried": row.tried,
        "refund": row.refund_number,
        "refund_state": row.refund_state.value if row.refund_state else None,
    }
