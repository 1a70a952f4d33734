"""What `rentbook check` proves of the bank: its account is what statements say, and a channel's account is what is in transit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.reception_payments.bank import BankLine, BankStatement, CouncilBank
from app.models.values import BankLineState, Money
from app.services.core.context import Context
from app.services.ledger import plugged
from app.services.reception_payments.bank import accounts


def register() -> None:
    """Plug it into `rentbook check`."""
    plugged.register("bank accounts", faults)


def faults(ctx: Context) -> Iterator[str]:
    """Every bank account whose ledger isn't its matched lines, or whose lines aren't its statements, as sentences."""
    matched = (
        select(func.coalesce(func.sum(BankLine.pence), 0))
        .where(BankLine.bank_id == CouncilBank.id, BankLine.state == BankLineState.MATCHED)
        .scalar_subquery()
    )
    rows = select(CouncilBank, Account.balance_pence, matched).join(Account, Account.id == CouncilBank.account_id)
    for bank, balance, pence in ctx.session.execute(rows.order_by(CouncilBank.id)):
        if balance != pence:
            yield (
                f"The control account of {bank.name} stands at {Money(balance)}, and the lines that are matched come to "
                f"{Money(int(pence))}."
            )
        yield from _lines(ctx, bank)


def _lines(ctx: Context, bank: CouncilBank) -> Iterator[str]:
    """Where no statement is missing, the lines lead from the opening balance to what the last one closed with."""
    gaps = select(BankStatement.id).where(BankStatement.bank_id == bank.id, BankStatement.gap_why != "")
    if ctx.session.scalars(gaps).first() is not None:
        return
    moved = ctx.session.scalar(select(func.coalesce(func.sum(BankLine.pence), 0)).where(BankLine.bank_id == bank.id))
    closing, _ = accounts.closed_with(ctx, bank)
    if bank.opening_pence + int(moved or 0) != closing:
        yield (
            f"The lines of {bank.name} come to {Money(bank.opening_pence + int(moved or 0))}, and its last statement closed with "
            f"{Money(closing)}."
        )
