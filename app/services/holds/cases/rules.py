"""How long a case lasts, when it is looked at, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.models.values import HoldKind
from app.services.core.calendars import months_after

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the policy says of cases that start on a day, in days and months.

    Attributes:
        standard_days: of a standard breathing space, with the day it starts.
        gap_months: between two of the same person.
        midway_from, midway_to: the days of it, counted from 1, on which the adviser reviews it.
        creditor_days: in which a creditor may ask for a review, with the day it starts.
        crisis_days: of a mental-health crisis breathing space, after the day the treatment ended.
        crisis_review_days: between two checks whether treatment goes on.
        order_months: of a bankruptcy or debt relief order.
    """

    standard_days: int
    gap_months: int
    midway_from: int
    midway_to: int
    creditor_days: int
    crisis_days: int
    crisis_review_days: int
    order_months: int


def last_day(
    kind: HoldKind, start_on: date, terms: Terms, *, crisis: bool = False, treatment_ended_on: date | None = None
) -> date | None:
    """The last day of a case by the law; None while that can't be told: treatment goes on, or a voluntary arrangement.

    Standard breathing space: 60 days with its first (SI 2020/1311). Mental-health crisis: 30 days after treatment ended.
    Bankruptcy and debt relief order: a year with its first day (Insolvency Act 1986 s.279, s.251H).
    """
    if kind is HoldKind.BREATHING_SPACE and crisis:
        return None if treatment_ended_on is None else treatment_ended_on + timedelta(days=terms.crisis_days)
    if kind is HoldKind.BREATHING_SPACE:
        return start_on + timedelta(days=terms.standard_days - 1)
    if kind in {HoldKind.BANKRUPTCY, HoldKind.DEBT_RELIEF_ORDER}:
        return months_after(start_on, terms.order_months) - _DAY
    return None


def review_day(kind: HoldKind, start_on: date, terms: Terms, *, crisis: bool, reviewed_on: date | None) -> date | None:
    """The day by which a breathing space is next looked at; None where nothing more is to be looked for."""
    if kind is not HoldKind.BREATHING_SPACE:
        return None
    if crisis:
        return (reviewed_on or start_on) + timedelta(days=terms.crisis_review_days)
    return None if reviewed_on else midway(start_on, terms)[1]


def midway(start_on: date, terms: Terms) -> tuple[date, date]:
    """The first and last day of the midway review: days 25 to 35 of a standard breathing space, its first day being day 1."""
    return start_on + timedelta(days=terms.midway_from - 1), start_on + timedelta(days=terms.midway_to - 1)


def creditor_until(kind: HoldKind, start_on: date, terms: Terms) -> date | None:
    """The last day on which we may ask the adviser to review a breathing space."""
    return start_on + timedelta(days=terms.creditor_days - 1) if kind is HoldKind.BREATHING_SPACE else None


def too_soon(before_ended_on: date, applied_on: date, terms: Terms) -> bool:
    """Whether a standard breathing space applied for on a day comes too soon after one that ended on another."""
    return months_after(before_ended_on, terms.gap_months) > applied_on


def outside(at_start_pence: int, now_pence: int) -> int:
    """What is owed today that no case protects, in pence: what came after the day of the application; never below nought."""
    return max(now_pence - max(at_start_pence, 0), 0)
