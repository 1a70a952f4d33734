"""Refunds sent to the provider and followed there, for the jobs: each call stands between two commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.models.values import CardRefundState
from app.services.core.errors import NotAllowed, UserError
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.reception_payments.cards import queries, rules
from app.services.reception_payments.cards.dto.answers import RefundAnswer
from app.services.reception_payments.cards.dto.asked import PollResult
from app.services.reception_payments.cards.dto.refunds import RefundMoved
from app.services.reception_payments.cards.provider import NotTakenError, Provider, SlowerError, UnheardError
from app.services.reception_payments.cards.refunds import commands
from app.services.reception_payments.cards.refunds import queries as refund_queries

Sleep = Callable[[float], None]


def follow(
    desk: Desk,
    provider: Provider,
    refunds: Sequence[tuple[int, CardRefundState]],
    total: PollResult,
    cancel: CancelToken,
    sleep: Sleep,
) -> tuple[PollResult, frozenset[int]]:
    """Send what was approved and ask about what was sent; what came of it added to a total, and the accounts that it touched."""
    touched: set[int] = set()
    for refund_id, state in refunds:
        if total.stopped:
            break
        cancel.check()
        try:
            moved = _one(desk, provider, refund_id, state, sleep)
        except (NotTakenError, UnheardError) as error:
            total = replace(total, looked=total.looked + 1, stopped=str(error))
            break
        except NotAllowed:
            raise
        except UserError as error:
            total = replace(total, looked=total.looked + 1, stopped=str(error))
            continue
        total = replace(total, looked=total.looked + 1)
        if moved is not None:
            touched |= moved.changes.account_ids
            total = _counted(total, state, moved)
    return total, frozenset(touched)


def _counted(total: PollResult, before: CardRefundState, moved: RefundMoved) -> PollResult:
    done = moved.state
    there = {CardRefundState.SUBMITTED, CardRefundState.SUCCESS}
    return replace(
        total,
        sent=total.sent + (done in there and before is not CardRefundState.SUBMITTED),
        back=total.back + (done is CardRefundState.SUCCESS),
        failed=total.failed + (done is CardRefundState.FAILED),
    )


def _one(desk: Desk, provider: Provider, refund_id: int, state: CardRefundState, sleep: Sleep) -> RefundMoved | None:
    if state is CardRefundState.APPROVED:
        return _send(desk, provider, refund_id, sleep)
    place = desk.ask(queries.refund_place, refund_id)
    if place.refund_id:
        return desk.do(commands.note_answer, refund_id, provider.refund_state(place.payment_id, place.refund_id))
    return _find(desk, provider, refund_id)


def _send(desk: Desk, provider: Provider, refund_id: int, sleep: Sleep) -> RefundMoved | None:
    """Send a refund once. What the provider says is left goes with it, so that it refuses what it has given back already."""
    available = provider.state(desk.ask(queries.refund_place, refund_id).payment_id).available_pence
    asked = desk.do(commands.take_up, refund_id, available)
    if asked is None:
        return desk.ask(refund_queries.standing, refund_id)
    try:
        answer = _ask(provider, asked.payment_id, asked.pence, asked.available, sleep)
    except SlowerError as error:
        return desk.do(commands.note_slower, refund_id, str(error))
    except NotTakenError as error:
        return desk.do(commands.note_refused, refund_id, str(error))
    except UnheardError as error:
        return desk.do(commands.note_silence, refund_id, str(error), never_came=False)
    return desk.do(commands.note_answer, refund_id, answer)


def _ask(provider: Provider, payment_id: str, pence: int, available: int, sleep: Sleep) -> RefundAnswer:
    for wait in rules.WAITS:
        try:
            return provider.refund(payment_id, pence, available)
        except SlowerError:
            sleep(wait)
    return provider.refund(payment_id, pence, available)


def _find(desk: Desk, provider: Provider, refund_id: int) -> RefundMoved:
    """A refund whose answer was lost: what is left of the payment says whether it came, and its list which one it is.

    What is left is read from where it is kept and is never out of date; the list lags behind (GOV.UK Pay, data consistency).
    """
    place = desk.ask(queries.refund_place, refund_id)
    left = provider.state(place.payment_id).available_pence or 0
    if left == place.available:
        return desk.do(commands.note_silence, refund_id, "It didn't reach the provider.", never_came=True)
    listed = [each for each in provider.refunds(place.payment_id) if each.refund_id not in place.others]
    ours = next((each for each in listed if each.pence == place.pence), None)
    if ours is not None:
        return desk.do(commands.note_answer, refund_id, ours)
    return desk.do(commands.note_silence, refund_id, "The provider doesn't list it yet.", never_came=False)
