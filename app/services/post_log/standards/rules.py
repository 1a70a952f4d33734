"""By when an item is acknowledged and answered, worked out and said in words; pure, with every figure handed in.

Days are counted from the day after the receipt. A calendar month ends on the corresponding date, on the month's last day
where there is none, and goes on to the next working day where that isn't one (the Information Commissioner's guide to
subject access). Weeks of an Act end on their last day, whatever day that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.models.values import Pausing, ReplyFrom, ReplyUnit
from app.services.core.calendars import WorkingDays, months_after
from app.services.post_log.standards import wording
from app.services.post_log.standards.dto import Due, Light, Pause, Standard
from app.services.post_log.standards.wording import counted, spelled

_DAY = timedelta(days=1)
_WEEK = 7


def due(
    standard: Standard,
    received_on: date,
    acknowledged_on: date | None,
    pauses: Sequence[Pause],
    extensions: Sequence[int],
    days: WorkingDays,
) -> Due:
    """The last days for an item, with their working.

    `extensions` are how much each made the time longer, in the unit of the standard. A reply that runs from the
    acknowledgement runs from the last day for it until it is made (the Ombudsman's code, 6.3).
    """
    acknowledge_by = days.add(received_on, standard.acknowledge) if standard.acknowledge else None
    acknowledge: tuple[str, ...] = ()
    if acknowledge_by is not None:
        after = counted(standard.acknowledge, "working day")
        told = (f"Received {spelled(received_on)}", *wording.shut(days, received_on, acknowledge_by))
        acknowledge = ("; ".join((*told, f"{after} later is {spelled(acknowledge_by)}")) + ".",)
    reply_by, reply = _reply(
        standard, received_on, acknowledged_on or acknowledge_by, acknowledged_on, pauses, extensions, days
    )
    return Due(acknowledge_by, reply_by, acknowledge, reply)


def _reply(
    standard: Standard,
    received_on: date,
    from_acknowledgement: date | None,
    acknowledged_on: date | None,
    pauses: Sequence[Pause],
    extensions: Sequence[int],
    days: WorkingDays,
) -> tuple[date | None, tuple[str, ...]]:
    start, first = received_on, f"Received {spelled(received_on)}"
    if standard.runs_from is ReplyFrom.ACKNOWLEDGED and from_acknowledgement is not None:
        start = from_acknowledgement
        first = wording.from_acknowledgement(start, acknowledged=acknowledged_on is not None)
    waiting = next((each for each in pauses if each.to_on is None), None)
    if waiting is not None:
        return None, (f"{first}.", wording.waits(waiting))
    anew = max((each.to_on for each in pauses if each.to_on and starts_anew(standard, each)), default=start)
    if anew > start:
        start, first = anew, f"The time began anew on {spelled(anew)}, when what we asked for came"
    still = [each for each in pauses if each.to_on is not None and each.to_on > start]
    by, last = _last_day(standard, start, standard.reply + sum(extensions), still, days, first)
    return by, (*wording.stood_still(still, start), *wording.made_longer(extensions, standard), last)


def starts_anew(standard: Standard, pause: Pause) -> bool:
    """Somebody who shows who they are starts the time (UK GDPR art. 12A(2)), a clarification where the standard says so."""
    return pause.kind is Pausing.IDENTITY or standard.starts_again


def _last_day(
    standard: Standard, start: date, count: int, pauses: Sequence[Pause], days: WorkingDays, first: str
) -> tuple[date, str]:
    """The last day of so many units from a day, and the sentence that says how it comes about."""
    if standard.unit is ReplyUnit.SAME_DAY:
        by = days.on_or_after(start)
        if by == start:
            return by, f"{first}; it is dealt with the same day."
        return by, f"{first}, which is no working day; the next is {spelled(by)}."
    if standard.unit is ReplyUnit.WORKING_DAYS:
        by = _walk(start, count, pauses, days)
        told = (first, *wording.shut(days, start, by), f"{counted(count, 'working day')} later is {spelled(by)}")
        return by, "; ".join(told) + "."
    still = sum(_days_still(each, start) for each in pauses)
    if standard.unit is ReplyUnit.WEEKS:
        by = start + timedelta(days=_WEEK * count + still)
        return by, wording.weeks(first, count, by, days)
    corresponding = months_after(start, count) + timedelta(days=still)
    by = days.on_or_after(corresponding)
    return by, wording.months(first, count, start, corresponding, by, still)


def _walk(start: date, count: int, pauses: Sequence[Pause], days: WorkingDays) -> date:
    """The working day `count` after a day, without those in which the clock stood still."""
    day = start
    while count > 0:
        day += _DAY
        if days.is_working(day) and not any(stands_still(each, day) for each in pauses):
            count -= 1
    return day


def stands_still(pause: Pause, day: date) -> bool:
    """Whether the clock stands still on a day: after we asked, up to the day that the answer came."""
    return pause.from_on < day and (pause.to_on is None or day <= pause.to_on)


def _days_still(pause: Pause, start: date) -> int:
    assert pause.to_on is not None
    return max((pause.to_on - max(pause.from_on, start)).days, 0)


def next_to_keep(
    acknowledge_by: date | None, reply_by: date | None, acknowledged_on: date | None, replied_on: date | None
) -> date | None:
    """The earliest last day that is still to be kept; whoever has an answer needs no acknowledgement."""
    if replied_on is not None:
        return None
    open_days: Iterable[date | None] = (None if acknowledged_on else acknowledge_by, reply_by)
    return min((day for day in open_days if day is not None), default=None)


def light(next_on: date | None, today: date, amber_days: int, days: WorkingDays, *, waiting: bool = False) -> Light:
    """How near a last day is: amber from `amber_days` working days before it to the day itself, red after it."""
    if next_on is None:
        return Light.STILL if waiting else Light.NONE
    if today > next_on:
        return Light.RED
    return Light.AMBER if next_on <= days.add(today, amber_days) else Light.GREEN


def refused_pause(standard: Standard, kind: Pausing) -> str:
    """Why the clock of a standard may not stop for something; empty where it may."""
    if standard.pausing is Pausing.NEVER:
        longer = " It can be made longer, and the sender told why." if standard.extend_most else ""
        return f"The time to answer this never stands still.{longer}"
    if kind is Pausing.IDENTITY and standard.pausing is not Pausing.IDENTITY:
        return "The time to answer this stands still only while they say what they mean, not who they are."
    return ""
