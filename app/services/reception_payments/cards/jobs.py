"""Asking the provider: each call stands between two commits, so that a payment is never lost and never made twice.

Before a call the row is there with its reference and says that it was made; after it, what came of it. A call that might make
a payment or a refund is made once: where the answer is lost, whatever the provider has is looked for by our reference, by what
it says is left of a payment, and by the day's reconciliation.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from app.models.values import CardProvider, CardState
from app.services.core.changes import Changes
from app.services.core.errors import NotAllowed, UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.reception_payments.cards import commands, keeping, queries, rules, sending
from app.services.reception_payments.cards.dto.answers import Asked, PaymentAnswer
from app.services.reception_payments.cards.dto.asked import CardMoved, PollResult, Standing
from app.services.reception_payments.cards.provider import NotTakenError, Provider, SlowerError, UnheardError

_MOST_TROUBLES: Final = 3
"""After so many payments about which the provider can't be asked a poll ends; the next one goes on."""
Sleep = Callable[[float], None]


def start(
    desk: Desk,
    payment_id: int,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    sleep: Sleep = time.sleep,
) -> Standing:
    """Have the provider make a payment that was begun, once, and give the page on which its card is typed.

    Raises:
        UserError: the office has no key, or this desk doesn't hold the database's.
    """
    progress(0, 1, "Card payment")
    if desk.ask(queries.place, payment_id)[2] is CardProvider.TERMINAL:
        return desk.ask(queries.standing, payment_id)
    with desk.ask(keeping.connection) as provider:
        asked = desk.do(commands.call, payment_id)
        if asked is None:
            return _look(desk, provider, payment_id)
        try:
            answer = _begin(provider, asked, cancel or CancelToken(), sleep)
        except NotTakenError as error:
            return _standing(desk, desk.do(commands.note_refused, payment_id, str(error), error.code))
        except UnheardError as error:
            moved = desk.do(commands.note_silence, payment_id, str(error), unknown_there=False)
            return replace(_standing(desk, moved), trouble=str(error))
        return _standing(desk, desk.do(commands.note_answer, payment_id, answer), answer)


def look(desk: Desk, payment_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Standing:
    """Ask the provider how far a payment is; one that went through is posted.

    Raises:
        UserError: the office has no key, or this desk doesn't hold the database's.
    """
    _begun(progress, cancel)
    found = desk.ask(queries.standing, payment_id)
    if found.finished or found.provider is CardProvider.TERMINAL:
        return found
    with desk.ask(keeping.connection) as provider:
        return _look(desk, provider, payment_id)


def leave(desk: Desk, payment_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Standing:
    """Give a payment up: it is cancelled at the provider if it can be; where it went through meanwhile it is posted all the same.

    Raises:
        UserError: the office has no key, or this desk doesn't hold the database's.
    """
    _begun(progress, cancel)
    moved = desk.do(commands.leave, payment_id)
    provider_id, _reference, taker = desk.ask(queries.place, payment_id)
    if moved.state not in rules.OPEN or taker is CardProvider.TERMINAL:
        return _standing(desk, moved)
    with desk.ask(keeping.connection) as provider:
        if provider_id:
            with contextlib.suppress(NotTakenError, UnheardError):  # it is asked next what became of it
                provider.cancel(provider_id)
        return _look(desk, provider, payment_id)


def poll(
    desk: Desk,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    everything: bool = False,
    sleep: Sleep = time.sleep,
) -> PollResult:
    """Ask the provider about every payment and refund whose turn it is, and send the refunds that were approved.

    Args:
        desk: of whoever asks; payments are posted in the name of those who took them.
        progress: how far it is.
        cancel: to stop between two payments.
        everything: also those whose turn hasn't come.
        sleep: waits where the provider asks to go slower.

    Raises:
        UserError: something is open and the office has no key, or this desk doesn't hold the database's.
    """
    payments = desk.ask(queries.due, everything=everything)
    refunds = desk.ask(queries.due_refunds, everything=everything)
    if not payments and not refunds:
        return PollResult()
    cancel = cancel or CancelToken()
    with desk.ask(keeping.connection) as provider:
        total, accounts = follow(desk, provider, payments, progress, cancel)
        total, others = sending.follow(desk, provider, refunds, total, cancel, sleep)
    return replace(total, changes=Changes(keeping.MOVED | {"approvals"}, accounts | others))


def follow(
    desk: Desk, provider: Provider, payments: Sequence[int], progress: Progress, cancel: CancelToken
) -> tuple[PollResult, frozenset[int]]:
    """Ask about payments; what came of it, and the accounts that it touched."""
    total, troubles = PollResult(), 0
    touched: set[int] = set()
    for done, payment_id in enumerate(payments):
        cancel.check()
        progress(done, len(payments), "Card payments")
        found = _look(desk, provider, payment_id)
        touched |= found.changes.account_ids if found.changes else frozenset()
        total = _counted(total, found)
        troubles += bool(found.trouble)
        if troubles >= _MOST_TROUBLES:
            return replace(total, stopped=found.trouble), frozenset(touched)
    return total, frozenset(touched)


def _begun(progress: Progress, cancel: CancelToken | None) -> None:
    progress(0, 1, "Card payment")
    (cancel or CancelToken()).check()


def _counted(total: PollResult, found: Standing) -> PollResult:
    went = found.state is CardState.SUCCESS
    return replace(
        total,
        looked=total.looked + 1,
        paid=total.paid + went,
        ended=total.ended + (found.finished and not went),
        left=total.left + (not found.finished),
    )


def _begin(provider: Provider, asked: Asked, cancel: CancelToken, sleep: Sleep) -> PaymentAnswer:
    """Ask once; where the provider refuses because it is asked too often, which makes nothing, ask again after a wait."""
    for wait in rules.WAITS:
        try:
            return provider.begin(asked)
        except SlowerError:
            if cancel.cancelled:
                raise
            sleep(wait)
    return provider.begin(asked)


def _look(desk: Desk, provider: Provider, payment_id: int) -> Standing:
    provider_id, reference, _taker = desk.ask(queries.place, payment_id)
    try:
        answer = provider.state(provider_id) if provider_id else provider.find(reference)
    except (NotTakenError, UnheardError) as error:
        moved = desk.do(commands.note_silence, payment_id, str(error), unknown_there=False)
        return replace(_standing(desk, moved), trouble=str(error))
    if answer is None:
        return _standing(desk, desk.do(commands.note_silence, payment_id, "", unknown_there=True))
    try:
        moved = desk.do(commands.note_answer, payment_id, answer)
    except NotAllowed:
        raise
    except UserError as error:
        return replace(desk.ask(queries.standing, payment_id), trouble=str(error))
    return _standing(desk, moved, answer)


def _standing(desk: Desk, moved: CardMoved, answer: PaymentAnswer | None = None) -> Standing:
    """A payment as it is kept, with the page of what was answered just now and what the step touched."""
    found = desk.ask(queries.standing, moved.payment_id)
    page = answer.page if answer is not None and not found.finished else ""
    return replace(found, page=page, changes=moved.changes)
