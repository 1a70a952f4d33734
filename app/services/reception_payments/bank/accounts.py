"""The council's bank accounts as an office keeps them."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.bank import BankLine, BankStatement, CouncilBank
from app.models.values import AccountKind, BankLineState, Money
from app.services.core import keys
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.reception_payments.bank.kept import AREAS, BankAdded, BankChange, NewBank

_ABOUT: Final = "council_bank"
_MOST_NAME: Final = 60
_DIGITS: Final = 14
"""A sort code with an account number: the end of a British IBAN too (ISO 13616)."""


@requires(Permission.KEEP_RECEPTION)
def add(ctx: Context, new: NewBank) -> BankAdded:
    """Set up a bank account of the council, with a control account of its own.

    Raises:
        UserError: it has no name or one that another has, its number isn't one, it is there already, or the key isn't at this
            desk.
    """
    name = _named(ctx, new.name, 0)
    account = "".join(new.account.split()).upper()
    digits = digits_of(account)
    if len(digits) < 8:
        raise UserError("Give the account as its statements name it: sort code and number, or IBAN.", field="account")
    mark = keys.keyed_hash(ctx, digits, _ABOUT)
    if ctx.session.scalars(select(CouncilBank.id).where(CouncilBank.mark == mark)).first() is not None:
        raise UserError("This bank account is there already.", field="account")
    control = Account(
        kind=AccountKind.CONTROL,
        fund=new.fund,
        name=name,
        ledger_code=f"{new.fund.value}:bank".upper(),
        opened_on=new.starts_on,
    )
    ctx.session.add(control)
    ctx.session.flush()
    bank = CouncilBank(
        name=name,
        account_id=control.id,
        sealed=b"",
        tail=digits[-2:],
        mark=mark,
        starts_on=new.starts_on,
        opening_pence=new.opening.pence,
    )
    ctx.session.add(bank)
    ctx.session.flush()
    control.control_key = f"bank:{bank.id}"
    control.ledger_code = f"{new.fund.value}:bank:{bank.id}".upper()
    bank.sealed = keys.current(ctx).seal(account.encode(), _about(bank.id))
    ctx.session.flush()
    return BankAdded(bank.id, Changes(AREAS))


@requires(Permission.KEEP_RECEPTION)
def change(ctx: Context, wanted: BankChange) -> Changes:
    """Name a bank account otherwise, or say whether statements of it are still loaded.

    Raises:
        UserError: there is no such account, it has no name or one that another has, or it is to be used no more while lines
            of it are open: no board would show them.
    """
    bank = record(ctx, CouncilBank, wanted.bank_id, "bank account")
    open_lines = select(BankLine.id).where(BankLine.bank_id == bank.id, BankLine.state == BankLineState.OPEN)
    if bank.active and not wanted.active and ctx.session.scalars(open_lines.limit(1)).first() is not None:
        raise UserError(f"{bank.name} has lines that nobody has matched.", "Match them first.", "active")
    bank.name = _named(ctx, wanted.name, bank.id)
    bank.active = wanted.active
    ctx.session.get_one(Account, bank.account_id).name = bank.name
    ctx.session.flush()
    return Changes(AREAS)


def digits_of(account: str) -> str:
    """What tells an account: its last fourteen digits, or all that there are."""
    return re.sub(r"\D", "", account)[-_DIGITS:]


def find(ctx: Context, account: str) -> CouncilBank | None:
    """The bank account that a statement names, if it is one of the council's."""
    digits = digits_of(account)
    if not digits:
        return None
    mark = keys.keyed_hash(ctx, digits, _ABOUT)
    return ctx.session.scalars(select(CouncilBank).where(CouncilBank.mark == mark)).one_or_none()


def closed_with(ctx: Context, bank: CouncilBank) -> tuple[int, BankStatement | None]:
    """What a bank account's last statement closed with, in pence, and that statement; its opening balance before the first."""
    newest = (
        select(BankStatement)
        .where(BankStatement.bank_id == bank.id)
        .order_by(BankStatement.to_on.desc(), BankStatement.id.desc())
    )
    last = ctx.session.scalars(newest).first()
    return (bank.opening_pence, None) if last is None else (last.closing_pence, last)


def shown(balance: int) -> str:
    """A balance as a sentence names it."""
    return str(Money(balance))


def _about(bank_id: int) -> str:
    return f"{_ABOUT}:{bank_id}"


def _named(ctx: Context, text: str, bank_id: int) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _MOST_NAME:
        raise UserError(f"Give the bank account a name of at most {_MOST_NAME} characters.", field="name")
    refuse_card_number(ctx, name, "name", "name")
    same = select(CouncilBank.id).where(CouncilBank.name == name, CouncilBank.id != bank_id)
    if ctx.session.scalars(same).first() is not None:
        raise UserError(f"Another bank account is called {name}.", field="name")
    return name
