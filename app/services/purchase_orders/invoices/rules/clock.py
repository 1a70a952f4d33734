"""The time to pay an invoice: when it ends, what holds it and what doesn't, in words that can be told to a supplier.

Procurement Act 2023 s.68 (from 24 February 2025): a sum is paid before the end of the 30 days that begin with the day on which
the invoice reaches the authority, anywhere in it, so that day is the first of them; or by the later day on which it falls due by
the invoice. That doesn't apply to an invoice that the authority considers invalid, or disputes, if it tells the payee so without
undue delay. Before that day: Public Contracts Regulations 2015 reg 113, 30 days from when an invoice that is verified in a timely
fashion is regarded as valid and undisputed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import DisputeReason
from app.services.core.calendars import WorkingDays
from app.services.purchase_orders.invoices.dto import Clock
from app.services.purchase_orders.suppliers.rules import spelt

_ACT_FROM: Final = date(2025, 2, 24)


@dataclass(frozen=True, slots=True)
class Stand:
    """A dispute as far as the time to pay: found and told on which days, and the day on which it was settled."""

    dispute_id: int
    reason: DisputeReason
    found_on: date
    notified_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Timing:
    """What the time to pay depends on.

    Attributes:
        pay_days: calendar days to pay; under the Act the day of receipt is the first of them.
        tell_days: working days of the office in which a supplier has to be told of a dispute.
        order_missing: the invoice quotes no order, which holds nothing.
    """

    received_on: date
    due_on: date | None
    pay_days: int
    tell_days: int
    office: WorkingDays
    disputes: tuple[Stand, ...] = ()
    order_missing: bool = False


def told_by(timing: Timing, stand: Stand) -> date:
    """The last day on which telling the supplier of a dispute is without undue delay: counted from receipt or finding."""
    return timing.office.add(max(timing.received_on, stand.found_on), timing.tell_days)


def in_time(timing: Timing, stand: Stand) -> bool:
    """Whether the supplier was told of a dispute without undue delay."""
    return stand.notified_on is not None and stand.notified_on <= told_by(timing, stand)


def law(on: date) -> str:
    """The rule that an invoice received on a day is paid by."""
    return "Procurement Act 2023 s.68" if on >= _ACT_FROM else "Public Contracts Regulations 2015 reg 113"


def clock(timing: Timing, today: date) -> Clock:
    """The last day to pay, disputes counted in, and how many days are left.

    A dispute stops the time on the day on which the supplier is told, if that was in time and before the last day; the days
    until it is settled are added. An invoice that isn't ours to pay as it is begins anew on the day on which that is settled.
    Days on which two disputes stand count once.
    """
    started = timing.received_on
    last = _last(started, timing)
    words = [_first_words(timing, last)]
    held, stood_to, stopped = 0, date.min, None
    for stand in sorted(timing.disputes, key=lambda each: (each.notified_on or date.max, each.dispute_id)):
        said = _why_not(timing, stand, last)
        if said or stand.notified_on is None:
            words.append(said)
            continue
        if stand.closed_on is None:
            stopped = stand.notified_on if stopped is None else min(stopped, stand.notified_on)
            words.append(f"Stopped on {spelt(stand.notified_on)}, when the supplier was told of the dispute.")
        elif stand.reason is DisputeReason.NOT_OURS:
            started, held, last = stand.closed_on, 0, _last(stand.closed_on, timing)
            words.append(f"Not valid as it came; it begins anew on {spelt(started)}: last day {spelt(last)}.")
        else:
            days = max(0, (stand.closed_on - max(stand.notified_on, stood_to)).days)
            held, stood_to, last = held + days, max(stood_to, stand.closed_on), last + timedelta(days)
            words.append(_stood(stand.notified_on, stand.closed_on, days, last))
    if timing.order_missing:
        words.append("It quotes no order, which alone neither stops nor restarts the time.")
    left = (last - (stopped or today)).days
    return Clock(started, last, held, left, stopped is not None, tuple(words))


def left_words(clock_now: Clock) -> str:
    """The days left as they stand in a list."""
    return left_in_words(clock_now.left_days, held=clock_now.held)


def left_in_words(left: int, *, held: bool) -> str:
    """Days left in words: `4 days left`, `last day today`, `2 days late`; `held` where a dispute stopped the time."""
    if held:
        return "Held: disputed"
    if left == 0:
        return "Last day today"
    days = f"{abs(left)} day" + ("" if abs(left) == 1 else "s")
    return f"{days} left" if left > 0 else f"{days} late"


def _last(started: date, timing: Timing) -> date:
    last = _period_ends(started, timing)
    return max(last, timing.due_on) if timing.due_on else last


def _period_ends(started: date, timing: Timing) -> date:
    """The last of the days to pay; the first is the day itself under the Act, and the day after it before."""
    begins = started if timing.received_on >= _ACT_FROM else started + timedelta(1)
    return begins + timedelta(timing.pay_days - 1)


def _first_words(timing: Timing, last: date) -> str:
    begun = f"Received on {spelt(timing.received_on)}"
    if timing.due_on and timing.due_on == last and timing.due_on > _period_ends(timing.received_on, timing):
        return f"{begun}; due by the invoice on {spelt(last)}, which is later than {timing.pay_days} days."
    return f"{begun}; {timing.pay_days} days: last day {spelt(last)} ({law(timing.received_on)})."


def _why_not(timing: Timing, stand: Stand, last: date) -> str:
    """Why a dispute holds nothing; empty: it does."""
    if stand.notified_on is None:
        by = spelt(told_by(timing, stand))
        return f"Disputed, but the supplier isn't told: the time goes on. Tell them by {by}."
    if not in_time(timing, stand):
        by = spelt(told_by(timing, stand))
        return f"The supplier was told on {spelt(stand.notified_on)}, after {by}: too late for the dispute to hold the time."
    if stand.notified_on > last:
        return f"The supplier was told on {spelt(stand.notified_on)}, after the last day to pay: nothing is held."
    return ""


def _stood(notified_on: date, closed_on: date, days: int, last: date) -> str:
    said = f"{days} day" + ("" if days == 1 else "s")
    return f"Disputed from {spelt(notified_on)} to {spelt(closed_on)}: {said} more, last day {spelt(last)}."
