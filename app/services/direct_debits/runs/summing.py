"""The totals of a run's records: by code, by day, by the council's own account; and of what is left out, by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from app.models.values import LeftOut, Money
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


def by_code(lines: Iterable[RunLine]) -> tuple[CodeTotal, ...]:
    """In the order of a file."""
    found = _sums(lines, lambda line: line.code)
    return tuple(CodeTotal(code, *found[code]) for code in CODES if code in found)


def by_day(lines: Iterable[RunLine], days: Sequence[ProcessingDays]) -> tuple[DayTotal, ...]:
    """Each day of the file, also one on which nothing goes."""
    found = _sums(lines, lambda line: line.entry_on)
    return tuple(DayTotal(day, *found.get(day.entry_on, (0, Money(0)))) for day in days)


def by_own(lines: Iterable[RunLine], own: OwnAccounts) -> tuple[OwnTotal, ...]:
    """Each of the council's accounts that something goes to, its usual one first."""
    found = _sums(lines, lambda line: line.own_scope)
    return tuple(
        OwnTotal(scope, f"{own.of(scope).name}, {Masked(own.of(scope).account_number[-2:]).words}", *found[scope])
        for scope in sorted(found)
    )


def by_reason(left: Iterable[LeftOutRow]) -> tuple[ReasonTotal, ...]:
    """In the order in which reasons are listed."""
    found = _sums(left, lambda row: row.reason)
    return tuple(ReasonTotal(reason, *found[reason]) for reason in LeftOut if reason in found)


def _sums(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[int, Money]]:
    counts: Counter[Key] = Counter()
    pence: Counter[Key] = Counter()
    for item in items:
        counts[key(item)] += 1
        pence[key(item)] += item.amount.pence
    return {each: (counts[each], Money(pence[each])) for each in counts}
