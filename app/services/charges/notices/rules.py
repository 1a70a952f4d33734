"""When a notice of a change of charges is valid (Housing Act 1985 ss.102-103; rules.md 1.8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.models.values import Money, Tenure
from app.services.core.calendars import STATUTORY, monday_on_or_after

RENTAL_PERIOD_DAYS: Final = 7
"""The rental period is the week."""
OWNED: Final = frozenset({Tenure.LEASEHOLD, Tenure.FREEHOLD})
"""Whoever bought their home has charges under the lease, not a rent that is varied by notice."""


def needs_notice(tenure: Tenure, before: Money | None, after: Money | None) -> bool:
    """Whether a tenant must be given notice: of what becomes dearer or is new. What falls or ends is to their good."""
    if tenure in OWNED or after is None:
        return False
    return after.pence > (before.pence if before is not None else 0)


def notice_days(policy_days: int, period_days: int = RENTAL_PERIOD_DAYS) -> int:
    """The least days of notice: four weeks, or the rental period if that is longer."""
    return max(policy_days, period_days)


def serve_by(effective_on: date, days: int) -> date:
    """The last day on which a notice of a change from `effective_on` may be served."""
    return effective_on - timedelta(days=days)


def served_on(posted_on: date, delivery_days: int) -> date:
    """The day a letter counts as served: so many working days after it was posted (local closures don't hold up the post)."""
    return STATUTORY.add(posted_on, delivery_days)


def post_by(effective_on: date, days: int, delivery_days: int) -> date:
    """The last working day on which a notice may be posted, its days in the post counted back from the last day to serve it."""
    day = STATUTORY.on_or_before(serve_by(effective_on, days))
    while served_on(day, delivery_days) > serve_by(effective_on, days):
        day = STATUTORY.add(day, -1)
    return day


def is_valid(served: date | None, effective_on: date, days: int) -> bool:
    """Whether a notice served on a day is long enough for a change from `effective_on`."""
    return served is not None and served <= serve_by(effective_on, days)


def first_monday(served: date, days: int) -> date:
    """The first Monday from which a notice served on a day may change a rent."""
    return monday_on_or_after(served + timedelta(days=days))
