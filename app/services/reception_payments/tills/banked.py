"""Bankings that wait for the bank, for whoever matches its statement; it asks no permission of its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Banking
from app.models.values import BankingState, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.reception_payments.tills.dto import Deposit


def awaiting(ctx: Context) -> tuple[Deposit, ...]:
    """The bankings that are sealed and on no statement yet, the oldest first."""
    rows = (
        select(Banking, PaymentDesk.name)
        .join(PaymentDesk, PaymentDesk.id == Banking.desk_id)
        .where(Banking.state == BankingState.SEALED)
        .order_by(Banking.number)
    )
    return tuple(
        Deposit(
            banking.id,
            banking.number,
            banking.bag,
            desk,
            (banking.sealed_at or banking.made_at).astimezone().date(),
            Money(banking.cash_pence),
            Money(banking.cheque_pence),
        )
        for banking, desk in ctx.session.execute(rows)
    )


def mark(ctx: Context, banking_id: int, on: date, pence: int) -> int:
    """Say that the bank has it, and what it counted; returns what that is more (less) than was paid in, in pence.

    Raises:
        UserError: it isn't sealed, or was found already.
    """
    banking = record(ctx, Banking, banking_id, "banking")
    if banking.state is not BankingState.SEALED:
        raise UserError(f"Banking {banking.number} isn't on its way to the bank.", "Look at it again.")
    banking.state, banking.banked_on, banking.banked_pence = BankingState.BANKED, on, pence
    ctx.session.flush()
    return pence - banking.cash_pence - banking.cheque_pence


def unmark(ctx: Context, banking_id: int) -> None:
    """Take that back: the line of the statement was matched wrongly."""
    banking = record(ctx, Banking, banking_id, "banking")
    banking.state, banking.banked_on, banking.banked_pence = BankingState.SEALED, None, None
    ctx.session.flush()
