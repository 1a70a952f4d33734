"""The totals of a run's records: by code, by day, by the council's own account; and of what is left out, by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from app.models.values import BacsCode, LeftOut, Money
from app.services.bacs.dto import Masked, OwnAccounts, ProcessingDays
from app.services.direct_debits.runs.dto import (
    CODES,
    CodeTotal,
    DayTotal,
    LeftOutRow,
    OwnTotal,
    ReasonTotal,
    RunLine,
)

Item = TypeVar("Item", RunLine, LeftOutRow)
Key = TypeVar("Key", bound=Hashable)
Sums = Mapping[Key, tuple[int, Money]]
"""How many there are of each, and what they come to."""


def sums(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[int, Money]]:
    """How many items there are of each key, and what they come to."""
    counts: Counter[Key] = Counter()
    pence: Counter[Key] = Counter()
    for item in items:
        counts[key(item)] += 1
        pence[key(item)] += item.amount.pence
    return {each: (counts[each], Money(pence[each])) for each in counts}


def by_code(found: Sums[BacsCode]) -> tuple[CodeTotal, ...]:
    """In the order of a file."""
    return tuple(CodeTotal(code, *found[code]) for code in CODES if code in found)


def by_day(found: Sums[date], days: Sequence[ProcessingDays]) -> tuple[DayTotal, ...]:
    """Each day of the file, also one on which nothing goes."""
    return tuple(DayTotal(day, *found.get(day.entry_on, (0, Money(0)))) for day in days)


def by_own(found: Sums[str], own: OwnAccounts) -> tuple[OwnTotal, ...]:
    """Each of the council's accounts that something goes to, its usual one first."""
    return tuple(
        OwnTotal(scope, f"{own.of(scope).name}, {Masked(own.of(scope).account_number[-2:]).words}", *found[scope])
        for scope in sorted(found)
    )


def by_reason(found: Sums[LeftOut]) -> tuple[ReasonTotal, ...]:
    """In the order in which reasons are listed."""
    return tuple(ReasonTotal(reason, *found[reason]) for reason in LeftOut if reason in found)
