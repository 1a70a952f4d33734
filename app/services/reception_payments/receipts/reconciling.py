"""What `rentbook check` asks of receipts: numbered without gaps within their desk, and their parts add up to them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import Money, MoneyReceiptState
from app.services.core.context import Context
from app.services.ledger.plugged import register as plug_in
from app.services.reception_payments.receipts import rules


def register() -> None:
    """Plug the check in."""
    plug_in("receipts", check)


def check(ctx: Context) -> Iterator[str]:
    """Every fault as a sentence."""
    yield from _numbers(ctx)
    yield from _parts(ctx)
    yield from _undone(ctx)


def _numbers(ctx: Context) -> Iterator[str]:
    read = (
        select(PaymentDesk.name, func.count(), func.min(Receipt.number), func.max(Receipt.number))
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .group_by(PaymentDesk.name)
        .order_by(PaymentDesk.name)
    )
    for name, count, first, last in ctx.session.execute(read):
        if (first, last) != (1, count):
            yield f"{name} has {count:,} receipts, numbered {first:,} to {last:,}: a number is missing."


def _parts(ctx: Context) -> Iterator[str]:
    parts = func.coalesce(func.sum(ReceiptShare.pence), 0)
    read = (
        select(PaymentDesk.prefix, Receipt.number, Receipt.pence, parts)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .outerjoin(ReceiptShare, ReceiptShare.receipt_id == Receipt.id)
        .group_by(PaymentDesk.prefix, Receipt.number, Receipt.pence)
        .having(parts != Receipt.pence)
        .order_by(PaymentDesk.prefix, Receipt.number)
    )
    for prefix, number, pence, found in ctx.session.execute(read):
        written = rules.numbered(prefix, number)
        yield f"Receipt {written} is of {Money(pence)}, and its parts come to {Money(int(found))}."


def _undone(ctx: Context) -> Iterator[str]:
    back = (MoneyReceiptState.VOID, MoneyReceiptState.RETURNED)
    read = (
        select(PaymentDesk.prefix, Receipt.number)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .where(Receipt.state.in_(back), Receipt.undone_journal.is_(None))
        .order_by(PaymentDesk.prefix, Receipt.number)
    )
    for prefix, number in ctx.session.execute(read):
        yield f"Receipt {rules.numbered(prefix, number)} is taken back without a journal."
