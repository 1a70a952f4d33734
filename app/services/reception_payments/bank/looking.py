"""What loading a file of the bank would do, told before it is loaded."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from app.models.reception_payments.bank import BankStatement, CouncilBank
from app.services.core.context import Context
from app.services.imports.fingerprints import file_sha256
from app.services.reception_payments.bank import accounts, loading
from app.services.reception_payments.bank.dto import AccountStatement, StatementFile
from app.services.reception_payments.bank.shown import StatementLook


def look(ctx: Context, path: Path, file: StatementFile, bank_id: int | None = None) -> tuple[StatementLook, ...]:
    """What each statement of a file says, whether it follows the one before it, and what of it is new."""
    sha256 = file_sha256(path)
    return tuple(_look(ctx, each, sha256, bank_id) for each in file.statements)


def _look(ctx: Context, statement: AccountStatement, sha256: str, bank_id: int | None) -> StatementLook:
    bank = accounts.find(ctx, statement.account)
    if bank is None and not statement.account and bank_id is not None:
        bank = ctx.session.get(CouncilBank, bank_id)
    tail = accounts.digits_of(statement.account)[-2:]
    wrong = _wrong(ctx, statement, bank, sha256)
    gap = loading.gap(ctx, bank, statement) if bank is not None and not wrong else ""
    new = 0
    if bank is not None and not wrong:
        after = not gap and loading.follows(ctx, bank, statement)
        new = len(loading.fresh(ctx, bank.id, statement.lines, follows=after))
    return StatementLook(
        bank.name if bank else "",
        tail,
        statement.from_on,
        statement.to_on,
        statement.opening,
        statement.closing,
        statement.moved,
        new,
        len(statement.lines) - new if not wrong else 0,
        gap,
        wrong,
        bool(statement.account),
    )


def _wrong(ctx: Context, statement: AccountStatement, bank: CouncilBank | None, sha256: str) -> str:
    if bank is None:
        tail = accounts.digits_of(statement.account)[-2:]
        return (
            f"The account ending {tail} isn't one of the council's that are set up: set it up under Bank accounts."
            if statement.account
            else "The file doesn't say whose statement it is: choose the bank account."
        )
    same = select(BankStatement.file_name).where(BankStatement.sha256 == sha256, BankStatement.bank_id == bank.id)
    before = ctx.session.scalars(same).first()
    if before is not None:
        return f"It was loaded before, as {before}: nothing is loaded twice."
    if not bank.active:
        return f"{bank.name} isn't used any more: set it up as used first."
    if statement.opening is None or statement.closing is None or statement.from_on is None or statement.to_on is None:
        return "It has no balances, or no lines: ask the bank for one with its opening and closing balance."
    return ""
