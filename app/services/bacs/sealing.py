"""Bank details sealed for their row, opened again, and their keyed hash."""

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
    text = f"{account.sort_code}|{account.account_number}|{account.roll_number.replace(' ', '')}"
    return keys.keyed_hash(ctx, text, _HASH)


def seal(ctx: Context, detail_id: int, account: Destination) -> None:
    """Keep an account in a row that was just made and has its number; what is sealed opens as no other row's."""
    packed = json.dumps([account.sort_code, account.account_number, account.roll_number])
    sealed = keys.current(ctx).seal(packed.encode(), _about(detail_id))
    ctx.session.execute(update(_ROWS).where(_ROWS.c.id == detail_id).values(sealed=sealed))


def opener(session: Session) -> Callable[[int, bytes | None], Destination]:
    """What opens the accounts of many rows, by their numbers and what is sealed in them; each key is looked up once.

    It raises UserError where the key isn't at this desk, or what was sealed is gone or has been altered.
    """
    held: dict[str, keys.Key] = {}

    def unseal(detail_id: int, sealed: bytes | None) -> Destination:
        if sealed is None:
            raise UserError("These bank details hold no numbers any more.", "Ask the payee for them again.")
        name = keys.key_named(sealed)
        if name not in held:
            held[name] = keys.held(session, name)
        sort_code, account_number, roll_number = json.loads(held[name].unseal(sealed, _about(detail_id)))
        return Destination(sort_code, account_number, roll_number)

    return unseal


def opened(session: Session, detail_id: int) -> Destination:
    """The account of one row.

    Raises:
        UserError: as `opener` says.
    """
    sealed = session.scalar(select(BankDetail.sealed).where(BankDetail.id == detail_id))
    return opener(session)(detail_id, sealed)


def _about(detail_id: int) -> str:
    return f"bank_detail:{detail_id}"
