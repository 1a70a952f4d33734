"""What the provider tells of payments that were challenged, kept; each asks an officer to answer it, and a lost one to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.cards import CardDispute, CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.values import DisputeState, Money, MoneyReceiptState, Subject
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, Priority
from app.services.diary.keeping import written
from app.services.reception_payments.cards import keeping
from app.services.reception_payments.cards.dto.answers import DisputeAnswer
from app.services.reception_payments.receipts import undoing

TASK: Final = "card_dispute"
_OPEN: Final = frozenset({DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW})


@requires(Permission.LOAD_RECEIPTS)
def note(ctx: Context, answers: Sequence[DisputeAnswer]) -> Changes:
    """Keep disputes as the provider has them; nothing is posted by itself.

    One that is new asks for an answer, one that was lost for its receipt to be taken back, one that was won for nothing any more.
    """
    known = _known(ctx, [each.dispute_id for each in answers])
    payments = _payments(ctx, [each.payment_id for each in answers])
    for answer in answers:
        row = known.get(answer.dispute_id)
        was = row.state if row is not None else None
        row = _keep(ctx, row, answer, payments.get(answer.payment_id))
        if row.state is not was:
            _tell(ctx, row, payments.get(answer.payment_id), was)
    ctx.session.flush()
    return Changes(keeping.AREAS | {"diary"})


def _keep(ctx: Context, row: CardDispute | None, answer: DisputeAnswer, payment: CardPayment | None) -> CardDispute:
    if row is None:
        row = CardDispute(provider_id=answer.dispute_id)
        ctx.session.add(row)
    row.payment_provider_id, row.state, row.pence = answer.payment_id, answer.state, answer.pence
    row.card_payment_id = payment.id if payment is not None else None
    row.fee_pence = row.fee_pence if answer.fee_pence is None else answer.fee_pence
    row.reason, row.raised_at, row.answer_by = answer.reason, answer.raised_at, answer.answer_by
    row.settled_on = answer.settled_on or row.settled_on
    row.read_at = ctx.clock.now()
    ctx.session.flush()
    return row


def _tell(ctx: Context, row: CardDispute, payment: CardPayment | None, was: DisputeState | None) -> None:
    """The task of a dispute that came, or the end of it; of a payment that isn't here the task says so."""
    amount = Money(row.pence)
    about = (Subject.CARD_PAYMENT, payment.id) if payment is not None else (None, None)
    if row.state in _OPEN and was not in _OPEN:
        until = row.answer_by.astimezone().date() if row.answer_by is not None else ctx.clock.today()
        title = f"Answer the challenge of a card payment of {amount} by {written(until)}"
        details = (
            f"{_said(row, payment)} Send the evidence at GOV.UK Pay before that day: without it the money is lost."
        )
        _ask(ctx, title, until, details, about, TASK)
    elif row.state not in _OPEN and payment is not None:
        diary.finish_for(ctx, Subject.CARD_PAYMENT, payment.id, TASK, f"It was {row.state.value}")
    if row.state is DisputeState.LOST:
        _ask_back(ctx, row, payment)


def _ask_back(ctx: Context, row: CardDispute, payment: CardPayment | None) -> None:
    """A lost one is taken off the accounts by an officer, who says why: the receipt came back."""
    receipt = ctx.session.get(Receipt, payment.receipt_id) if payment is not None and payment.receipt_id else None
    if receipt is not None and receipt.state is not MoneyReceiptState.TAKEN:
        return
    if receipt is None:
        details = f"{_said(row, payment)} It has no receipt here: look at it in suspense, or at the provider."
        _ask(ctx, f"A challenge of {Money(row.pence)} was lost", ctx.clock.today(), details, (None, None), TASK)
        return
    number = undoing.number_of(ctx, receipt)
    title = f"Take receipt {number} back: {Money(row.pence)} were charged back"
    details = f"{_said(row, payment)} Reception, the receipt, Came back."
    _ask(ctx, title, ctx.clock.today(), details, (Subject.RECEIPT, receipt.id), undoing.CHARGED_BACK)


def _ask(
    ctx: Context, title: str, due: date, details: str, about: tuple[Subject | None, int | None], kind: str
) -> None:
    on = max(due, ctx.clock.today())
    diary.add_task(ctx, NewTask(title, on, details, *about, kind, priority=Priority.HIGH))


def _said(row: CardDispute, payment: CardPayment | None) -> str:
    """What is known of it, for whoever answers."""
    reference = payment.reference if payment is not None else row.payment_provider_id
    why = f" The bank says: {row.reason}." if row.reason else ""
    fee = f" The provider keeps {Money(row.fee_pence)} for it." if row.fee_pence else ""
    here = "" if payment is not None else " The payment isn't in Rentbook."
    return f"Payment {reference} was challenged on {written(row.raised_at.astimezone().date())}.{why}{fee}{here}"


def _known(ctx: Context, ids: Sequence[str]) -> dict[str, CardDispute]:
    found: dict[str, CardDispute] = {}
    for chunk in in_chunks(ids):
        rows = ctx.session.scalars(select(CardDispute).where(CardDispute.provider_id.in_(chunk)))
        found.update({row.provider_id: row for row in rows})
    return found


def _payments(ctx: Context, ids: Sequence[str]) -> dict[str, CardPayment]:
    found: dict[str, CardPayment] = {}
    for chunk in in_chunks([each for each in ids if each]):
        rows = ctx.session.scalars(select(CardPayment).where(CardPayment.provider_id.in_(chunk)))
        found.update({row.provider_id: row for row in rows})
    return found
