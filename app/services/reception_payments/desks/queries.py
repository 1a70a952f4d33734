"""The desks and the other income."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.services.core.context import Context
from app.services.reception_payments.desks.dto import DeskRow, StreamRow


def desks(ctx: Context) -> tuple[DeskRow, ...]:
    """Every desk by name, those out of use too."""
    given = select(Receipt.desk_id, func.count().label("count")).group_by(Receipt.desk_id).subquery()
    read = (
        select(PaymentDesk, func.coalesce(given.c.count, 0))
        .outerjoin(given, given.c.desk_id == PaymentDesk.id)
        .order_by(PaymentDesk.name)
    )
    return tuple(_desk(row, count) for row, count in ctx.session.execute(read))


def streams(ctx: Context) -> tuple[StreamRow, ...]:
    """Every income by name, those out of use too."""
    read = select(IncomeStream, Account).join(Account, Account.id == IncomeStream.account_id)
    return tuple(
        StreamRow(
            row.id, row.name, account.fund, account.ledger_code or "", row.reference_note, row.active, row.version
        )
        for row, account in ctx.session.execute(read.order_by(IncomeStream.name))
    )


def _desk(row: PaymentDesk, receipts: int) -> DeskRow:
    return DeskRow(
        row.id,
        row.name,
        row.prefix,
        row.address,
        row.takes_cash,
        row.takes_cheques,
        row.takes_terminal,
        row.takes_telephone,
        row.active,
        row.version,
        receipts,
    )
