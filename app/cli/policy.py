"""`rentbook policy`: the limits, rates and notice periods in force, and asking for a new one."""

from __future__ import annotations

from datetime import date

import click

from app.cli.frame import DATE, Group, answer, open_desk, table
from app.services.admin.policy import commands, queries
from app.services.admin.policy.dto import Action, NewValue, PolicyRow, Standing


@click.group(cls=Group)
def policy() -> None:
    """List the policy values; ask for a new one, which a second officer approves."""


@policy.command("list")
@click.option("--all", "everything", is_flag=True, help="Values that are past, too.")
@click.option("--verify", is_flag=True, help="Only those that nobody has verified for this landlord.")
def list_(everything: bool, verify: bool) -> None:
    """Every value in force and to come, with where it comes from."""
    with open_desk() as desk:
        rows = desk.ask(queries.list_values).rows
    shown = [row for row in rows if (everything or row.standing is not Standing.PAST) and (row.to_verify or not verify)]
    listed = (
        (row.key.key, row.scope or "-", row.words, f"{row.effective_from}", _mark(row), row.source) for row in shown
    )
    answer(
        {"values": [_data(row) for row in shown]},
        table(("Policy", "Applies to", "Value", "From", "", "Source"), listed),
    )


@policy.command("set")
@click.argument("key")
@click.argument("value")
@click.option("--from", "effective_from", type=DATE, required=True, help="The first day that it counts.")
@click.option("--scope", default="", help="What it is limited to, such as bedrooms:2; else everything.")
@click.option("--source", required=True, help="The decision, minute or regulation that it comes from.")
@click.option("--reason", required=True, help="Why, for the officer who approves it.")
def set_(key: str, value: str, effective_from: date, scope: str, source: str, reason: str) -> None:
    """Ask for KEY to be VALUE from a day on (rentbook approve carries it out)."""
    new = NewValue(Action.ADD, key, scope, value, effective_from, source, reason)
    with open_desk() as desk:
        asked = desk.do(commands.ask_change, new)
    answer({"request": asked.request_id}, f"Asked for: request {asked.request_id} waits for a second officer.")


def _mark(row: PolicyRow) -> str:
    if row.waits is not None:
        return f"request {row.waits} waits"
    return "verify" if row.to_verify else "to come" if row.standing is Standing.COMING else ""


def _data(row: PolicyRow) -> dict[str, object]:
    return {
        "key": row.key.key,
        "title": row.key.title,
        "scope": row.scope,
        "value": row.value,
        "unit": row.key.unit,
        "effective_from": row.effective_from,
        "ends_on": row.ends_on,
        "standing": row.standing,
        "source": row.source,
        "verified_by": row.verified_by or None,
        "verified_on": row.verified_on,
        "to_verify": row.to_verify,
        "request": row.waits,
    }
