"""Sharing work out evenly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def share_out(loads: Mapping[int, int], items: Sequence[int], shut: Mapping[int, Collection[int]]) -> dict[int, int]:
    """Who gets which item: each goes to whoever has the fewest by then, of those who may have it.

    Args:
        loads: how many open items each officer has, in the order in which equals are served.
        items: what is to be shared out, in turn.
        shut: officers who may not have an item, by the item.

    Returns:
        The officer of each item; an item that nobody may have is left out.
    """
    has = dict(loads)
    given: dict[int, int] = {}
    for item in items:
        may = [officer for officer in has if officer not in shut.get(item, ())]
        if may:
            chosen = min(may, key=has.__getitem__)
            has[chosen] += 1
            given[item] = chosen
    return given


def follow_cover(officer: int, away: Mapping[int, int | None]) -> int | None:
    """Who sees to the work of an officer: themselves, or whoever covers for them, or covers for their cover.

    Args:
        officer: whose work it is.
        away: the officers who are away, each with their cover; None where nobody covers.

    Returns:
        Somebody who is there; None where nobody covers, or those who cover for each other are all away.
    """
    seen: set[int] = set()
    at: int | None = officer
    while at is not None and at in away:
        if at in seen:
            return None
        seen.add(at)
        at = away[at]
    return at
