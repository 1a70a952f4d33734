"""Keeping the desks and the other income. None is deleted: what isn't used any more goes out of use."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import AccountKind
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.reception_payments.desks.dto import DeskRow, StreamRow

_CHANGES: Final = Changes(frozenset({"reception_payments"}))
_NAME, _PREFIX, _ADDRESS, _NOTE, _CODE = 60, 6, 200, 120, 40


@requires(Permission.KEEP_RECEPTION)
def keep_desk(ctx: Context, asked: DeskRow) -> Changes:
    """Keep a desk, or make a new one.

    Raises:
        UserError: it has no name or no letters, another has them, its letters change after it gave a receipt, it takes
            nothing, or there is no such desk.
        ChangedMeanwhile: somebody else saved it in between.
    """
    name = _text(ctx, asked.name, "name", _NAME, needed="Give the desk a name.")
    address = _text(ctx, asked.address, "address", _ADDRESS)
    _refuse_taken(ctx, PaymentDesk, name, asked.desk_id, "desk")
    row = _desk(ctx, asked)
    prefix = _prefix(ctx, asked, row)
    if asked.active and not (asked.cash or asked.cheques or asked.terminal or asked.telephone):
        raise UserError("A desk in use takes something.", "Tick what it takes, or take it out of use.", "cash")
    row.name, row.prefix, row.address, row.active = name, prefix, address, asked.active
    row.takes_cash, row.takes_cheques = asked.cash, asked.cheques
    row.takes_terminal, row.takes_telephone = asked.terminal, asked.telephone
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGES


@requires(Permission.KEEP_RECEPTION)
def keep_stream(ctx: Context, asked: StreamRow) -> Changes:
    """Keep an income besides rent, or make a new one with the control account that it is posted to.

    Raises:
        UserError: it has no name or no ledger code, another has that name, its fund changes, or there is no such income.
        ChangedMeanwhile: somebody else saved it in between.
    """
    name = _text(ctx, asked.name, "name", _NAME, needed="Give the income a name.")
    code = _text(ctx, asked.ledger_code, "ledger_code", _CODE, needed="Give the ledger code that it goes to.")
    note = _text(ctx, asked.reference_note, "reference_note", _NOTE)
    _refuse_taken(ctx, IncomeStream, name, asked.stream_id, "income")
    row = _stream(ctx, asked)
    account = ctx.session.get_one(Account, row.account_id)
    if account.fund is not asked.fund:
        raise UserError(
            "The fund of an income stays as it is.", "Make a new one, and take this one out of use.", "fund"
        )
    account.name, account.ledger_code = name, code
    row.name, row.reference_note, row.active = name, note, asked.active
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGES


def _desk(ctx: Context, asked: DeskRow) -> PaymentDesk:
    if not asked.desk_id:
        return PaymentDesk()
    row = ctx.session.get(PaymentDesk, asked.desk_id)
    if row is None:
        raise UserError("There is no such desk any more.", "Look at the list again.")
    refuse_old(row.version, asked.version)
    return row


def _prefix(ctx: Context, asked: DeskRow, row: PaymentDesk) -> str:
    """The letters before its numbers: its own alone, and as they are once a receipt carries them."""
    prefix = asked.prefix.strip().upper()
    if not (prefix.isascii() and prefix.isalpha() and len(prefix) <= _PREFIX):
        raise UserError(
            f"The numbers of its receipts begin with 1 to {_PREFIX} letters.", "Give some, such as HAT.", "prefix"
        )
    taken = select(PaymentDesk.name).where(PaymentDesk.prefix == prefix, PaymentDesk.id != asked.desk_id)
    if other := ctx.session.scalar(taken):
        raise UserError(f"{prefix} are the letters of {other}.", "Give others.", "prefix")
    if asked.desk_id and prefix != row.prefix:
        given = select(func.count()).select_from(Receipt).where(Receipt.desk_id == row.id)
        if ctx.session.scalar(given):
            raise UserError(f"Receipts carry {row.prefix} already, so it stays.", "Make a new desk instead.", "prefix")
    return prefix


def _stream(ctx: Context, asked: StreamRow) -> IncomeStream:
    if asked.stream_id:
        row = ctx.session.get(IncomeStream, asked.stream_id)
        if row is None:
            raise UserError("There is no such income any more.", "Look at the list again.")
        refuse_old(row.version, asked.version)
        return row
    account = Account(
        kind=AccountKind.CONTROL,
        fund=asked.fund,
        name=asked.name.strip(),
        ledger_code=asked.ledger_code.strip(),
        opened_on=ctx.clock.today(),
    )
    ctx.session.add(account)
    ctx.session.flush()
    account.control_key = f"stream:{account.id}"
    return IncomeStream(account_id=account.id)


def _refuse_taken(ctx: Context, kind: Any, name: str, own_id: int, what: str) -> None:
    taken = select(kind.id).where(func.lower(kind.name) == name.lower(), kind.id != own_id)
    if ctx.session.scalar(taken) is not None:
        article = "an" if what == "income" else "a"
        raise UserError(f"There is {article} {what} called {name}.", "Give another name.", "name")


def _text(ctx: Context, text: str, field: str, most: int, needed: str = "") -> str:
    kept = text.strip()
    if needed and not kept:
        raise UserError(needed, field=field)
    if len(kept) > most:
        raise UserError(f"That is longer than {most} characters.", "Shorten it.", field)
    refuse_card_number(ctx, kept, field.replace("_", " "), field)
    return kept
