"""When advance notice of a collection must be given, and whether what was given is enough (bacs.md 4: ten working days, or fewer if agreed)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.models.values import LeftOut
from app.services.core.calendars import BACS, WorkingDays


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A collection as far as its notice goes.

    Attributes:
        due_on, pence: what is to be collected now.
        noticed_on: the day that counts as that of the notice: of a letter, the day on which it arrives; None without one.
        noticed_due_on, noticed_pence: what the payer was told.
        days: working days that were promised with the notice; None takes those of the policy.
        waits: the letter or e-mail hasn't gone yet; `lost`: it failed or came back.
    """

    due_on: date
    pence: int
    noticed_on: date | None = None
    noticed_due_on: date | None = None
    noticed_pence: int | None = None
    days: int | None = None
    waits: bool = False
    lost: bool = False


def fits(facts: NoticeFacts, notice_days: int, bacs: WorkingDays = BACS) -> LeftOut | None:
    """Why a collection may not go for want of notice, or None if it may; `notice_days` are those of the policy.

    `bacs`, here and below: the days on which Bacs works, with its one-off closures.
    """
    if facts.noticed_on is None or facts.waits or facts.lost:
        return LeftOut.NO_NOTICE
    if (facts.noticed_due_on, facts.noticed_pence) != (facts.due_on, facts.pence):
        return LeftOut.CHANGED_SINCE_NOTICE
    days = notice_days if facts.days is None else facts.days
    return (
        LeftOut.NOTICE_TOO_SHORT if _working(facts.noticed_on, bacs) > last_day(facts.due_on, days, 0, bacs) else None
    )


@lru_cache(maxsize=4_096)
def last_day(due_on: date, days: int, post_days: int = 0, bacs: WorkingDays = BACS) -> date:
    """The last day on which notice of a collection may be given; by post, on which its letter may be handed over.

    It is `days` working days of Bacs before the money moves, and those that the letter takes before that.
    """
    arrives = bacs.add(due_on, -days) if days else due_on
    return bacs.add(arrives, -post_days) if post_days else arrives


@lru_cache(maxsize=4_096)
def counts_from(handed_on: date, post_days: int = 0, bacs: WorkingDays = BACS) -> date:
    """The day that counts as that of the notice: of a letter, so many working days after it was handed over."""
    return bacs.add(handed_on, post_days) if post_days else handed_on


@lru_cache(maxsize=4_096)
def earliest_due(handed_on: date, days: int, post_days: int = 0, bacs: WorkingDays = BACS) -> date:
    """The first day on which a collection may go if its notice is given, or handed to the post, on a day."""
    counted = counts_from(handed_on, post_days, bacs)
    return bacs.add(counted, days) if days else bacs.on_or_after(counted)


@lru_cache(maxsize=4_096)
def _working(day: date, bacs: WorkingDays) -> date:
    """A notice of a Saturday has as many working days after it as one of the Friday before."""
    return bacs.on_or_before(day)
