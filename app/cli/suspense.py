"""`rentbook suspense`: money that nobody's account is known for."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, spell, table
from app.services.reception_payments.suspense import queries
from app.services.reception_payments.suspense.dto import STATES, SuspenseRow


@click.group(cls=Group)
def suspense() -> None:
    """Money that nobody's account is known for."""


@suspense.command("list")
def list_items() -> None:
    """What stands in suspense, the oldest first: what the payer said, how old it is, and who looks after it."""
    with open_desk() as desk:
        rows = desk.ask(queries.listed)
        count, total = desk.ask(queries.totals)
    data = {"items": [_data(row) for row in rows], "count": count, "left_pence": total.pence}
    headings = ("Item", "Received", "Days", "Left", "Reference", "Payer", "State", "Owner")
    text = [
        *table(headings, [_shown(row) for row in rows], right=frozenset({0, 2, 3})),
        f"{count:,} {'item' if count == 1 else 'items'}, {total} in all{_first(count, len(rows))}.",
    ]
    answer(data, text if rows else "Nothing stands in suspense.")


def _first(count: int, shown: int) -> str:
    return "" if shown == count else f"; the oldest {shown:,} are shown"


def _data(row: SuspenseRow) -> dict[str, object]:
    return {
        "number": row.number,
        "state": row.state,
        "amount_pence": row.amount.pence,
        "left_pence": row.left.pence,
        "code": row.code,
        "received_on": row.received_on,
        "age_days": row.age,
        "reference_given": row.reference_given,
        "payer": row.payer_name,
        "narrative": row.narrative,
        "source": row.source,
        "owner": row.owner,
    }


def _shown(row: SuspenseRow) -> tuple[str, ...]:
    return (
        f"{row.number}",
        spell(row.received_on),
        f"{row.age:,}",
        str(row.left),
        row.reference_given,
        row.payer_name,
        STATES[row.state],
        row.owner,
    )
