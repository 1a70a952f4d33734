"""Refunds to a card asked for and followed. Nothing here asks the provider: `jobs` does, between two of these."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.reception_payments.cards import CardPayment, CardRefund, CardRefundShare
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import CardProvider, CardRefundState, Money, MoneyReceiptState
from app.services.approvals import keeping as approvals
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.ledger import numbering
from app.services.reception_payments.cards import rules
from app.services.reception_payments.cards.dto.answers import RefundAnswer
from app.services.reception_payments.cards.dto.refunds import NewCardRefund, RefundMoved, ToSend
from app.services.reception_payments.cards.refunds import keeping, requests, telling
from app.services.reception_payments.cards.terminal import Terminal

_LONGEST: Final = 200
_LONGEST_SLIP: Final = 40
_OPEN: Final = (CardRefundState.SENDING, CardRefundState.SUBMITTED)


@requires(Permission.TAKE_PAYMENTS)
def ask(ctx: Context, new: NewCardRefund) -> RefundMoved:
    """Ask a second officer to give money of a receipt back to the card that paid it; the same key gives what it asked before.

    Raises:
        UserError: nothing of it can go back, more is asked than was paid, no reason is given, or the office has one officer.
    """
    before = ctx.session.scalars(select(CardRefund).where(CardRefund.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return keeping.moved(ctx, before)
    approvals.refuse_alone(ctx)
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    receipt = record(ctx, Receipt, new.receipt_id, "receipt")
    _refuse(ctx, receipt, new)
    payment = keeping.payment_of(ctx, receipt.id)
    row = CardRefund(
        entry_key=new.entry_key,
        receipt_id=receipt.id,
        card_payment_id=payment.id if payment is not None else None,
        state=CardRefundState.WAITING,
        pence=new.pence,
        why=new.why.strip(),
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    _add_shares(ctx, row, new)
    row.request_id = requests.ask(ctx, row)
    ctx.session.flush()
    return keeping.moved(ctx, row, f"{Money(row.pence)} back to the card waits for a second officer.")


@requires(Permission.TAKE_PAYMENTS)
def take_up(ctx: Context, refund_id: int, available_pence: int | None) -> ToSend | None:
    """A refund is about to be sent: noted before the provider hears of it, with what it says is left of the payment.

    None where there is nothing to be sent: another desk sends it, or it failed because too little is left.
    """
    row = keeping.found(ctx, refund_id)
    payment = _payment(ctx, row)
    if row.state is not CardRefundState.APPROVED or payment is None or not _at_provider(payment):
        return None
    if available_pence is None or available_pence < row.pence:
        left = Money(available_pence or 0)
        telling.fail(ctx, row, f"The provider can give back no more than {left} of this payment.")
        return None
    if ctx.session.get_one(Receipt, row.receipt_id).state is not MoneyReceiptState.TAKEN:
        telling.fail(ctx, row, "The receipt was taken back meanwhile.")
        return None
    row.state, row.available_pence = CardRefundState.SENDING, available_pence
    row.sent_at, row.sent_on = ctx.clock.now(), ctx.clock.today()
    row.next_look_at = ctx.clock.now()
    ctx.session.flush()
    return ToSend(row.id, payment.provider_id, row.pence, available_pence)


@requires(Permission.TAKE_PAYMENTS)
def note_answer(ctx: Context, refund_id: int, answer: RefundAnswer) -> RefundMoved:
    """Note how far a refund is at the provider: debited once it has it, credited again if it says later that it failed."""
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row = keeping.found(ctx, refund_id)
    if row.state not in _OPEN:
        return keeping.moved(ctx, row)
    _note(ctx, row, answer)
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_refused(ctx: Context, refund_id: int, words: str) -> RefundMoved:
    """The provider refused a refund: it did nothing, and nothing is posted."""
    row = keeping.found(ctx, refund_id)
    if row.state in {CardRefundState.APPROVED, CardRefundState.SENDING} and row.journal is None:
        telling.fail(ctx, row, words)
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_slower(ctx: Context, refund_id: int, words: str) -> RefundMoved:
    """The provider refused because it is asked too often: it did nothing, and is asked again at the next turn."""
    row = keeping.found(ctx, refund_id)
    if row.state is CardRefundState.SENDING:
        _to_send_again(ctx, row, words)
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_silence(ctx: Context, refund_id: int, words: str, *, never_came: bool) -> RefundMoved:
    """The provider didn't answer: what became of the refund is found out.

    `never_came`: it has as much left of the payment as before. That counts once the call can't be on its way still; then the
    refund is sent again.
    """
    row = keeping.found(ctx, refund_id)
    if never_came and row.state is CardRefundState.SENDING and rules.is_settled(row.sent_at, ctx.clock.now()):
        _to_send_again(ctx, row, words)
    elif row.state in _OPEN:
        row.words, row.next_look_at = words[:400], rules.next_look_after_silence(ctx.clock.now())
        ctx.session.flush()
    return keeping.moved(ctx, row)


def _to_send_again(ctx: Context, row: CardRefund, words: str) -> None:
    row.state, row.words = CardRefundState.APPROVED, words[:400]
    row.sent_at = row.sent_on = row.available_pence = None
    row.next_look_at = rules.next_look_after_silence(ctx.clock.now())
    ctx.session.flush()


@requires(Permission.TAKE_PAYMENTS)
def note_slip(ctx: Context, refund_id: int, slip: str) -> RefundMoved:
    """The terminal in the office gave the money back: its reference is typed from the slip, and the accounts are debited.

    Raises:
        UserError: the refund isn't approved or is the provider's, or the reference is missing, long, or a card number.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row = keeping.found(ctx, refund_id)
    words = slip.strip()
    if row.state is CardRefundState.SUCCESS and row.provider_id == words:
        return keeping.moved(ctx, row)
    payment = _payment(ctx, row)
    if row.state is not CardRefundState.APPROVED or _at_provider(payment):
        raise UserError("This refund doesn't wait for a slip.", "Look at it under Reception, Card payments.")
    if not words or len(words) > _LONGEST_SLIP:
        raise UserError("The slip has a reference of up to 40 characters.", "Type it as it is printed.", "slip")
    refuse_card_number(ctx, words, "reference", "slip")
    row.sent_at, row.sent_on = ctx.clock.now(), ctx.clock.today()
    receipt = ctx.session.get_one(Receipt, row.receipt_id)
    _note(ctx, row, Terminal(words, ctx.clock.now()).refund(receipt.slip, row.pence, row.pence))
    return keeping.moved(ctx, row)


def _note(ctx: Context, row: CardRefund, answer: RefundAnswer) -> None:
    row.provider_id = answer.refund_id
    if answer.state is CardRefundState.FAILED:
        telling.fail(ctx, row, "The card's bank didn't take it.")
        return
    row.state = answer.state
    done = answer.state is CardRefundState.SUCCESS
    row.next_look_at = None if done else rules.next_refund_look(ctx.clock.now())
    row.finished_at = ctx.clock.now() if done else None
    ctx.session.flush()
    keeping.post(ctx, row)


def _payment(ctx: Context, row: CardRefund) -> CardPayment | None:
    return ctx.session.get(CardPayment, row.card_payment_id) if row.card_payment_id is not None else None


def _at_provider(payment: CardPayment | None) -> bool:
    return payment is not None and payment.provider is CardProvider.GOVUK_PAY


def _refuse(ctx: Context, receipt: Receipt, new: NewCardRefund) -> None:
    if why := keeping.stops(ctx, receipt):
        raise UserError(why, "Look at the receipt.")
    left = keeping.left_of(ctx, receipt.id)
    if not new.shares or len({place for place, _ in new.shares}) < len(new.shares):
        raise UserError("Nothing is to go back.", "Give how much, of which account.", "pence")
    for place, pence in new.shares:
        if pence <= 0 or pence > left.get(place, 0):
            most = Money(left.get(place, 0))
            raise UserError(
                f"At most {most} of this can go back.", "Give more than nothing and no more than that.", "pence"
            )
    why = new.why.strip()
    if not why or len(why) > _LONGEST:
        raise UserError(f"Say why it goes back, in up to {_LONGEST} characters.", field="why")
    refuse_card_number(ctx, why, "reason", "why")


def _add_shares(ctx: Context, row: CardRefund, new: NewCardRefund) -> None:
    rows = select(ReceiptShare.place, ReceiptShare.account_id).where(ReceiptShare.receipt_id == row.receipt_id)
    accounts = {each.place: each.account_id for each in ctx.session.execute(rows)}
    access.touch(ctx, {accounts[place] for place, _ in new.shares})
    for place, pence in new.shares:
        ctx.session.add(CardRefundShare(refund_id=row.id, place=place, account_id=accounts[place], pence=pence))
    ctx.session.flush()
