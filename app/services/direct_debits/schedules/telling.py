"""How an instalment is said: as a sum read out line by line, in one sentence, and beside the version before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.models.values import ZERO, Money, PartKind
from app.services.direct_debits.schedules.dto import (
    PARTS,
    CollectionRow,
    Explained,
    Moved,
    Part,
    Schedule,
    SumLine,
    Worked,
)

_AT_END: Final = "At the end of the year"


def explained(
    schedule: Schedule, reference: str, dates: tuple[CollectionRow, ...], accounts: Mapping[int, str]
) -> Explained:
    """A version as a sum; `accounts` are the payment references, told where there are several."""
    lines = [*_parts(schedule.parts, accounts), SumLine("To collect", "", schedule.total, strong=True)]
    if schedule.count:
        others = schedule.count - 1
        usual = f"{others} of {schedule.usual}" if others else ""
        odd = f"the first {schedule.first}" if schedule.first != schedule.usual or not others else ""
        words = " and ".join(each for each in (odd, usual) if each) if odd else f"{schedule.count} of {schedule.usual}"
        lines.append(SumLine(f"Over {schedule.count} {_dates(schedule.count)}", words, schedule.usual, strong=True))
    else:
        lines.append(SumLine("Nothing is collected", "", None, strong=True))
    ends = f"{schedule.ends_on.day} {schedule.ends_on:%b %Y}"
    lines.append(SumLine(_AT_END, f"forecast balance on {ends}", schedule.forecast, balance=True))
    return Explained(schedule, reference, tuple(lines), dates, said(schedule))


def said(of: Schedule | Worked) -> str:
    """The sum in one sentence: `£1,200.00 over 10 collections: the first £120.04, then £119.96 each`."""
    if not of.count:
        return (of.why if isinstance(of, Worked) else "") or "Nothing is collected."
    if of.count == 1:
        return f"{of.total} in one collection."
    if of.first == of.usual:
        return f"{of.total} over {of.count} collections of {of.usual}, {of.terms.words}."
    return f"{of.total} over {of.count} collections: the first {of.first}, then {of.usual} each, {of.terms.words}."


def moved(old: Schedule | None, new: Schedule) -> tuple[Moved, ...]:
    """The parts that another version had otherwise, in the order of the sum; of the first version none."""
    if old is None:
        return ()
    was, now = _summed(old.parts), _summed(new.parts)
    words = {(part.kind, part.account_id): part.words for part in (*old.parts, *new.parts)}
    keys = [*now, *(key for key in was if key not in now)]
    found = ((kind, account, was.get((kind, account), ZERO), now.get((kind, account), ZERO)) for kind, account in keys)
    return tuple(Moved(*each, words[each[:2]]) for each in found if each[2] != each[3])


def _parts(parts: Sequence[Part], accounts: Mapping[int, str]) -> Iterator[SumLine]:
    for part in parts:
        whose = f"{accounts.get(part.account_id, '')}: " if len(accounts) > 1 else ""
        yield SumLine(PARTS[part.kind], f"{whose}{part.words}", part.amount)


def _summed(parts: Sequence[Part]) -> dict[tuple[PartKind, int], Money]:
    found: dict[tuple[PartKind, int], Money] = {}
    for part in parts:
        key = (part.kind, part.account_id)
        found[key] = found.get(key, ZERO) + part.amount
    return found


def _dates(count: int) -> str:
    return "date" if count == 1 else "dates"
