"""What the sheets begin with that take payments: desks in use, other income, and what came in the post."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select, true

from app.models.accounts import Account
from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import Money, MoneyReceiptState, TakenBy, ValuableKind
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.receipts.dto.forms import DeskFace, StreamFace, TakeForm, ValuableFace
from app.services.rent.queries import account_rows

_TAKEN_BY: Final = {
    ValuableKind.CHEQUE: TakenBy.CHEQUE,
    ValuableKind.POSTAL_ORDER: TakenBy.POSTAL_ORDER,
    ValuableKind.CASH: TakenBy.CASH,
}
_MOST: Final = 500


def take_form(
    ctx: Context, account_id: int | None = None, valuable_id: int | None = None, item_id: int | None = None
) -> TakeForm:
    """What the sheet that takes a payment begins with: an account, what came in the post, or an item of the post.

    Raises:
        UserError: the office has no desk in use, or what came in the post is in a receipt already.
    """
    desks = _desks(ctx)
    if not desks:
        raise UserError(
            "No desk takes payments yet.", "Somebody who sets up reception makes one: section Desks, Ctrl+N."
        )
    valuable = _valuable(ctx, valuable_id) if valuable_id is not None else None
    if item_id is not None:
        valuable = next(iter(of_item(ctx, item_id)), None)
        account_id = ctx.session.scalar(select(PostItem.account_id).where(PostItem.id == item_id))
    begun = account_id if account_id is not None else valuable.account_id if valuable else None
    rows = account_rows(ctx, [begun]) if begun is not None else ()
    today = ctx.clock.today()
    pay_cards = (ctx.policy.value("pay_cards.prefix", today), ctx.policy.number("pay_cards.length", today))
    return TakeForm(today, desks, _streams(ctx), rows[0] if rows else None, valuable, pay_cards)


def valuables(ctx: Context) -> tuple[ValuableFace, ...]:
    """The money of the post's register that is neither paid in nor given back nor in a receipt, the oldest first."""
    shut = access.closed_accounts(ctx)
    rows = ctx.session.execute(_open().order_by(PostValuable.id).limit(_MOST))
    return tuple(_face(row) for row in rows if row.account_id not in shut)


def of_item(ctx: Context, item_id: int) -> tuple[ValuableFace, ...]:
    """The same of one item of the post."""
    return tuple(_face(row) for row in ctx.session.execute(_open().where(PostValuable.item_id == item_id)))


def _desks(ctx: Context) -> tuple[DeskFace, ...]:
    rows = ctx.session.scalars(select(PaymentDesk).where(PaymentDesk.active == true()).order_by(PaymentDesk.name))
    return tuple(
        DeskFace(row.id, row.name, tuple(each for each in TakenBy if getattr(row, rules.FLAGS[each]))) for row in rows
    )


def _streams(ctx: Context) -> tuple[StreamFace, ...]:
    rows = ctx.session.scalars(select(IncomeStream).where(IncomeStream.active == true()).order_by(IncomeStream.name))
    return tuple(StreamFace(row.id, row.name, row.reference_note) for row in rows)


def _valuable(ctx: Context, valuable_id: int) -> ValuableFace:
    row = ctx.session.execute(_open().where(PostValuable.id == valuable_id)).one_or_none()
    if row is None:
        raise UserError("This is paid in, given back or in a receipt already.", "Look at the register of the post.")
    return _face(row)


def _open() -> Any:
    taken = select(Receipt.id).where(Receipt.valuable_id == PostValuable.id, Receipt.state != MoneyReceiptState.VOID)
    return (
        select(
            PostValuable.id,
            PostValuable.receipt,
            PostValuable.kind,
            PostValuable.pence,
            PostValuable.details,
            PostItem.sender,
            PostItem.received_on,
            PostItem.account_id,
            Account.payment_reference,
        )
        .join(PostItem, PostItem.id == PostValuable.item_id)
        .outerjoin(Account, Account.id == PostItem.account_id)
        .where(
            PostValuable.kind.in_(sorted(_TAKEN_BY)),
            PostValuable.paid_in == "",
            PostValuable.pence > 0,
            ~taken.exists(),
        )
    )


def _face(row: Any) -> ValuableFace:
    return ValuableFace(
        row.id,
        f"R{row.receipt:06}",
        row.sender,
        _TAKEN_BY[row.kind],
        Money(row.pence),
        row.details,
        row.received_on,
        row.account_id,
        row.payment_reference or "",
    )
