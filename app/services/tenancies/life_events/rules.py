"""Which days a life event may have, and what is proposed of the things that hang on a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from app.models.values import LifeEvent
from app.services.core.errors import UserError
from app.services.tenancies.life_events.dto import Choice

WORDS: Final[Mapping[LifeEvent, str]] = {
    LifeEvent.DEATH: "Death",
    LifeEvent.MOVE: "Move",
    LifeEvent.HOSPITAL: "Stay in hospital",
    LifeEvent.PRISON: "Time in prison",
    LifeEvent.ABANDONMENT: "Abandonment",
    LifeEvent.EVICTION: "Eviction",
    LifeEvent.RIGHT_TO_BUY: "Right to Buy completion",
}
"""What each is called."""

_AHEAD: Final = frozenset({LifeEvent.MOVE, LifeEvent.EVICTION, LifeEvent.RIGHT_TO_BUY})
"""What may lie ahead: the day is fixed before it comes."""
_YEARS: Final = 10
_DAYS_AHEAD: Final = 366


def check_days(kind: LifeEvent, happened_on: date, told_on: date, today: date, born_on: date | None = None) -> None:
    """Refuse days that can't be.

    Raises:
        UserError: it lies in the future and can't, more than ten years back or a year ahead, before the person was born, or
            the office heard of it after today, or before a thing that can't be foreseen.
    """
    if told_on > today:
        raise UserError("The day you were told lies in the future.", "Enter the day you heard of it.", "told_on")
    if happened_on > today and kind not in _AHEAD:
        raise UserError("That day lies in the future.", "Enter the day it happened.", "happened_on")
    if happened_on > today + timedelta(days=_DAYS_AHEAD):
        raise UserError("That day is more than a year ahead.", "Check the year.", "happened_on")
    if happened_on < _years_before(today):
        raise UserError(f"That day is more than {_YEARS} years back.", "Check the year.", "happened_on")
    if born_on is not None and happened_on < born_on:
        raise UserError("They were not born yet on that day.", "Check the day, or whose it is.", "happened_on")
    if told_on < happened_on and kind not in _AHEAD:
        raise UserError("The day you were told is before the day it happened.", "Change one of the two.", "told_on")


def dwelling(kind: LifeEvent, *, joint: bool) -> tuple[Choice, ...]:
    """What can be done with the home of somebody, the proposal first; `joint`: somebody else holds it with them.

    A joint tenant's death leaves the tenancy to the others by survivorship (Housing Act 1985 s.88(1)(b)). A sole tenant's
    tenancy goes on until it is ended by notice or passes to a successor, so that is looked into first.
    """
    if kind is LifeEvent.DEATH:
        return (Choice.MOVE, Choice.LATER) if joint else (Choice.LATER, Choice.STOP)
    if kind in {LifeEvent.EVICTION, LifeEvent.RIGHT_TO_BUY}:
        return (Choice.STOP, Choice.LATER)
    if kind is LifeEvent.ABANDONMENT:
        return (Choice.LATER, Choice.STOP, Choice.KEEP)
    if kind is LifeEvent.MOVE and not joint:
        return (Choice.LATER, Choice.STOP, Choice.KEEP)
    return (Choice.KEEP, Choice.LATER)


def garage(kind: LifeEvent, *, joint: bool) -> tuple[Choice, ...]:
    """The same of a garage or another letting that is no home."""
    if kind is LifeEvent.DEATH:
        return (Choice.MOVE, Choice.LATER) if joint else (Choice.STOP, Choice.LATER)
    if kind in {LifeEvent.ABANDONMENT, LifeEvent.EVICTION}:
        return (Choice.LATER, Choice.STOP, Choice.KEEP)
    return (Choice.KEEP, Choice.LATER, Choice.STOP)


def claim(kind: LifeEvent, *, leaves: bool) -> tuple[Choice, ...]:
    """What can be done with a claim to a benefit; `leaves`: the tenancy ends with the event or passes to others."""
    if kind is LifeEvent.DEATH or leaves:
        return (Choice.STOP, Choice.LATER)
    if kind is LifeEvent.MOVE:
        return (Choice.LATER, Choice.STOP, Choice.KEEP)
    return (Choice.LATER, Choice.KEEP, Choice.STOP)


def arrangement(kind: LifeEvent, *, joint: bool) -> tuple[Choice, ...]:
    """What can be done with a repayment arrangement; the others owe a joint debt in full, so theirs goes on."""
    gone = kind in {LifeEvent.DEATH, LifeEvent.EVICTION}
    return (Choice.STOP, Choice.KEEP) if gone and not joint else (Choice.KEEP, Choice.STOP)


def queued_letter(kind: LifeEvent, *, joint: bool) -> tuple[Choice, ...]:
    """What can be done with a letter that hasn't gone."""
    away = kind in {LifeEvent.DEATH, LifeEvent.EVICTION, LifeEvent.ABANDONMENT} and not joint
    return (Choice.STOP, Choice.KEEP) if away or kind is LifeEvent.DEATH else (Choice.KEEP, Choice.STOP)


def payment(kind: LifeEvent) -> tuple[Choice, ...]:
    """What can be done with a Direct Debit or a payment card."""
    if kind in {LifeEvent.DEATH, LifeEvent.EVICTION, LifeEvent.RIGHT_TO_BUY}:
        return (Choice.STOP, Choice.LATER)
    return (Choice.KEEP, Choice.STOP, Choice.LATER)


def _years_before(today: date) -> date:
    """The same day ten years ago; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - _YEARS)
    except ValueError:
        return today.replace(year=today.year - _YEARS, day=28)
