"""Bank details sealed for their row, opened again, and their keyed hash.

What is sealed is sealed about one row, such as `bank_detail:12` or `mandate_bank:7`, and opens about no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from app.models.bacs import BankDetail
from app.services.bacs.dto import Destination
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError

_HASH: Final = "bank details"
_ROWS: Final[Table] = BankDetail.metadata.tables["bank_detail"]


def fingerprint(ctx: Context, account: Destination) -> str:
    """The keyed hash of an account at a bank: the same for whoever has it."""
    return fingerprinter(ctx)(account)


def fingerprinter(ctx: Context) -> Callable[[Destination], str]:
    """`fingerprint` for many accounts: the key is looked up once.

    Raises:
        UserError: the key isn't at this desk.
    """
    hashed = keys.hasher(ctx, _HASH)
    return lambda each: hashed(f"{each.sort_code}|{each.account_number}|{each.roll_number.replace(' ', '')}")


def seal_account(ctx: Context, about: str, account: Destination) -> bytes:
    """An account sealed with the office's key for one row, `about`; it opens as no other row's.

    Raises:
        UserError: the key isn't at this desk.
    """
    return sealer(ctx)(about, account)


def sealer(ctx: Context) -> Callable[[str, Destination], bytes]:
    """`seal_account` for many rows: the key is looked up once.

    Raises:
        UserError: the key isn't at this desk.
    """
    key = keys.current(ctx)

    def sealed(about: str, account: Destination) -> bytes:
        packed = json.dumps([account.sort_code, account.account_number, account.roll_number])
        return key.seal(packed.encode(), about)

    return sealed


def seal(ctx: Context, detail_id: int, account: Destination) -> None:
    """Keep an account in a row of bank details that was just made and has its number."""
    sealed = seal_account(ctx, about(detail_id), account)
    ctx.session.execute(update(_ROWS).where(_ROWS.c.id == detail_id).values(sealed=sealed))


def opener(session: Session) -> Callable[[str, bytes | None], Destination]:
    """What opens the accounts of many rows, by what they are sealed about; each key is looked up once.

    It raises UserError where the key isn't at this desk, or what was sealed is gone or has been altered.
    """
    held: dict[str, keys.Key] = {}

    def unseal(about: str, sealed: bytes | None) -> Destination:
        if sealed is None:
            raise UserError("These bank details hold no numbers any more.", "Ask the payee for them again.")
        name = keys.key_named(sealed)
        if name not in held:
            held[name] = keys.held(session, name)
        sort_code, account_number, roll_number = json.loads(held[name].unseal(sealed, about))
        return Destination(sort_code, account_number, roll_number)

    return unseal


def open_account(ctx: Context, about: str, sealed: bytes | None) -> Destination:
    """The account that was sealed for one row. Whoever shows it to an officer audits it.

    Raises:
        UserError: as `opener` says.
    """
    return opener(ctx.session)(about, sealed)


def opened(session: Session, detail_id: int) -> Destination:
    """The account of one row.

    Raises:
        UserError: as `opener` says.
    """
    sealed = session.scalar(select(BankDetail.sealed).where(BankDetail.id == detail_id))
    return opener(session)(about(detail_id), sealed)


def about(detail_id: int) -> str:
    """What the account of a row of bank details is sealed about."""
    return f"bank_detail:{detail_id}"
