"""How the working of a deadline is said: `Received Thu 24 Dec 2026; 25 and 28 Dec are holidays; ...`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from app.models.values import Pausing, ReplyFrom, ReplyUnit
from app.services.core.calendars import WorkingDays, holiday_names
from app.services.post_log.standards.dto import Light, Pause, Standard

_SATURDAY: Final = 5
_STILL: Final = {
    Pausing.NEVER: "It never stands still.",
    Pausing.CLARIFICATION: "It stands still while they are asked what they mean.",
    Pausing.IDENTITY: "It stands still while they are asked what they mean or who they are.",
}
UNITS: Final = {
    ReplyUnit.WORKING_DAYS: "working day",
    ReplyUnit.WEEKS: "week",
    ReplyUnit.MONTHS: "calendar month",
    ReplyUnit.SAME_DAY: "day",
}
"""What a time to answer is counted in, one of it."""
WAITS_FOR: Final = {
    Pausing.CLARIFICATION: "what they mean",
    Pausing.IDENTITY: "who they are",
}
"""What we wait to be told while a clock stands still."""


def spelled(day: date) -> str:
    """A day with its weekday: `Thu 24 Dec 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def counted(count: int, unit: str) -> str:
    """`1 working day`, `10 working days`."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def shut(days: WorkingDays, after: date, until: date) -> Iterator[str]:
    """What between two days isn't worked on, weekends apart: `25 and 28 Dec are holidays`, `29 Dec the office is closed`."""
    week = [day for day in _days(after, until) if day.weekday() < _SATURDAY and not days.is_working(day)]
    holidays = [day for day in week if any(day in holiday_names(nation, day.year) for nation in days.nations)]
    closed = [day for day in week if day not in holidays]
    if holidays:
        yield f"{in_a_row(holidays)} {'is a holiday' if len(holidays) == 1 else 'are holidays'}"
    if closed:
        yield f"the office is closed on {in_a_row(closed)}"


def in_a_row(days: Sequence[date]) -> str:
    """Days in words, each month named once: `25 and 28 Dec and 1 Jan`, `29, 30 and 31 Dec`."""
    months = []
    for _, group in groupby(days, key=lambda day: (day.year, day.month)):
        members = list(group)
        months.append(f"{_joined(str(day.day) for day in members)} {members[0]:%b}")
    return _joined(months)


def from_acknowledgement(day: date, *, acknowledged: bool) -> str:
    """What a reply runs from that runs from the acknowledgement."""
    if acknowledged:
        return f"Acknowledged {spelled(day)}"
    return f"Not acknowledged yet, so counted from the last day for it, {spelled(day)}"


def waits(pause: Pause) -> str:
    """Why there is no last day while the clock stands still."""
    return (
        f"We asked {WAITS_FOR[pause.kind]} on {spelled(pause.from_on)}: the time to answer stands still until they say."
    )


def stood_still(pauses: Iterable[Pause], start: date) -> Iterator[str]:
    """A sentence for each time in which the clock stood still for at least a day."""
    for each in pauses:
        assert each.to_on is not None
        first = max(each.from_on, start) + timedelta(days=1)
        if first == each.to_on:
            yield f"It stood still on {spelled(first)}, while we waited to be told {WAITS_FOR[each.kind]}."
        elif first < each.to_on:
            between = f"{spelled(first)} to {spelled(each.to_on)}"
            yield f"It stood still from {between}, while we waited to be told {WAITS_FOR[each.kind]}."


def made_longer(extensions: Sequence[int], standard: Standard) -> Iterator[str]:
    """A sentence that says by how much the time was made longer, if it was."""
    if extensions:
        more = counted(sum(extensions), UNITS[standard.unit])
        yield f"It was made longer by {more}: {standard.reply} and {sum(extensions)} are {standard.reply + sum(extensions)}."


def weeks(first: str, count: int, by: date, days: WorkingDays) -> str:
    """The working of a time in weeks."""
    told = f"{first}; {counted(count, 'week')} later is {spelled(by)}"
    if days.is_working(by):
        return f"{told}."
    return f"{told}, which is no working day: the last one before it is {spelled(days.on_or_before(by))}."


def months(first: str, count: int, start: date, corresponding: date, by: date, still: int) -> str:
    """The working of a time in calendar months."""
    told = f"{first}; {counted(count, 'calendar month')} later"
    if still:
        told += f", with {counted(still, 'day')} that it stood still,"
    told += f" is {spelled(corresponding)}"
    if not still and corresponding.day != start.day:
        told += f" (the month has no {start.day}th)" if start.day < 31 else " (the month has no 31st)"
    if by != corresponding:
        told += f", which is no working day; the next is {spelled(by)}"
    return f"{told}."


def light(shown: Light, next_on: date | None, today: date, office: WorkingDays, *, acknowledging: bool) -> str:
    """How near the next day to keep is: `Answer in 3 working days`, `Acknowledge today`, `Late: answer by ...`."""
    if shown is Light.STILL:
        return "Stands still"
    if next_on is None:
        return "Nothing is due"
    verb = "Acknowledge" if acknowledging else "Answer"
    if next_on == today:
        return f"{verb} today"
    if next_on < today:
        late = office.between(next_on, today)
        ago = f", {counted(late, 'working day')} ago" if late else ""
        return f"Late: {verb.lower()} by {spelled(next_on)}{ago}"
    ahead = office.between(today, next_on)
    return f"{verb} in {counted(ahead, 'working day')}" if ahead else f"{verb} by {spelled(next_on)}"


def answered_within(standard: Standard) -> str:
    """The time to answer in short: `10 working days`, `1 calendar month`, `the same day`."""
    if standard.unit is ReplyUnit.SAME_DAY:
        return "the same day"
    late = " after that" if standard.runs_from is ReplyFrom.ACKNOWLEDGED else ""
    return f"{counted(standard.reply, UNITS[standard.unit])}{late}"


def promise(standard: Standard, calendar: str) -> tuple[str, ...]:
    """What a standard says, in sentences: within which time, in which days, what it waits for, how much longer it may be."""
    acknowledge = f"Acknowledged within {counted(standard.acknowledge, 'working day')}" if standard.acknowledge else ""
    if standard.unit is ReplyUnit.SAME_DAY:
        answer = "dealt with the same day"
    else:
        origin = "the acknowledgement" if standard.runs_from is ReplyFrom.ACKNOWLEDGED else "its receipt"
        answer = f"answered within {counted(standard.reply, UNITS[standard.unit])} of {origin}"
    first = ", ".join(each for each in (acknowledge, answer) if each)
    longer = f"It may be extended by {counted(standard.extend_most, UNITS[standard.unit])} at most."
    return (
        f"{first[:1].upper()}{first[1:]}, in {calendar}.",
        _STILL[standard.pausing],
        *(["After a clarification the whole time runs again."] if standard.starts_again else []),
        longer if standard.extend_most else "It may not be extended.",
        *([f"Source: {standard.source}."] if standard.source else []),
    )


def _days(after: date, until: date) -> Iterator[date]:
    for ahead in range(1, (until - after).days + 1):
        yield after + timedelta(days=ahead)


def _joined(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
