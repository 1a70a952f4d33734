"""Why an instalment comes to another amount than before: each part worked out again over the weeks of the version in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, CollectionState, Money, PartKind
from app.services.benefits import rules as benefits
from app.services.core.calendars import WEEK
from app.services.direct_debits.schedules.dto import Part, Worked
from app.services.direct_debits.schedules.gathering import Basis
from app.services.direct_debits.schedules.standing import InForce, Open
from app.services.direct_debits.schedules.working import BY_OTHERS, charge_parts, monthly_parts, weekly_parts

_OWED: Final = (PartKind.BALANCE, PartKind.ARRANGEMENT)
_LATE_WEEKS: Final = 9
"""Housing Benefit was worked out from a week up to so many before the first that wasn't charged."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before: the version in force with its parts, the collections that are replaced, and those that came back.

    `back` is each with the day on which it came back and its pence.
    """

    version: InForce
    parts: tuple[Part, ...]
    replaced: tuple[Open, ...]
    goes_from: date
    back: tuple[tuple[date, int], ...] = ()


@dataclass(slots=True)
class _Told:
    """Reasons with what each moves the sum by."""

    found: list[tuple[int, str]] = field(default_factory=list)
    explained: int = 0

    def say(self, pence: int, words: str) -> None:
        if pence:
            self.found.append((abs(pence), words))
            self.explained += pence


def reasons(basis: Basis, before: Before, account_ids: Sequence[int], worked: Worked) -> tuple[str, ...]:
    """Why, as sentences, the largest first."""
    if before.version.ends_on < worked.ends_on:
        return (f"New schedule until {_day(worked.ends_on)}, from charges of {_day(worked.first_week_on)} on.",)
    told = _Told()
    for account_id in account_ids:
        _charges(basis, before, account_id, worked, told)
        _weekly(basis, before, account_id, told)
        _monthly(basis, before, account_id, told)
        _by_others(before, account_id, worked, told)
    for on, pence in before.back:
        told.say(pence, f"A collection of {Money(pence)} came back on {_day(on)}.")
    for each in before.replaced:
        if each.due_on < before.goes_from and each.state is CollectionState.PLANNED:
            told.say(each.pence, f"The collection of {Money(each.pence)} of {_day(each.due_on)} did not go.")
    planned = sum(each.pence for each in before.replaced if each.due_on >= before.goes_from)
    rest = worked.total.pence - planned - told.explained
    turned = tuple(held(before.parts, worked.parts))
    if turned:
        told.found.append((abs(rest), " ".join(turned)))
    elif rest:
        told.say(
            rest, f"The balance moved: {Money(abs(rest))} {'more' if rest > 0 else 'less'} is owed than worked out."
        )
    if not told.found:
        told.found.append((0, "The dates left to collect on are others."))
    return tuple(words for _, words in sorted(told.found, key=lambda each: -each[0]))


def _charges(basis: Basis, before: Before, account_id: int, worked: Worked, told: _Told) -> None:
    """Charges of the same weeks, with what they are a week where that is the same in all of them."""
    was = [part for part in before.parts if (part.kind, part.account_id) == (PartKind.CHARGES, account_id)]
    span = (before.version.first_week_on, before.version.ends_on)
    if span == (worked.first_week_on, worked.ends_on):
        now = [part for part in worked.parts if (part.kind, part.account_id) == (PartKind.CHARGES, account_id)]
    else:
        now = list(charge_parts(basis, account_id, *span))
    more = _sum(now) - _sum(was)
    if more:
        rates = f": {now[0].words}, before {was[0].words}" if len(was) == len(now) == 1 else ""
        what = f"Charges from {_day(before.version.first_week_on)} come to {_sum(now)}, not {_sum(was)}{rates}."
        told.say(more.pence, what)


def _weekly(basis: Basis, before: Before, account_id: int, told: _Told) -> None:
    """Housing Benefit; from which week it was worked out isn't kept, so that the same from any of them is no change."""

    def now(back: int) -> Callable[[bool], Money]:
        first = before.version.first_week_on - WEEK * back
        return lambda arrears: _sum(
            weekly_parts(basis, account_id, before.version.ends_on, first=first, arrears=arrears)
        )

    was = _of(before.parts, account_id, PartKind.HOUSING_BENEFIT)
    if not was and account_id not in basis.weekly:
        return
    if any(now(back)(arrears) == was for back in range(_LATE_WEEKS) for arrears in (True, False)):
        return
    brought = now(0)(True)
    told.say((brought - was).pence, f"Housing Benefit pays {-brought}, not {-was}.")


def _monthly(basis: Basis, before: Before, account_id: int, told: _Told) -> None:
    """Universal Credit; whether a payment due about the day it was worked out had come isn't kept: either is no change."""
    was = _of(before.parts, account_id, PartKind.UNIVERSAL_CREDIT)
    if not was and account_id not in basis.monthly:
        return
    made_on, until = before.version.made_on, before.version.ends_on
    each = [
        _sum(monthly_parts(basis, account_id, made_on + moved, until, arrears=arrears))
        for moved in (timedelta(), -benefits.LATE, benefits.EARLY)
        for arrears in (True, False)
    ]
    if was not in each:
        told.say((each[0] - was).pence, f"Universal Credit pays us {-each[0]}, not {-was}.")


def _by_others(before: Before, account_id: int, worked: Worked, told: _Told) -> None:
    """What other mandates collect of an account; each is a part whose words name it."""

    def others(parts: Sequence[Part]) -> list[Part]:
        return [part for part in parts if part.account_id == account_id and part.words.startswith(BY_OTHERS)]

    now = others(worked.parts)
    more = _sum(now) - _sum(others(before.parts))
    words = "; ".join(f"{part.words}: {-part.amount}" for part in now) or "Another mandate collects nothing any more"
    told.say(more.pence, f"{words}.")


def held(was: Sequence[Part], now: Sequence[Part]) -> Iterator[str]:
    """What changed of how arrears are collected: a hold or an arrangement that began or is over."""
    before = {part.account_id: part for part in was if part.kind in _OWED}
    for part in now:
        if part.kind not in _OWED:
            continue
        old = before.get(part.account_id)
        if part.kind is PartKind.ARRANGEMENT and (old is None or old.kind is not PartKind.ARRANGEMENT):
            yield f"An arrangement is in force: {part.words}."
        elif old is not None and old.kind is PartKind.ARRANGEMENT and part.kind is PartKind.BALANCE:
            yield f"The arrangement is over: {part.amount} {part.words}."
        elif old is not None and bool(old.amount) != bool(part.amount):
            yield f"{part.words}." if not part.amount else f"Arrears are collected again: {part.amount} {part.words}."


def _of(parts: Sequence[Part], account_id: int, kind: PartKind) -> Money:
    return _sum(part for part in parts if part.account_id == account_id and part.kind is kind)


def _sum(parts: Iterable[Part]) -> Money:
    return sum((part.amount for part in parts), ZERO)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
