"""Pay point cards as lists and accounts show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Row, Select, case, func, or_, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.pay_cards import PayCard, PayCardFile
from app.models.values import AccountKind, PayCardReason, PayCardState
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.folding import like_pattern
from app.services.reception_payments.pay_cards import ordering
from app.services.reception_payments.pay_cards.dto import CardFileRow, CardFilter, OrderForm, PayCardRow

MOST: Final = 500
"""So many are listed at once; the others are found by their words."""


def of_account(ctx: Context, account_id: int) -> tuple[PayCardRow, ...]:
    """The cards of an account, the newest first.

    Raises:
        UserError: the account is one that the officer may not open.
    """
    access.open_account(ctx, account_id)
    return _rows(ctx, _cards().where(PayCard.account_id == account_id).order_by(PayCard.id.desc()))


def listed(ctx: Context, states: Sequence[PayCardState] = ()) -> tuple[PayCardRow, ...]:
    """Every card in some states (none: in any), the newest first."""
    found = _cards().order_by(PayCard.id.desc())
    return _rows(ctx, found.where(PayCard.state.in_(states)) if states else found)


def found(ctx: Context, wanted: CardFilter) -> tuple[PayCardRow, ...]:
    """The cards that a filter asks for, the newest first, at most `MOST`.

    What is typed finds no card of a restricted account: that it has one would be told.
    """
    asked = _cards().order_by(PayCard.id.desc()).limit(MOST)
    if wanted.state is not None:
        asked = asked.where(PayCard.state == wanted.state)
    for word in wanted.words.split():
        pattern = like_pattern(word)
        texts = (PayCard.reference, Account.payment_reference, Account.name)
        asked = asked.where(or_(*(func.lower(text).like(pattern.lower(), escape="/") for text in texts)))
    rows = _rows(ctx, asked)
    return tuple(row for row in rows if not row.shut) if wanted.words else rows


def some(ctx: Context, card_ids: Sequence[int]) -> tuple[PayCardRow, ...]:
    """A few cards by their ids, as the finder shows them; those of restricted accounts are left out."""
    rows = _rows(ctx, _cards().where(PayCard.id.in_(list(card_ids))))
    by_id = {row.card_id: row for row in rows if not row.shut}
    return tuple(by_id[each] for each in card_ids if each in by_id)


def counts(ctx: Context) -> Mapping[PayCardState, int]:
    """How many cards are in each state."""
    rows = select(PayCard.state, func.count()).group_by(PayCard.state)
    known: dict[PayCardState, int] = dict(ctx.session.execute(rows).all())
    return {state: known.get(state, 0) for state in PayCardState}


def order_form(ctx: Context, account_id: int) -> OrderForm:
    """What the sheet that orders a card shows of an account.

    Raises:
        UserError: there is no such account, or the officer may not open it.
    """
    cards = of_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None or account.kind is AccountKind.CONTROL:
        raise UserError("There is no such account.", "Find it again.")
    has = any(card.state is PayCardState.ISSUED for card in cards)
    reasons = tuple(each for each in PayCardReason if (each is PayCardReason.FIRST) is not has)
    why = ordering.why_not(ctx, account, reasons[0])
    return OrderForm(account_id, account.payment_reference or "", account.name, cards, why, reasons)


def files(ctx: Context) -> tuple[CardFileRow, ...]:
    """The files that were made for the supplier, the newest first."""
    waits = func.sum(case((PayCard.state == PayCardState.IN_FILE, 1), else_=0))
    waiting = select(PayCard.file_id, waits.label("waiting")).group_by(PayCard.file_id).subquery()
    rows = (
        select(PayCardFile, Officer.name, waiting.c.waiting)
        .join(Officer, Officer.id == PayCardFile.made_by)
        .outerjoin(waiting, waiting.c.file_id == PayCardFile.id)
        .order_by(PayCardFile.number.desc())
        .limit(MOST)
    )
    return tuple(
        CardFileRow(file.id, file.number, file.count, waits or 0, name, file.made_at)
        for file, name, waits in ctx.session.execute(rows)
    )


def _cards() -> Select[PayCard, Account, Officer, int | None]:
    return (
        select(PayCard, Account, Officer, PayCardFile.number.label("file_number"))
        .join(Account, Account.id == PayCard.account_id)
        .join(Officer, Officer.id == PayCard.ordered_by)
        .outerjoin(PayCardFile, PayCardFile.id == PayCard.file_id)
    )


def _rows(ctx: Context, found: Select[PayCard, Account, Officer, int | None]) -> tuple[PayCardRow, ...]:
    closed = access.closed_accounts(ctx)
    return tuple(_made(row, closed) for row in ctx.session.execute(found))


def _made(row: Row[PayCard, Account, Officer, int | None], closed: frozenset[int]) -> PayCardRow:
    card, account, officer, number = row
    shut = account.id in closed
    return PayCardRow(
        card_id=card.id,
        reference="" if shut else card.reference,
        account_id=account.id,
        account_reference="" if shut else account.payment_reference or "",
        account_name="Restricted" if shut else account.name,
        state=card.state,
        reason=card.reason,
        ordered_at=card.ordered_at,
        ordered_by=officer.name,
        file_number=number,
        answered_on=card.answered_on,
        ended_on=card.ended_on,
        words="" if shut else card.refused_words or card.ended_why,
        shut=shut,
    )
