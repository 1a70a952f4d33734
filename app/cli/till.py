"""`rentbook till`: the tills of the desks."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, spell, table
from app.models.values import Money
from app.services.reception_payments.tills import queries
from app.services.reception_payments.tills.dto import STATES, TillRow


@click.group(cls=Group)
def till() -> None:
    """The tills of the desks."""


@till.command()
def status() -> None:
    """Each till: who holds it, since when, and what it has taken.

    What it has taken in cash is told to those alone who sign cash-ups, and to nobody who holds it.
    """
    with open_desk() as desk:
        tills = desk.ask(queries.tills)
    rows = [_row(each) for each in tills]
    headings = ("Desk", "Till", "State", "Held by", "Day", "Receipts", "Cash")
    answer(
        {"tills": [_data(each) for each in tills]},
        table(headings, rows, right=frozenset({5, 6})) if rows else "There are no tills.",
    )


def _row(each: TillRow) -> tuple[str, ...]:
    if each.open is None:
        return (each.desk, each.name, _closed(each), "", "", "", "")
    shown = each.open
    state = f"To be taken over by {shown.handed_to}" if shown.handed_to else STATES[shown.state]
    state = state if shown.may_take else "Its day is over: cash it up"
    cash = "" if shown.cash is None else str(shown.cash)
    return (each.desk, each.name, state, shown.holder, spell(shown.business_on), f"{shown.receipts:,}", cash)


def _closed(each: TillRow) -> str:
    if each.to_sign:
        return f"Closed, {each.to_sign} {'session' if each.to_sign == 1 else 'sessions'} to be signed"
    return "Closed" if each.active else "Not used any more"


def _data(each: TillRow) -> dict[str, object]:
    shown = each.open
    return {
        "desk": each.desk,
        "till": each.name,
        "active": each.active,
        "usual_float_pence": each.float_.pence,
        "sessions_to_sign": each.to_sign,
        "session": None
        if shown is None
        else {
            "number": shown.number,
            "state": shown.state,
            "takes_payments": shown.may_take,
            "held_by": shown.holder,
            "handed_to": shown.handed_to or None,
            "business_on": shown.business_on,
            "opened_at": shown.opened_at,
            "float_pence": shown.float_.pence,
            "receipts": shown.receipts,
            "cash_pence": None if shown.cash is None else shown.cash.pence,
            "other_pence": sum((amount for amount in shown.others.values()), Money(0)).pence,
        },
    }
