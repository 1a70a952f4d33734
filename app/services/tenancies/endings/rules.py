"""When a tenancy ends: notice, the Sunday it runs to, keys by noon, another week if they are late (rules.md 2.6)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from app.models.values import EndReason
from app.services.benefits.rules import last_day_after_death
from app.services.core.calendars import WEEK, week_monday
from app.services.tenancies.endings.dto import Dates, LateKeys, Terms

_DAY: Final = timedelta(days=1)
NOTICED: Final = frozenset({EndReason.TENANT_NOTICE, EndReason.DEATH, EndReason.NOTICE_TO_QUIT})
"""The reasons whose last day comes from a notice; of any other it is agreed, ordered by a court or follows from the deed."""
KEYLESS: Final = frozenset(
    {
        EndReason.TRANSFER,
        EndReason.MUTUAL_EXCHANGE,
        EndReason.RIGHT_TO_BUY,
        EndReason.SUCCESSION,
        EndReason.ASSIGNMENT,
        EndReason.DECANT_OVER,
    }
)
"""The reasons for which no keys are handed in, or for which another tenancy of the same people says when."""


def sunday_of(day: date) -> date:
    """The Sunday that ends the rent week of a day."""
    return week_monday(day) + WEEK - _DAY


def notice_end(notice_on: date, terms: Terms) -> date:
    """The last day that a notice gives: so many days of it, the day it came counted, then on to the end of the week.

    Four weeks' notice that comes on a Monday ends on the Sunday after four weeks; of any other day a Monday later.
    """
    last = notice_on + timedelta(days=max(terms.notice_days, 1) - 1)
    return sunday_of(last) if terms.whole_weeks else last


def keys_due(last: date, terms: Terms) -> datetime:
    """When the keys are due: on the day after the last, by the office's own time."""
    return datetime.combine(last + _DAY, time(terms.keys_hour))


def late_weeks(due: datetime, returned: datetime | None, terms: Terms) -> int:
    """The weeks that keys came back late, each begun one counted; none while they aren't back, or where they cost nothing."""
    if returned is None or returned <= due or terms.late_keys is LateKeys.NONE:
        return 0
    return -(-(returned - due) // WEEK)


def dates(
    terms: Terms,
    *,
    notice_on: date | None,
    agreed_on: date | None,
    keys_returned_at: datetime | None,
    waive_late: bool = False,
) -> Dates:
    """The days of an ending.

    Args:
        terms: the policy in force on the day of the notice.
        notice_on: the day the notice came; None where none is asked for, and then `agreed_on` is the last day.
        agreed_on: the last day, where it isn't the policy's.
        keys_returned_at: when the keys came back, if they have.
        waive_late: late keys cost nothing this once.

    Raises:
        ValueError: there is neither a notice nor an agreed day.
    """
    by_policy = notice_end(notice_on, terms) if notice_on is not None else None
    last = agreed_on or by_policy
    if last is None:
        raise ValueError("An ending needs a notice or a last day.")
    due = keys_due(last, terms)
    weeks = 0 if waive_late else late_weeks(due, keys_returned_at, terms)
    return Dates(last, due, weeks, last + WEEK * weeks, by_policy)


def entitled_to(
    reason: EndReason, *, notice_ends_on: date, left_on: date | None, died_on: date | None, after_death: str
) -> date:
    """The last day for which Housing Benefit is due.

    A home that nobody lives in any more brings none, so that weeks which late keys add are not covered. After a death it
    runs to the first Sunday after (`sunday`), or to the Sunday before the first Monday after, which is the same day save
    for a death on a Sunday (`monday`).
    """
    if reason is EndReason.DEATH and died_on is not None:
        return last_day_after_death(died_on, after_death)
    return min(left_on, notice_ends_on) if left_on is not None else notice_ends_on
