"""Who would hold each tenancy once two records are one, or two again; what hangs on that is plugged in by the areas above."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.models.people import PersonMerge, PersonMergeRow, Tenant
from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.effects import Effect

Days = tuple[date | None, date | None]
"""The first and the last day of somebody's place in a tenancy, where they are recorded."""
Held = Mapping[int, Mapping[int, Days]]
"""By tenancy, who holds it (a person) on which days."""
Pair = tuple[int, int]
"""The record that is kept and the one that is, or was, part of it."""


@dataclass(frozen=True, slots=True)
class Follower:
    """What hangs on who holds what.

    Attributes:
        tell: what will be done, for two records and who will hold their tenancies.
        follow: do it, for two records once it is recorded who holds what; the reason and a key make it known.
    """

    tell: Callable[[Context, Pair, Held], Iterable[Effect]]
    follow: Callable[[Context, Pair, str, str], None]


SLOT: Final = "merged"
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Plug in what hangs on who holds what; `app/registered.py` names the modules that do."""
    if follower not in _followers:
        _followers.append(follower)


def tell(ctx: Context, pair: Pair, held: Held) -> Iterator[Effect]:
    """What will be done because of who will hold the tenancies of two records."""
    plugs.fill(SLOT)
    for each in _followers:
        yield from each.tell(ctx, pair, held)


def follow(ctx: Context, pair: Pair, why: str, key: str) -> None:
    """Do it, once it is recorded who holds what."""
    plugs.fill(SLOT)
    for each in _followers:
        each.follow(ctx, pair, why, key)


def together(ctx: Context, pair: Pair) -> Held:
    """Who holds the tenancies of two records once they are one."""
    kept_id, merged_id = pair
    found: defaultdict[int, dict[int, Days]] = defaultdict(dict)
    for tenancy_id, holders in _held(ctx, pair).items():
        for person_id, days in holders.items():
            who = kept_id if person_id == merged_id else person_id
            standing = found[tenancy_id].get(who)
            found[tenancy_id][who] = days if standing is None else both(standing, days)
    return found


def apart(ctx: Context, merge: PersonMerge) -> Held:
    """Who holds the tenancies of two records once they are two again."""
    found = _held(ctx, (merge.kept_id, merge.merged_id))
    moved = select(PersonMergeRow).where(PersonMergeRow.merge_id == merge.id, PersonMergeRow.table == "tenant")
    for row in ctx.session.scalars(moved):
        holders = found.get(int(row.row_key.split(",")[0]), {})
        if row.taken:
            taken = json.loads(row.taken)
            own, other = taken_days(taken)
            if own is not None and holders.get(merge.kept_id) == both(own, other):
                holders[merge.kept_id] = own
            holders[merge.merged_id] = other
        elif merge.kept_id in holders:
            holders[merge.merged_id] = holders.pop(merge.kept_id)
    return found


def both(one: Days, other: Days) -> Days:
    """From the first day of either to the last."""
    first = None if one[0] is None or other[0] is None else min(one[0], other[0])
    last = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return first, last


def taken_days(taken: Mapping[str, Any]) -> tuple[Days | None, Days]:
    """Of a place that a merge took away: the days of the place beside it, where they were written down, and its own."""
    values = taken["values"]
    own = _read_days(taken["days"]) if "days" in taken else None
    return own, _read_days([values.get("from_on"), values.get("to_on")])


def _read_days(written: list[str | None]) -> Days:
    first, last = (date.fromisoformat(day) if day is not None else None for day in written)
    return first, last


def _held(ctx: Context, pair: Pair) -> dict[int, dict[int, Days]]:
    """Who holds the tenancies of two records, as it is recorded."""
    found: defaultdict[int, dict[int, Days]] = defaultdict(dict)
    theirs = select(Tenant.tenancy_id).where(Tenant.person_id.in_(pair))
    for place in ctx.session.scalars(select(Tenant).where(Tenant.tenancy_id.in_(theirs))):
        found[place.tenancy_id][place.person_id] = place.from_on, place.to_on
    return found
