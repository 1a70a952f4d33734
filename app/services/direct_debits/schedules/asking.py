"""A mandate worked out again beside what stands: what stays as it is, what is replaced, and for which rent years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.models.values import CollectionKind, CollectionState, Money
from app.services.core.calendars import RentYear
from app.services.direct_debits.schedules import days, rules, working
from app.services.direct_debits.schedules.dto import Terms, Worked
from app.services.direct_debits.schedules.gathering import Basis
from app.services.direct_debits.schedules.standing import InForce, Limits, Open, Standing
from app.services.direct_debits.schedules.working import OnItsWay, Question

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """A mandate worked out again for a rent year, beside what stands of that.

    Attributes:
        standing: with the version that is replaced as its schedule.
        replaced: the planned collections that what was worked out replaces.
        changes: whether it moves by as much as the policy asks for, or to other days.
    """

    standing: Standing
    worked: Worked
    replaced: tuple[Open, ...]
    changes: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a mandate is worked out from today, whichever the year."""

    basis: Basis
    standing: Standing
    terms: Terms
    limit: Limits
    telling: date
    first_due: date

    def work(self, version: InForce | None, year: RentYear, live: Sequence[Open], ahead: tuple[OnItsWay, ...]) -> Found:
        """A year worked out; `live` is what stands of it, `ahead` what was worked out or stays of the one before."""
        stays = [each for each in live if _stays(each, self.limit, self.telling)]
        replaced = tuple(each for each in live if each not in stays)
        skipped = frozenset(each.planned_on for each in self.standing.open if each.state is CollectionState.SKIPPED)
        left = version.left if version is not None and version.ends_on == year.ends_on else ()
        question = Question(
            self.standing.accounts,
            self.terms,
            self.first_due,
            self.limit.least,
            year,
            (*ahead, *_on_their_way(stays)),
            skipped,
            self.limit.bacs,
            self.standing.mandate_id,
            left,
        )
        worked = working.work(self.basis, question)
        mine = replace(self.standing, schedule=version)
        return Found(mine, worked, replaced, _changes(version, replaced, worked, self.limit))


def work_again(
    basis: Basis, standing: Standing, terms: Terms, limit: Limits, *, next_year: bool = False, anyway: bool = False
) -> tuple[Found, ...]:
    """A mandate worked out again, for one rent year or for two, the earlier first; nothing is kept.

    What is in a run stays, what an officer set by hand, what is presented again, and what the payer was told of and can't be
    told anew by post in time; what nobody was told of stays planned while an e-mail would be in time.

    Where the schedule of the next rent year is made already, this year is worked out first, over the days that are left of it,
    and the next goes on from that; if nothing of this year moves, only the next is told, unless `anyway`. `next_year` works
    out the rent year after today's, and leaves what stands of this one as it is.
    """
    live = [each for each in standing.open if each.state is not CollectionState.SKIPPED]
    telling = limit.first_due(standing)
    soonest = max(days.working_day(limit.today, limit.notice_days, limit.bacs), standing.collect_from or date.min)
    planned = [each.due_on for each in live if _replaceable(each) and each.due_on >= soonest]
    asked = _Asked(basis, standing, terms, limit, telling, min([telling, *planned]))
    year = _year(asked, next_year=next_year)
    if standing.earlier is None or next_year:
        missed = [each for each in live if _missed(each, limit)]
        ahead = [each for each in live if next_year and each.until < year.first_week_on and each not in missed]
        rest = [each for each in live if each not in ahead]
        return (asked.work(standing.schedule, year, rest, _on_their_way(ahead)),)
    this = days.year_at(standing.earlier.ends_on, basis.stated)
    own = [each for each in live if each.until <= this.ends_on]
    rest = [each for each in live if each.until > this.ends_on]
    found = asked.work(standing.earlier, this, own, ())
    if not (found.changes or (anyway and (found.replaced or found.worked.planned))):
        return (asked.work(standing.schedule, year, rest, _on_their_way(own)),)
    ahead = [each for each in own if each not in found.replaced]
    then = asked.work(standing.schedule, year, rest, (*_on_their_way(ahead), *_as_planned(found.worked)))
    return found, replace(then, changes=True)


def _stays(each: Open, limit: Limits, telling: date) -> bool:
    near = each.told and each.due_on < telling
    return not _missed(each, limit) and (near or not _replaceable(each))


def _missed(each: Open, limit: Limits) -> bool:
    """No run took it, and none of today can."""
    return each.state is CollectionState.PLANNED and each.due_on < limit.goes_from


def _replaceable(each: Open) -> bool:
    """A schedule planned it, and no officer changed it."""
    return each.state is CollectionState.PLANNED and each.kind is CollectionKind.SCHEDULED and not each.by_hand


def _on_their_way(stays: Iterable[Open]) -> tuple[OnItsWay, ...]:
    return tuple(
        OnItsWay(each.planned_on, each.due_on, each.shares, each.kind is CollectionKind.SCHEDULED) for each in stays
    )


def _as_planned(worked: Worked) -> tuple[OnItsWay, ...]:
    """What is worked out of this year, as next year finds it."""
    return tuple(
        OnItsWay(each.planned_on, each.due_on, tuple((share.account_id, share.amount.pence) for share in each.shares))
        for each in worked.planned
    )


def _year(asked: _Asked, *, next_year: bool) -> RentYear:
    limit, schedule, stated = asked.limit, asked.standing.schedule, asked.basis.stated
    soonest = days.year_of(limit.today, asked.terms, asked.first_due, stated, limit.bacs)
    if schedule is None:
        return soonest
    own = days.year_at(schedule.ends_on, stated)
    this = days.year_at(limit.today, stated)
    if next_year and own.first_week_on <= this.first_week_on:
        own = days.year_at(this.ends_on + _DAY, stated)
    return max(own, soonest, key=lambda year: year.first_week_on)


def _changes(version: InForce | None, replaced: Sequence[Open], worked: Worked, limit: Limits) -> bool:
    """Whether anything that is collected moves by as much as the policy asks for, or on another day."""
    if version is not None and worked.ends_on > version.ends_on:
        return True
    was = {one.planned_on: (one.due_on, one.pence) for one in replaced}
    now = {one.planned_on: (one.due_on, one.amount.pence) for one in worked.planned}
    if was.keys() != now.keys() or any(was[on][0] != now[on][0] for on in was):
        return True
    return any(rules.differs(Money(was[on][1]), Money(now[on][1]), limit.change_from) for on in was)
