"""The closing statement: made by the statements above, which plug in here, and sent with a letter of our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from app.models.accounts import Account
from app.models.endings import Ending
from app.models.values import EndReason, Money
from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter

Maker = Callable[[Context, int, date, date, int | None], int | None]
"""Keeps the closing statement with an account, from a day to a day (both included), behind the line of its letter if there
is one; returns its own line in the register of what goes out."""

TEMPLATE: Final = "closing_statement"
SLOT: Final = "closing"
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Plug in what makes statements; the last one counts."""
    _makers[:] = [maker]


def keep_statement(ctx: Context, account_id: int, from_on: date, to_on: date, letter: int | None) -> list[int]:
    """Keep the closing statement with an account, where something makes statements; its line in the register, if it goes out."""
    plugs.fill(SLOT)
    lines = [make(ctx, account_id, from_on, to_on, letter) for make in _makers]
    return [line for line in lines if line is not None]


def write_letter(ctx: Context, ending: Ending, former: Account, old_reference: str) -> tuple[int | None, str]:
    """Queue the closing letter: its number, or why it can't be written.

    It goes to whoever deals with the estate after a death, else to the tenants, at the forwarding address.
    """
    estate = ending.reason is EndReason.DEATH and ending.contact_name
    new = NewLetter(
        TEMPLATE,
        former.id,
        answers={
            "last_day": long_date(ending.ends_on),
            "rent_reference": old_reference,
            "what_is_left": _left(Money(former.balance_pence)),
        },
        idempotency_key=f"closing:{ending.id}:{ending.version}",
        addressee=ending.contact_name if estate else "",
        address=tuple(ending.forwarding_address.splitlines()) if estate else (),
    )
    try:
        return queue_letter(ctx, new), ""
    except UserError as refused:
        return None, str(refused)


def _left(balance: Money) -> str:
    if balance.pence > 0:
        return f"{balance} is still owed"
    return f"{abs(balance)} is in credit" if balance.pence else "nothing is owed, and nothing is in credit"
