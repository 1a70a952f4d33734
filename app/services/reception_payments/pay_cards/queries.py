"""Pay point cards as lists and accounts show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, Select, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.pay_cards import PayCard, PayCardFile
from app.models.values import PayCardState
from app.services.core import access
from app.services.core.context import Context
from app.services.reception_payments.pay_cards.dto import PayCardRow


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


def files(ctx: Context) -> tuple[PayCardFile, ...]:
    """The files that were made for the supplier, the newest first."""
    return tuple(ctx.session.scalars(select(PayCardFile).order_by(PayCardFile.number.desc())))


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
