"""The paper of a receipt: what it says, drawn anew each time from what was kept; a second one says that it is a copy."""

from __future__ import annotations

from collections.abc import Iterator

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import Money, MoneyReceiptState, TakenBy
from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.exports.receipt import PrintedReceipt, ReceiptPaper, receipt_pdf
from app.services.reception_payments.receipts import listing, rules
from app.services.reception_payments.receipts.dto.shown import ShareRow
from app.services.rent.rules import KIND_WORDS

_FOOT = "Please keep this receipt. Ask at this desk if anything on it is wrong."


def draw(ctx: Context, receipt: Receipt, paper: ReceiptPaper) -> bytes:
    """The paper as it is now: void where it was taken back, a copy where it was printed before."""
    return receipt_pdf(printed(ctx, receipt), paper)


def printed(ctx: Context, receipt: Receipt) -> PrintedReceipt:
    """What the paper says. It is handed to whoever pays: no balance, and no name but theirs."""
    desk = ctx.session.get_one(PaymentDesk, receipt.desk_id)
    office = landlord(ctx)
    return PrintedReceipt(
        office.name or "Your council",
        tuple(line.strip() for line in desk.address.splitlines() if line.strip()) or tuple(office.address),
        rules.numbered(desk.prefix, receipt.number),
        _mark(receipt),
        tuple(_facts(ctx, receipt, desk)),
        lines(ctx, receipt),
        str(Money(receipt.pence)),
        _FOOT,
    )


def lines(ctx: Context, receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """What was paid, and how much of it, each: the account by its reference, other income by its name."""
    return tuple((_what(share), str(share.amount)) for share in listing.shares_of(ctx, [receipt.id])[receipt.id])


def _what(share: ShareRow) -> str:
    if share.account_id is None:
        return f"{share.name} {share.words}".strip()
    return f"{KIND_WORDS[share.kind]} {share.reference}"


def _mark(receipt: Receipt) -> str:
    if receipt.state is MoneyReceiptState.VOID:
        return "VOID"
    return "COPY" if receipt.printed else ""


def _facts(ctx: Context, receipt: Receipt, desk: PaymentDesk) -> Iterator[tuple[str, str]]:
    at = receipt.recorded_at.astimezone()
    same = at.date() == receipt.taken_on
    yield "Date", f"{rules.spelt(receipt.taken_on)}{f' at {at:%H:%M}' if same else ''}"
    yield "Desk", desk.name
    yield "Taken by", ctx.session.get_one(Officer, receipt.officer_id).name
    if receipt.payer_name:
        yield "Paid by", receipt.payer_name
    yield "How", rules.METHODS[receipt.taken_by]
    if receipt.cheque_number:
        yield "Number", receipt.cheque_number
    if receipt.taken_by is TakenBy.TERMINAL:
        yield "Slip", receipt.slip
    if receipt.tendered_pence is not None:
        yield "Handed over", str(Money(receipt.tendered_pence))
        yield "Change", str(Money(rules.change_of(receipt.pence, receipt.tendered_pence)))
