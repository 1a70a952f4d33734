"""A day read from the provider, what it tells of our payments noted, and the rest held against ours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from app.services.core.clock import midnight
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.reception_payments.cards import jobs, keeping
from app.services.reception_payments.cards.days import commands, queries
from app.services.reception_payments.cards.disputes import commands as challenged
from app.services.reception_payments.cards.dto.answers import DisputeAnswer
from app.services.reception_payments.cards.dto.days import DayRead, TheirDay
from app.services.reception_payments.cards.provider import NotTakenError, Provider, UnheardError

_CHALLENGED_WITHIN: Final = timedelta(days=240)
"""A payer has 120 days for a challenge, and it may take as long again until it is decided."""


def reconcile(desk: Desk, day: date, progress: Progress = no_progress, cancel: CancelToken | None = None) -> DayRead:
    """Read a day's payments and refunds from the provider and hold them against ours.

    A payment that is further there than here is taken from there first; so nothing is left over that only was slow.

    Raises:
        UserError: the day is still to come, the office has no key, or the provider doesn't answer.
    """
    if day > desk.clock.today():
        raise UserError("That day is still to come.", "Give a day up to today.", "day")
    cancel = cancel or CancelToken()
    takes = Permission.TAKE_PAYMENTS in desk.officer.permissions
    start, end = midnight(day), midnight(day + timedelta(days=1))
    if takes:
        jobs.poll(desk, progress, cancel, everything=True)
    try:
        with desk.ask(keeping.connection) as provider:
            progress(0, 2, "Payments")
            payments = tuple(provider.search(start, end))
            cancel.check()
            progress(1, 2, "Refunds")
            refunds = tuple(provider.search_refunds(start, end))
            cancel.check()
            disputes = _disputes(provider, end)
            their = TheirDay(day, payments, refunds)
            if takes:
                jobs.follow(desk, provider, desk.ask(queries.differing, their), progress, cancel)
    except (NotTakenError, UnheardError) as error:
        raise UserError(str(error), "Read the day again later: nothing was changed.") from error
    if disputes:
        desk.do(challenged.note, disputes)
    return desk.do(commands.keep, their)


def _disputes(provider: Provider, end: datetime) -> tuple[DisputeAnswer, ...]:
    """What was challenged up to then, as it stands now; none where the provider doesn't tell this council."""
    try:
        return tuple(provider.search_disputes(end - _CHALLENGED_WITHIN, end))
    except NotTakenError:
        return ()
