"""`rentbook period`: the accounting periods, closed and reopened by two officers."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, table
from app.models.values import PeriodState
from app.services.admin.periods import commands, queries
from app.services.core.errors import UserError
from app.services.ledger.dto import PeriodRow


@click.group(cls=Group)
def period() -> None:
    """List the accounting periods; close or reopen one (two officers)."""


@period.command()
def status() -> None:
    """Every period, the latest first, with what waits for a second officer."""
    with open_desk() as desk:
        rows = desk.ask(queries.list_periods)
    checks = [f"{row.name}: {check.message}" for row in rows for check in row.checks if not check.passed]
    listed = [(row.name, f"{row.starts_on} to {row.ends_on}", row.state.value, _waits(row)) for row in rows]
    answer(
        {"periods": [_data(row) for row in rows]},
        [*table(("Period", "Days", "State", "Waits"), listed), *checks] if rows else "No period has been opened yet.",
    )


@period.command()
@click.argument("name", metavar="PERIOD")
def close(name: str) -> None:
    """Ask for PERIOD (2026-27 P08, or its month 2026-11) to be closed; typed by a second officer, close it."""
    _change(name, PeriodState.CLOSED, "")


@period.command()
@click.argument("name", metavar="PERIOD")
@click.option("--reason", default="", help="Why it is reopened.")
def reopen(name: str, reason: str) -> None:
    """Ask for a closed PERIOD to be reopened; typed by a second officer, reopen it."""
    _change(name, PeriodState.OPEN, reason)


def _change(name: str, wanted: PeriodState, reason: str) -> None:
    """Ask for a change, or authorise the one that another officer asked for."""
    with open_desk() as desk:
        before = desk.ask(queries.one_period, name)
        if before.waiting is not None and before.waiting is not wanted:
            raise UserError(
                f"{before.requested_by} has asked for {before.name} to be {_done(before.waiting)}.",
                "Authorise that first, or leave it.",
            )
        if before.waiting is None:
            row = desk.do(commands.request_change, name, wanted, reason)
        else:
            row = desk.do(commands.authorise_change, name)
    said = (
        f"{row.name} is {_done(wanted)}."
        if row.state is wanted
        else f"Asked for {row.name} to be {_done(wanted)}: another officer authorises it with the same command."
    )
    answer(_data(row), said)


def _done(state: PeriodState) -> str:
    return "closed" if state is PeriodState.CLOSED else "reopened"


def _waits(row: PeriodRow) -> str:
    return f"to be {_done(row.waiting)}, asked by {row.requested_by}" if row.waiting else ""


def _data(row: PeriodRow) -> dict[str, object]:
    return {
        "name": row.name,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "state": row.state,
        "journals": row.journals,
        "waiting_to_be": row.waiting,
        "requested_by": row.requested_by or None,
        "checks": [
            {"name": check.name, "passed": check.passed, "message": check.message, "stops": check.stops}
            for check in row.checks
        ],
    }
