"""What stands of mandates' schedules: the version in force, its collections, and what of them may still be changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule, SchedulePart
from app.models.values import CollectionKind, CollectionState, MandateState, Money, PartKind, ScheduleState
from app.services.core.calendars import WorkingDays
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.schedules import days
from app.services.direct_debits.schedules.dto import Terms

_OPEN: Final = (CollectionState.PLANNED, CollectionState.IN_RUN, CollectionState.SKIPPED)
_INPUT_DAYS: Final = 2
"""A file of today is processed on the next working day and moves money on the one after (bacs.md 4)."""


@dataclass(frozen=True, slots=True)
class Open:
    """A collection that wasn't posted yet.

    Attributes:
        version: that of its row.
        until: the last day of the rent year that its schedule planned it for; of any other, the day on which it is due.
    """

    collection_id: int
    version: int
    kind: CollectionKind
    state: CollectionState
    planned_on: date
    due_on: date
    pence: int
    by_hand: bool
    noticed_due_on: date | None
    noticed_pence: int | None
    shares: tuple[tuple[int, int], ...]
    until: date

    @property
    def told(self) -> bool:
        """The payer was told of it as it is."""
        return (self.noticed_due_on, self.noticed_pence) == (self.due_on, self.pence)


@dataclass(frozen=True, slots=True)
class InForce:
    """The version of a schedule in force.

    Attributes:
        left: what officers left for the end of the year by hand, by account: below nothing is collected less.
    """

    schedule_id: int
    number: int
    terms: Terms
    first_week_on: date
    ends_on: date
    count: int
    usual: int
    made_on: date
    left: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A mandate with the accounts that it pays, the main one first, and what stands of its schedule.

    Attributes:
        earlier: while the schedule is that of a later rent year already, the last version of the year that isn't over.
    """

    mandate_id: int
    account_id: int
    state: MandateState
    collect_from: date | None
    accounts: tuple[int, ...]
    schedule: InForce | None = None
    open: tuple[Open, ...] = ()
    earlier: InForce | None = None

    @property
    def terms(self) -> Terms | None:
        """How it is collected, from the first day of this rent year's; None without a schedule."""
        version = self.earlier or self.schedule
        return version.terms if version is not None else None


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
    """Some mandates with what stands of them: six statements for every 900."""
    found: dict[int, Standing] = {}
    for chunk in in_chunks(sorted(set(mandate_ids))):
        accounts = _accounts(ctx, chunk)
        schedules, earlier = _schedules(ctx, chunk)
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
                earlier.get(row.id),
            )
    return found


def _accounts(ctx: Context, chunk: Some[int]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(MandateAccount.mandate_id, MandateAccount.account_id).where(MandateAccount.mandate_id.in_(chunk))
    for mandate_id, account_id in ctx.session.execute(rows):
        found[mandate_id].add(account_id)
    return found


def _schedules(ctx: Context, chunk: Some[int]) -> tuple[dict[int, InForce], dict[int, InForce]]:
    """The version in force of each mandate, and of this rent year the last one where that is of a later year."""
    made, later = DebitSchedule, aliased(DebitSchedule)
    columns = (made.mandate_id, made.state, made.id, made.number, made.frequency, made.day, made.starts_on)
    more = (made.first_week_on, made.ends_on, made.count, made.pence, made.made_at)
    after = select(later.id).where(
        later.mandate_id == made.mandate_id, later.state == ScheduleState.CURRENT, later.ends_on > made.ends_on
    )
    before = and_(made.state == ScheduleState.SUPERSEDED, made.ends_on >= ctx.clock.today(), after.exists())
    rows = select(*columns, *more).where(made.mandate_id.in_(chunk), or_(made.state == ScheduleState.CURRENT, before))
    found = ctx.session.execute(rows.order_by(made.number)).all()
    left = _left(ctx, [row[2] for row in found])
    current: dict[int, InForce] = {}
    earlier: dict[int, InForce] = {}
    for row in found:
        terms = Terms(row.frequency, row.day, row.starts_on)
        made_on, mine = row.made_at.astimezone().date(), tuple(left[row.id])
        one = InForce(row.id, row.number, terms, row.first_week_on, row.ends_on, row[9], row.pence, made_on, mine)
        (current if row.state is ScheduleState.CURRENT else earlier)[row.mandate_id] = one
    return current, earlier


def _left(ctx: Context, schedule_ids: Sequence[int]) -> defaultdict[int, list[tuple[int, int]]]:
    """What officers left for the end of the year, of each version."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    part = SchedulePart
    for chunk in in_chunks(schedule_ids):
        rows = select(part.schedule_id, part.account_id, part.pence).where(
            part.schedule_id.in_(chunk), part.kind == PartKind.LEFT
        )
        for schedule_id, account_id, pence in ctx.session.execute(rows.order_by(part.schedule_id, part.place)):
            found[schedule_id].append((account_id, pence))
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
    until = case(
        (each.kind == CollectionKind.SCHEDULED, func.coalesce(DebitSchedule.ends_on, each.due_on)), else_=each.due_on
    ).label("until")
    columns = (each.mandate_id, each.id, each.version, each.kind, each.state, each.planned_on, each.due_on, each.pence)
    rows = (
        select(*columns, each.by_hand, each.noticed_due_on, each.noticed_pence, until)
        .outerjoin(DebitSchedule, DebitSchedule.id == each.schedule_id)
        .where(each.mandate_id.in_(chunk), each.state.in_(_OPEN))
        .order_by(each.planned_on, each.id)
    )
    found: defaultdict[int, list[Open]] = defaultdict(list)
    for row in ctx.session.execute(rows):
        told, mine = (row.noticed_due_on, row.noticed_pence), tuple(shares.get(row.id, ()))
        what = (row.id, row.version, row.kind, row.state, row.planned_on, row.due_on, row.pence, bool(row.by_hand))
        found[row.mandate_id].append(Open(*what, *told, mine, row.until))
    return found
