"""Ordering, replacing and cancelling pay point cards, and what goes to the supplier and comes back."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.reception_payments.pay_cards import PayCard, PayCardFile
from app.models.values import PayCardReason, PayCardState
from app.services.core import access, audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary.keeping import checked_text
from app.services.reception_payments.pay_cards import answers, ordering, sending
from app.services.reception_payments.pay_cards.dto import (
    AREAS,
    AnswerFile,
    AnswerTaken,
    CardFileMade,
    CardsOrdered,
)

_MOST_WHY = 200


@requires(Permission.ORDER_PAY_CARDS)
def order(ctx: Context, account_ids: Sequence[int], reason: PayCardReason = PayCardReason.FIRST) -> CardsOrdered:
    """Order a card for each of some accounts; those for which none is ordered are told with the reason.

    Raises:
        UserError: the only account has none ordered, an account is one that the officer may not work on, or policy doesn't
            say how references are made.
    """
    access.touch(ctx, account_ids)
    made, refused = ordering.order(ctx, tuple(dict.fromkeys(account_ids)), reason)
    if not made and len(refused) == 1:
        raise UserError(refused[0][1])
    return CardsOrdered(tuple(card.id for card in made), tuple(refused), _changes(account_ids))


@requires(Permission.ORDER_PAY_CARDS)
def cancel(ctx: Context, card_id: int, why: str) -> Changes:
    """Cancel a card that is ordered or issued. What is still paid with it goes to its account.

    Raises:
        UserError: nothing says why, it has ended, it is with the supplier, or the officer may not work on its account.
    """
    card = record(ctx, PayCard, card_id, "card")
    access.touch(ctx, [card.account_id])
    words = checked_text(ctx, why, "reason", "why", _MOST_WHY)
    if not words:
        raise UserError("Say why the card is cancelled.", field="why")
    if card.state is PayCardState.IN_FILE:
        raise UserError("This card is with the supplier.", "Tell them, read their answer, and cancel it then.")
    if card.state not in {PayCardState.ORDERED, PayCardState.ISSUED}:
        raise UserError("This card has ended.")
    ordering.end(ctx, card, words)
    ctx.session.flush()
    return _changes([card.account_id])


@requires(Permission.ORDER_PAY_CARDS)
def make_file(ctx: Context, entry_key: str) -> CardFileMade:
    """Put every card on order into a file for the supplier, once for each `entry_key`.

    Raises:
        UserError: no card can be sent, or the key isn't at this desk.
    """
    file, waiting = sending.make(ctx, entry_key)
    return CardFileMade(file.id, file.number, file.count, tuple(waiting), _changes(()))


@requires(Permission.ORDER_PAY_CARDS)
def hand_out(ctx: Context, file_id: int) -> tuple[bytes, str]:
    """The file as it was made, and its name; that it was handed out is audited.

    Raises:
        UserError: there is no such file, the key isn't at this desk, or what is kept has been altered.
    """
    file = record(ctx, PayCardFile, file_id, "file")
    content = sending.opened(ctx, file)
    audit.record(ctx, "pay_card_file", str(file.id), "reveal", number=file.number, count=file.count)
    return content, sending.name(file)


@requires(Permission.ORDER_PAY_CARDS)
def take_answer(ctx: Context, file: AnswerFile) -> AnswerTaken:
    """Take the supplier's answer: all of it, or nothing; a letter goes with each card that was issued.

    Raises:
        UserError: as `answers.take`.
    """
    issued, refused, letters, not_written = answers.take(ctx, file)
    return AnswerTaken(issued, refused, letters, tuple(not_written), Changes(AREAS | {"letters"}))


def _changes(account_ids: Sequence[int]) -> Changes:
    return Changes(AREAS, frozenset(account_ids))
