"""Long work of several transactions: batches of letters, and sending what waits."""

from __future__ import annotations

from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.letters.commands import batches, sending
from app.services.letters.dto import BatchBegun, BatchRequest, BatchResult, BatchState, SendResult
from app.services.letters.provider import BusyError, Notify, RefusedError, StoppedError, UnknownOutcomeError
from app.services.letters.queries import batches as batch_queries
from app.services.letters.sending import Outcome, OutcomeKind, Taken

_MOST_SENT = 5_000
"""Messages handed over in one run; the next run takes the rest."""
_MOST_BUSY = 3
"""After so many refusals for being too quick a run ends; the next one goes on."""


def make_batch(
    desk: Desk, request: BatchRequest, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchResult:
    """Make the letters of a batch, some hundred at a time, each portion in one transaction.

    A batch that is cancelled or killed has whole portions; asked for again it makes what is missing and nothing twice.

    Raises:
        UserError: the same batch was made before, or its letters need a second person and the office has one.
        Cancelled: `cancel` was used.
    """
    begun = desk.do(batches.begin, request)
    return _make(desk, begun, progress, cancel or CancelToken())


def carry_on(
    desk: Desk, batch_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchResult:
    """Go on with a batch that stopped.

    Raises:
        UserError: it has been made.
        Cancelled: `cancel` was used.
    """
    return _make(desk, desk.do(batches.take_up, batch_id), progress, cancel or CancelToken())


def _make(desk: Desk, begun: BatchBegun, progress: Progress, cancel: CancelToken) -> BatchResult:
    try:
        total = left = desk.ask(batch_queries.to_do, begun.batch_id)
        while left:
            progress(total - left, total, "Letters")
            cancel.check()
            left = desk.do(batches.make_some, begun.batch_id)
        progress(total, total, "Letters")
    except Cancelled:
        desk.do(batches.end, begun.batch_id, BatchState.STOPPED)
        raise
    desk.do(batches.end, begun.batch_id, BatchState.MADE)
    return desk.ask(batch_queries.result, begun.batch_id, carried_on=begun.carried_on)


def send(
    desk: Desk,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    provider: Notify | None = None,
) -> SendResult:
    """Hand the e-mails and text messages that wait to GOV.UK Notify, then ask what became of earlier ones.

    Each is marked as being sent, and that committed, before the call; one whose outcome isn't known (a time-out, a power
    cut between the call and the commit) is looked up by its reference before it is ever sent again. Without a key
    nothing is sent and each says so.
    """
    cancel = cancel or CancelToken()
    provider = provider or desk.ask(sending.provider)
    if provider is None:
        left = desk.do(sending.note_unsent)
        return SendResult(left=left, stopped=sending.NO_KEY if left else "")
    with provider:
        sent, failed, stopped = _send_waiting(desk, provider, progress, cancel)
        delivered, undelivered = _poll(desk, provider, cancel) if not stopped else (0, 0)
    return SendResult(sent, failed + undelivered, delivered, desk.ask(sending.waiting), stopped)


def send_in_background(
    desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None, *, look_up: bool = False
) -> SendResult:
    """Send what is due, as a window does every few minutes; where the office has no key nothing is done or said.

    Several windows may do so at once: each takes a message in a transaction of its own, so none is sent twice.

    Args:
        desk: of the officer in whose name it is sent.
        progress: how far it is.
        cancel: to stop it.
        look_up: ask what became of earlier messages too.
    """
    if not desk.ask(sending.settings).has_key:
        return SendResult()
    provider = desk.ask(sending.provider)
    if provider is None or not (look_up or desk.ask(sending.waiting)):
        return SendResult()
    cancel = cancel or CancelToken()
    with provider:
        sent, failed, stopped = _send_waiting(desk, provider, progress, cancel)
        delivered, undelivered = _poll(desk, provider, cancel) if look_up and not stopped else (0, 0)
    return SendResult(sent, failed + undelivered, delivered, desk.ask(sending.waiting), stopped)


def _send_waiting(desk: Desk, provider: Notify, progress: Progress, cancel: CancelToken) -> tuple[int, int, str]:
    total = min(desk.ask(sending.waiting), _MOST_SENT)
    sent = failed = busy = 0
    for done in range(_MOST_SENT):
        cancel.check()
        progress(min(done, total), total, "E-mails and texts")
        taken = desk.do(sending.take)
        if taken is None:
            return sent, failed, ""
        try:
            outcome = _hand_over(provider, taken)
        except StoppedError as error:
            kind = OutcomeKind.UNKNOWN if taken.look_up else OutcomeKind.BUSY
            desk.do(sending.settle, taken.outgoing_id, Outcome(kind, str(error), counts=False), taken.turn)
            return sent, failed, str(error)
        settled = desk.do(sending.settle, taken.outgoing_id, outcome, taken.turn)
        sent += settled is OutcomeKind.ACCEPTED
        failed += settled is OutcomeKind.REFUSED
        busy += outcome.kind in {OutcomeKind.BUSY, OutcomeKind.UNKNOWN}
        if busy >= _MOST_BUSY:
            return sent, failed, f"Stopped for now: {outcome.words}"
    return sent, failed, ""


def _hand_over(provider: Notify, taken: Taken) -> Outcome:
    """Send one message, or find out whether it was sent before."""
    try:
        if taken.look_up:
            known = provider.look_up(taken.reference)
            if known is not None:
                return Outcome(OutcomeKind.ACCEPTED, provider_id=known)
            if taken.too_late:
                return Outcome(
                    OutcomeKind.REFUSED,
                    "Nobody knows whether it was sent, and GOV.UK Notify no longer keeps it: ask the tenant, then try again.",
                )
        return Outcome(OutcomeKind.ACCEPTED, provider_id=provider.send(taken))
    except RefusedError as error:
        return Outcome(OutcomeKind.REFUSED, str(error))
    except BusyError as error:
        return Outcome(OutcomeKind.UNKNOWN if taken.look_up else OutcomeKind.BUSY, str(error))
    except UnknownOutcomeError as error:
        return Outcome(OutcomeKind.UNKNOWN, str(error))


def _poll(desk: Desk, provider: Notify, cancel: CancelToken) -> tuple[int, int]:
    delivered = undelivered = 0
    for outgoing_id, provider_id in desk.ask(sending.undelivered):
        cancel.check()
        try:
            status = provider.status(provider_id)
        except (BusyError, UnknownOutcomeError, RefusedError, StoppedError):
            break
        try:
            became = desk.do(sending.note_status, outgoing_id, status)
        except UserError:
            continue
        delivered += became is OutcomeKind.ACCEPTED
        undelivered += became is OutcomeKind.REFUSED
    return delivered, undelivered
