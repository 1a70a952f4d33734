"""Card payments begun, followed and left. Nothing here asks the provider: `jobs` does, between two of these."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.landlord import Landlord
from app.models.reception_payments.cards import CardPayment, CardShare
from app.models.reception_payments.desks import PaymentDesk
from app.models.values import CardProvider, CardState, Money, TakenBy
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger import numbering
from app.services.reception_payments.cards import keeping, rules, settling
from app.services.reception_payments.cards.dto.answers import Asked, PaymentAnswer
from app.services.reception_payments.cards.dto.asked import CardBegun, CardMoved, CardSettings, NewCardPayment
from app.services.reception_payments.cards.terminal import Terminal
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewReceipt

_LONGEST_SLIP: Final = 40
_UNFIT: Final = re.compile(r"[^A-Za-z0-9 .,/-]")
"""What the provider's firewall refuses (P0920), and more."""


@requires(Permission.KEEP_RECEPTION)
def set_settings(ctx: Context, new: CardSettings, key: str | None = None) -> Changes:
    """Enter how the office takes cards by telephone. `key`: None leaves the one that is kept, nothing takes it away.

    The key is kept encrypted with the database's own key, which is never in the database.

    Raises:
        UserError: the key or the page isn't one, or this desk doesn't hold the database's key.
    """
    if key and not rules.looks_like_key(key):
        raise UserError(
            "That is not a key of GOV.UK Pay.",
            "Copy the whole key from its page 'API keys': it begins with api_live_ or api_test_.",
            "key",
        )
    if new.return_url.strip() and not new.return_url.strip().startswith("https://"):
        raise UserError("The page isn't safe: its address begins with https://.", "Give another.", "return_url")
    kept = keeping.settings(ctx).has_key if key is None else bool(key.strip())
    if new.provider is CardProvider.GOVUK_PAY and not kept:
        raise UserError("GOV.UK Pay needs a key.", "Make one on its page 'API keys' and enter it here.", "key")
    keeping.keep_settings(ctx, new, key)
    return Changes(keeping.AREAS)


@requires(Permission.TAKE_PAYMENTS)
def begin(ctx: Context, new: NewCardPayment) -> CardBegun:
    """Keep a card payment before anybody is asked for it; the same key gives the one that it began before.

    Raises:
        UserErrors: what is wrong with what it pays, each beside its field.
        UserError: the office or the desk takes no cards by telephone, or the amount isn't one that the provider takes.
    """
    before = ctx.session.scalars(select(CardPayment).where(CardPayment.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return _begun(before)
    provider = keeping.taker(ctx)
    reference = _reference(ctx, new.receipt)
    receipt = replace(new.receipt, taken_by=TakenBy.CARD, slip=reference)
    _refuse(ctx, receipt)
    row = CardPayment(
        entry_key=new.entry_key,
        reference=reference,
        provider=provider,
        state=CardState.ASKED,
        pence=receipt.pence,
        desk_id=receipt.desk_id,
        officer_id=ctx.officer.id,
        asked_at=ctx.clock.now(),
        taken_on=receipt.taken_on,
        payer=receipt.payer,
        payer_name=receipt.payer_name.strip(),
        person_id=receipt.person_id,
        proved_by=",".join(receipt.proved_by),
        note=receipt.note.strip(),
        next_look_at=rules.next_look(CardState.ASKED, ctx.clock.now(), ctx.clock.now()),
    )
    ctx.session.add(row)
    ctx.session.flush()
    _add_shares(ctx, row, receipt)
    keeping.index(ctx, row)
    return _begun(row)


@requires(Permission.TAKE_PAYMENTS)
def call(ctx: Context, payment_id: int) -> Asked | None:
    """The provider is about to be asked for a payment; None where it was before, by this desk or another.

    What this gives is asked once, and whatever comes of it never again: a payment whose answer is lost is looked for.
    """
    row = keeping.found(ctx, payment_id)
    if row.called_at is not None or row.state is not CardState.ASKED or row.provider is not CardProvider.GOVUK_PAY:
        return None
    row.called_at = ctx.clock.now()
    ctx.session.flush()
    return Asked(row.reference, row.pence, _words(ctx, row), keeping.settings(ctx).return_url)


@requires(Permission.TAKE_PAYMENTS)
def note_answer(ctx: Context, payment_id: int, answer: PaymentAnswer) -> CardMoved:
    """Note how far a payment is at the provider; one that went through is posted, once, also after the officer left it.

    What has gone through stays so.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row = keeping.found(ctx, payment_id)
    if row.state is CardState.SUCCESS:
        _note_settled(row, answer)
        return keeping.moved(ctx, row)
    _note(ctx, row, answer)
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_refused(ctx: Context, payment_id: int, words: str, code: str = "") -> CardMoved:
    """The provider refused to begin a payment: nothing was made, and nothing can come of it."""
    row = keeping.found(ctx, payment_id)
    if row.state is CardState.ASKED and not row.provider_id:
        _finish(ctx, row, CardState.ERROR, f"{words} Nothing was taken.", code)
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_silence(ctx: Context, payment_id: int, words: str, *, unknown_there: bool) -> CardMoved:
    """The provider didn't answer, or doesn't know the payment: it is looked for again, and is lost after ten minutes.

    Args:
        ctx: of whoever asked.
        payment_id: the payment.
        words: what is shown meanwhile.
        unknown_there: the provider answered, and knows no payment with our reference.
    """
    row = keeping.found(ctx, payment_id)
    if row.state not in rules.OPEN:
        return keeping.moved(ctx, row)
    now = ctx.clock.now()
    row.checked_at, row.next_look_at = now, rules.next_look(row.state, row.asked_at, now)
    if unknown_there and not row.provider_id and (rules.is_lost(row.asked_at, now) or row.called_at is None):
        _finish(ctx, row, CardState.CANCELLED if row.left_at else CardState.LOST)
        return keeping.moved(ctx, row)
    ctx.session.flush()
    return keeping.moved(ctx, row, words)


@requires(Permission.TAKE_PAYMENTS)
def leave(ctx: Context, payment_id: int) -> CardMoved:
    """The officer gives a payment up. One that nobody was asked for is over; any other is followed until it is."""
    row = keeping.found(ctx, payment_id)
    if row.state not in rules.OPEN or row.left_at is not None:
        return keeping.moved(ctx, row)
    row.left_at = ctx.clock.now()
    if row.called_at is None and not row.provider_id:
        _finish(ctx, row, CardState.CANCELLED, "Left before the provider was asked. Nothing was taken.")
    ctx.session.flush()
    return keeping.moved(ctx, row)


@requires(Permission.TAKE_PAYMENTS)
def note_slip(ctx: Context, payment_id: int, slip: str) -> CardMoved:
    """The terminal in the office took the card: its reference is typed from the slip, and the payment is posted.

    Raises:
        UserErrors: the reference is missing, long, a card number, or on another receipt of the day.
        UserError: the payment is the provider's, or is over.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row = keeping.found(ctx, payment_id)
    if row.state is CardState.SUCCESS and row.provider_id == slip.strip():
        return keeping.moved(ctx, row)
    if row.provider is not CardProvider.TERMINAL or row.state not in rules.OPEN:
        raise UserError("This payment doesn't wait for a slip.", "Look at it under Reception, Card payments.")
    if not slip.strip() or len(slip.strip()) > _LONGEST_SLIP:
        raise UserError("The slip has a reference of up to 40 characters.", "Type it as it is printed.", "slip")
    row.provider_id = slip.strip()
    recording.check(ctx, settling.receipt_of(ctx, row))
    taken = Terminal(slip, ctx.clock.now()).begin(Asked(row.reference, row.pence, "", ""))
    _note(ctx, row, taken)
    return keeping.moved(ctx, row)


def _note(ctx: Context, row: CardPayment, answer: PaymentAnswer) -> None:
    now, was = ctx.clock.now(), row.state
    named = row.provider_id != answer.provider_id
    row.provider_id, row.state, row.code = answer.provider_id, answer.state, answer.code
    if named:
        keeping.index(ctx, row)
    row.words = "" if answer.code else answer.message[:400]
    row.checked_at, row.next_look_at = now, rules.next_look(answer.state, row.asked_at, now)
    row.finished_at = None if answer.state in rules.OPEN else now
    if answer.state is CardState.SUCCESS:
        row.taken_on = min(answer.created_at.astimezone().date(), ctx.clock.today())
        _note_settled(row, answer)
        ctx.session.flush()
        settling.settle(ctx, row, answer.pence, late=row.left_at is not None or was not in rules.OPEN)
    ctx.session.flush()


def _refuse(ctx: Context, receipt: NewReceipt) -> None:
    recording.check(ctx, receipt)
    desk = ctx.session.get_one(PaymentDesk, receipt.desk_id)
    if not desk.active or not desk.takes_telephone:
        raise UserError(f"{desk.name} takes no cards by telephone.", "Choose another desk.", "desk_id")
    if not rules.LEAST_PENCE <= receipt.pence <= rules.MOST_PENCE:
        least, most = Money(rules.LEAST_PENCE), Money(rules.MOST_PENCE)
        raise UserError(f"A card payment is from {least} to {most}.", "Take it in parts, or another way.", "pence")


def _reference(ctx: Context, receipt: NewReceipt) -> str:
    """Ours: the account's own, so that it is known at the provider too, and what makes it the only one."""
    account_id = next((share.account_id for share in receipt.shares if share.account_id is not None), None)
    account = ctx.session.get(Account, account_id) if account_id is not None else None
    known = _UNFIT.sub("", account.payment_reference or "")[:24] if account is not None else ""
    return f"{known or 'RB'}-{secrets.token_hex(6).upper()}"


def _words(ctx: Context, row: CardPayment) -> str:
    landlord = ctx.session.scalars(select(Landlord.name)).first() or ""
    return _UNFIT.sub("", f"Payment to {landlord}, {row.reference}" if landlord else f"Payment {row.reference}")[:255]


def _add_shares(ctx: Context, row: CardPayment, receipt: NewReceipt) -> None:
    for place, share in enumerate(receipt.shares, start=1):
        values = {"account_id": share.account_id, "stream_id": share.stream_id, "pence": share.pence}
        ctx.session.add(CardShare(card_payment_id=row.id, place=place, words=share.words.strip(), **values))
    ctx.session.flush()


def _begun(row: CardPayment) -> CardBegun:
    return CardBegun(row.id, row.reference, row.provider, Changes(keeping.AREAS))


def _note_settled(row: CardPayment, answer: PaymentAnswer) -> None:
    row.last_four = answer.last_four or row.last_four
    row.fee_pence = row.fee_pence if answer.fee_pence is None else answer.fee_pence
    row.settled_on = answer.settled_on or row.settled_on


def _finish(ctx: Context, row: CardPayment, state: CardState, words: str = "", code: str = "") -> None:
    row.state, row.words, row.code = state, words[:400], code
    row.finished_at, row.next_look_at = ctx.clock.now(), None
    ctx.session.flush()
