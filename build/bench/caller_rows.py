"""The row about callers: found by what they say, and their accounts shown with what they owe."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import dataset
from measuring import Figure, Row, say, slowest_of
from sqlalchemy import select

from app import registered
from app.models.accounts import Account
from app.models.values import AccountKind
from app.services.core.context import Context
from app.services.reception_payments.callers import queries
from app.services.reception_payments.callers.dto import Way

_CALLERS = 60
_FAR = 900
"""Accounts so far apart that no two share a page of the file."""


def caller(_folder: Path) -> Figure:
    """Somebody among 60,000 accounts found by their reference and name, and then all that they pay."""
    registered.register()
    with dataset.desk_at(dataset.ledger()) as desk:
        said = desk.ask(_said)

        def serve(text: str, account_id: int) -> None:
            desk.ask(queries.find, text)
            desk.ask(queries.caller, account_id, Way.TELEPHONE)

        serve(*said[0])
        say(f"    {len(said)} callers")
        gc.freeze()  # as the window does once its pages are shown
        return slowest_of([partial(serve, text, account_id) for text, account_id in said])


def _said(ctx: Context) -> list[tuple[str, int]]:
    """What callers say: every other one their reference, the others their name."""
    rows = (
        select(Account.id, Account.payment_reference, Account.name)
        .where(Account.kind == AccountKind.RENT, Account.id % _FAR == 0)
        .order_by(Account.id)
        .limit(_CALLERS)
    )
    found = ctx.session.execute(rows).all()
    return [(row.payment_reference if at % 2 else row.name, row.id) for at, row in enumerate(found)]


ROWS = (Row("caller", "a caller found and their accounts shown, over 60,000 accounts, p95", "ms", 100, caller),)
