"""What stands of mandates' schedules: the version in force, its collections, and what of them may still be changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule
from app.models.values import CollectionKind, CollectionState, MandateState, Money, ScheduleState
from app.services.core.calendars import RentYear, WorkingDays
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.schedules import days
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.schedules.working import OnItsWay, Question

COLLECTS: Final = (MandateState.NEW, MandateState.LODGED, MandateState.LIVE, MandateState.AMENDED)
"""Mandates that something is collected by, or will be; of a suspended one everything waits."""
OVER: Final = (MandateState.CANCELLED, MandateState.DORMANT, MandateState.EXPIRED)
"""Nothing is collected by these any more."""
_OPEN: Final = (CollectionState.PLANNED, CollectionState.IN_RUN, CollectionState.SKIPPED)
_INPUT_DAYS: Final = 2
"""A file of today is processed on the next working day and moves money on the one after (bacs.md 4)."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Open:
    """A collection that wasn't posted yet."""

    collection_id: int
    kind: CollectionKind
    state: CollectionState
    planned_on: date
    due_on: date
    pence: int
    by_hand: bool
    noticed_due_on: date | None
    noticed_pence: int | None
    shares: tuple[tuple[int, int], ...]

    @property
    def told(self) -> bool:
        """The payer was told of it as it is."""
        return (self.noticed_due_on, self.noticed_pence) == (self.due_on, self.pence)


@dataclass(frozen=True, slots=True)
class InForce:
    """The version of a schedule in force."""

    schedule_id: int
    number: int
    terms: Terms
    first_week_on: date
    ends_on: date
    count: int
    usual: int
    made_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A mandate with the accounts that it pays, the main one first, and what stands of its schedule."""

    mandate_id: int
    account_id: int
    state: MandateState
    collect_from: date | None
    accounts: tuple[int, ...]
    schedule: InForce | None = None
    open: tuple[Open, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The policy in force, and today.

    Attributes:
        bacs: the days on which Bacs works, with its one-off closures.
    """

    today: date
    bacs: WorkingDays
    notice_days: int
    post_days: int
    first_after_days: int
    least: Money
    change_from: Money

    @property
    def goes_from(self) -> date:
        """The first day on which something can move that goes into a run today."""
        return days.working_day(self.today, _INPUT_DAYS, self.bacs)

    def first_due(self, standing: Standing | None) -> date:
        """The first day on which something new can be collected by a mandate, or by one that is set up today."""
        collect_from = standing.collect_from if standing else None
        if collect_from is None and (standing is None or standing.state in {MandateState.NEW, MandateState.AMENDED}):
            collect_from = days.working_day(self.goes_from, self.first_after_days, self.bacs)
        return self.first_from(collect_from)

    def first_from(self, collect_from: date | None) -> date:
        """The first day on which something new can be collected by an instruction that the bank knows from a day on."""
        return days.first_day(self.today, self.notice_days, self.post_days, collect_from, self.bacs)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is worked out for a mandate, and the planned collections that what comes of it replaces."""

    question: Question
    replaced: tuple[Open, ...]


def limits(ctx: Context) -> Limits:
    """The limits of today."""
    today = ctx.clock.today()

    def number(key: str) -> int:
        return ctx.policy.number(f"direct_debits.{key}", today)

    return Limits(
        today,
        bacs_days(ctx.policy, today),
        number("notice_days"),
        number("notice_post_days"),
        number("first_after_days"),
        ctx.policy.money("direct_debits.least_instalment", today),
        ctx.policy.money("direct_debits.change_from", today),
    )


def read(ctx: Context, mandate_ids: Some[int]) -> dict[int, Standing]:
    """Some mandates with what stands of them: five statements for every 900."""
    found: dict[int, Standing] = {}
    for chunk in in_chunks(sorted(set(mandate_ids))):
        accounts = _accounts(ctx, chunk)
        schedules = _schedules(ctx, chunk)
        opened = _open(ctx, chunk)
        columns = (Mandate.id, Mandate.account_id, Mandate.state, Mandate.collect_from)
        for row in ctx.session.execute(select(*columns).where(Mandate.id.in_(chunk))):
            others = sorted(accounts[row.id] - {row.account_id})
            own = (row.account_id,) if row.account_id in accounts[row.id] or not others else ()
            found[row.id] = Standing(
                row.id,
                row.account_id,
                row.state,
                row.collect_from,
                (*own, *others),
                schedules.get(row.id),
                tuple(opened[row.id]),
            )
    return found


def ask(standing: Standing, terms: Terms, limit: Limits, stated: tuple[RentYear, ...], *, next_year: bool) -> Asked:
    """What is to be worked out of a mandate now: what stays as it is, what is replaced, and until when.

    What is in a run stays, what an officer set by hand, what is presented again, and what the payer was told of and can't be
    told anew by post in time; what nobody was told of stays planned while an e-mail would be in time. `next_year` works out
    the rent year after that of the schedule, or after today's.
    """
    live = [each for each in standing.open if each.state is not CollectionState.SKIPPED]
    skipped = frozenset(each.planned_on for each in standing.open if each.state is CollectionState.SKIPPED)
    telling = limit.first_due(standing)
    soonest = max(days.working_day(limit.today, limit.notice_days, limit.bacs), standing.collect_from or date.min)
    planned = [each.due_on for each in live if _replaceable(each) and each.due_on >= soonest]
    first_due = min([telling, *planned])
    year = _year(standing, terms, limit, first_due, stated, next_year=next_year)
    begins = days.year_days(year, terms)[:1]
    stays: list[Open] = []
    replaced: list[Open] = []
    for each in live:
        missed = each.state is CollectionState.PLANNED and each.due_on < limit.goes_from
        fixed = each.state is CollectionState.IN_RUN or not _replaceable(each)
        near = each.told and each.due_on < telling
        before = bool(begins) and each.planned_on < begins[0]
        (replaced if missed or not (fixed or near or before) else stays).append(each)
    taken = tuple(OnItsWay(each.planned_on, each.due_on, each.shares) for each in stays)
    question = Question(standing.accounts, terms, first_due, limit.least, year, taken, skipped, limit.bacs)
    return Asked(question, tuple(replaced))


def _replaceable(each: Open) -> bool:
    """A schedule planned it, and no officer changed it."""
    return each.state is CollectionState.PLANNED and each.kind is CollectionKind.SCHEDULED and not each.by_hand


def _year(
    standing: Standing, terms: Terms, limit: Limits, first_due: date, stated: tuple[RentYear, ...], *, next_year: bool
) -> RentYear:
    soonest = days.year_of(limit.today, terms, first_due, stated, limit.bacs)
    if standing.schedule is None:
        return soonest
    own = days.year_at(standing.schedule.ends_on, stated)
    this = days.year_at(limit.today, stated)
    if next_year and own.first_week_on <= this.first_week_on:
        own = days.year_at(this.ends_on + _DAY, stated)
    return max(own, soonest, key=lambda year: year.first_week_on)


def _accounts(ctx: Context, chunk: Some[int]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(MandateAccount.mandate_id, MandateAccount.account_id).where(MandateAccount.mandate_id.in_(chunk))
    for mandate_id, account_id in ctx.session.execute(rows):
        found[mandate_id].add(account_id)
    return found


def _schedules(ctx: Context, chunk: Some[int]) -> dict[int, InForce]:
    made = DebitSchedule
    columns = (made.mandate_id, made.id, made.number, made.frequency, made.day, made.starts_on, made.first_week_on)
    more = (made.ends_on, made.count, made.pence, made.made_at)
    rows = select(*columns, *more).where(made.mandate_id.in_(chunk), made.state == ScheduleState.CURRENT)
    found: dict[int, InForce] = {}
    for row in ctx.session.execute(rows):
        mandate_id, schedule_id, number, frequency, day, starts_on, first_week_on, ends_on, count, pence, made_at = row
        terms = Terms(frequency, day, starts_on)
        made_on = made_at.astimezone().date()
        found[mandate_id] = InForce(schedule_id, number, terms, first_week_on, ends_on, count, pence, made_on)
    return found


def _open(ctx: Context, chunk: Some[int]) -> defaultdict[int, list[Open]]:
    """The collections of mandates that weren't posted, by nominal day."""
    shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    parts = (
        select(CollectionShare.collection_id, CollectionShare.account_id, CollectionShare.pence)
        .join(Collection, Collection.id == CollectionShare.collection_id)
        .where(Collection.mandate_id.in_(chunk), Collection.state.in_(_OPEN))
        .order_by(CollectionShare.collection_id, CollectionShare.account_id)
    )
    for collection_id, account_id, pence in ctx.session.execute(parts):
        shares[collection_id].append((account_id, pence))
    each = Collection
    columns = (each.mandate_id, each.id, each.kind, each.state, each.planned_on, each.due_on, each.pence)
    rows = (
        select(*columns, each.by_hand, each.noticed_due_on, each.noticed_pence)
        .where(each.mandate_id.in_(chunk), each.state.in_(_OPEN))
        .order_by(each.planned_on, each.id)
    )
    found: defaultdict[int, list[Open]] = defaultdict(list)
    for (
        mandate_id,
        collection_id,
        kind,
        state,
        planned_on,
        due_on,
        pence,
        by_hand,
        told_on,
        told,
    ) in ctx.session.execute(rows):
        mine = tuple(shares.get(collection_id, ()))
        found[mandate_id].append(
            Open(collection_id, kind, state, planned_on, due_on, pence, bool(by_hand), told_on, told, mine)
        )
    return found
