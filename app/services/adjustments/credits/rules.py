"""What counts as an attempt to give a credit back, and what a write-on of it still lacks (rules.md 2.9). Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, AttemptOutcome, AttemptWay, Money
from app.services.adjustments.credits.dto import LETTERS, Answered, AttemptRow, NewAttempt, Unclaimed
from app.services.adjustments.refunds.rules import unclaimed_from
from app.services.core.errors import UserError, UserErrors
from app.services.ledger.dto import StandingCredit

MOST_NOTE: Final = 400


def refuse_faults(new: NewAttempt, today: date) -> None:
    """Refuse an attempt whose fields can't be as they are.

    Raises:
        UserErrors: one for each field that has a fault.
    """
    errors = []
    if new.tried_on > today:
        errors.append(UserError("That day is to come.", "Give the day on which it was tried.", "tried_on"))
    if new.way is AttemptWay.CAME_BACK:
        errors.append(UserError("A refund that came back is noted by itself.", "Choose what was tried.", "way"))
    if new.way not in LETTERS and not new.note.strip():
        errors.append(UserError("Say what was done, and whom you spoke to or looked for.", field="note"))
    errors += _note(new.note)
    if errors:
        raise UserErrors(errors)


def refuse_unanswered(answered: Answered) -> None:
    """Refuse an answer that says nothing, or says it at length.

    Raises:
        UserErrors: one for each field that has a fault.
    """
    errors = _note(answered.note)
    if answered.outcome is AttemptOutcome.WAITING:
        errors.append(UserError("Choose what came of it.", field="outcome"))
    if errors:
        raise UserErrors(errors)


def aged(standing: StandingCredit | None, credit: Money, today: date, *, goes_on: bool) -> Unclaimed:
    """What of a credit is over six years old: the credit less the lines that took effect in the last six years.

    What was charged or paid back meanwhile took the oldest first: so no more is ever called unclaimed than is.
    """
    if standing is None or credit <= ZERO:
        return Unclaimed(max(credit, ZERO), goes_on=goes_on)
    old = [line.effective_on for line in standing.lines if unclaimed_from(line.effective_on) <= today]
    young = (-line.amount for line in standing.lines if unclaimed_from(line.effective_on) > today)
    amount = max(credit - sum(young, ZERO), ZERO) if old else ZERO
    return Unclaimed(credit, standing.since, amount, max(old, default=None), goes_on)


def counted(rows: Iterable[AttemptRow], since: date, today: date, apart: int) -> int:
    """How many attempts count towards a write-on: for this credit, so many days apart, given so long for an answer, not claimed."""
    count, last = 0, date.min
    for row in sorted(rows, key=lambda each: (each.tried_on, each.attempt_id)):
        early = row.outcome is AttemptOutcome.WAITING and row.tried_on + timedelta(days=apart) > today
        claimed = row.outcome is AttemptOutcome.CLAIMED
        if (
            row.stands
            and not early
            and not claimed
            and row.tried_on >= since
            and (not count or (row.tried_on - last).days >= apart)
        ):
            count, last = count + 1, row.tried_on
    return count


def missing(rows: Sequence[AttemptRow], found: Unclaimed, today: date, needed: int, apart: int) -> str:
    """What a write-on of a credit still lacks, as a sentence; empty where it lacks nothing."""
    if found.since is None:
        return "It isn't in credit."
    if found.goes_on:
        return "Its tenancy goes on: what stands to its credit is rent in advance."
    if (first := unclaimed_from(found.since)) > today:
        return (
            f"It is a credit since {_day(found.since)}: it is written on from {_day(first)}, when six years are over."
        )
    if found.last_on is None or not found.amount:
        return f"Nothing of the credit of {found.credit} is six years old: what came since then makes up all of it."
    asked = (row.tried_on for row in rows if row.outcome is AttemptOutcome.CLAIMED and row.tried_on >= found.since)
    if (asked_on := max(asked, default=None)) is not None:
        return f"They asked for it on {_day(asked_on)}: refund it."
    count = counted(rows, found.last_on, today, apart)
    if count < needed:
        counts = "counts" if count == 1 else "count"
        return (
            f"Policy asks for {needed} attempts to give it back, {apart} days apart and unanswered: {count} {counts}."
        )
    return ""


def above(found: Unclaimed, wanted: Money, promised: Money, refunds: Sequence[int]) -> str:
    """Why so much isn't written on, as a sentence; empty where what is six years old, and isn't on its way back, covers it.

    `promised`: what the refunds on their way take of the credit, and `refunds` their numbers.
    """
    if wanted > found.credit:
        return f"{wanted} is more than the credit of {found.credit}."
    if wanted > (left := max(found.credit - promised, ZERO)):
        which = f"Refund {refunds[0]} takes" if len(refunds) == 1 else f"Refunds {', '.join(map(str, refunds))} take"
        return f"{which} {promised} of the credit of {found.credit}, and only {left} is left."
    if wanted > found.amount:
        return f"{wanted} is more than may be written on: only {found.amount} of it is six years old."
    return ""


def _note(note: str) -> list[UserError]:
    if len(note) <= MOST_NOTE:
        return []
    return [UserError(f"The note is {len(note)} characters long; {MOST_NOTE} is the most.", "Shorten it.", "note")]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
