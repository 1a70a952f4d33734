"""Accounting periods: opened as they are needed, closed and reopened in order by two people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.charges import ChargeRun
from app.models.ledger import Journal
from app.models.periods import Period
from app.models.values import PeriodState
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import snapshots
from app.services.ledger.dto import PeriodRow, PreCheck
from app.services.ledger.rules import month_of, period_name

_FURTHEST: Final = timedelta(days=31)
_MOST_MONTHS: Final = 600


def ensure_open(ctx: Context, on: date) -> Period:
    """The period of a day, made if there is none yet, with the months between; the one before a new one gets its snapshot.

    Raises:
        UserError: the period is closed, or lies before one that is, or the day is more than 31 days ahead.
    """
    if on > ctx.clock.today() + _FURTHEST:
        raise UserError(f"{on.day} {on:%b %Y} is too far ahead to post to.")
    period = find(ctx.session, on)
    if period is None:
        period = _make_up_to(ctx, on)
    if period.state is PeriodState.CLOSED:
        raise UserError(
            f"The period {period.name} ({period.starts_on:%d %b} to {period.ends_on:%d %b %Y}) is closed.",
            "Post in the open period: the line can still belong to an earlier week. Or ask for the period to be reopened.",
        )
    return period


def find(session: Session, on: date) -> Period | None:
    """The period that a day is in, if there is one."""
    return session.scalars(select(Period).where(Period.starts_on <= on, Period.ends_on >= on)).first()


def by_name(session: Session, name: str) -> Period:
    """A period by its name (`2026-27 P08`) or by a month or day in it (`2026-11`, `2026-11-21`).

    Raises:
        UserError: there is none.
    """
    wanted = name.strip().upper()
    found = session.scalars(select(Period).where(func.upper(Period.name) == wanted)).first()
    if found is None:
        try:
            found = find(session, date.fromisoformat(wanted if len(wanted) > 7 else f"{wanted}-01"))
        except ValueError:
            found = None
    if found is None:
        raise UserError(
            f"There is no period '{name}'.", "A period is named like 2026-27 P08, or by its month: 2026-11."
        )
    return found


def first_open_day(session: Session, on: date) -> date:
    """The day itself if its period takes postings (or doesn't exist yet), else the first day of the next open period."""
    period = find(session, on)
    if period is None or period.state is PeriodState.OPEN:
        return on
    later = select(Period).where(Period.starts_on > on, Period.state == PeriodState.OPEN).order_by(Period.starts_on)
    following = session.scalars(later).first()
    if following is not None:
        return following.starts_on
    last = session.scalars(select(Period).order_by(Period.ends_on.desc())).first()
    return last.ends_on + timedelta(days=1) if last else on


def closed_among(session: Session, days: Iterable[date]) -> tuple[Period, ...]:
    """The closed periods that some days lie in, the earliest first."""
    wanted = set(days)
    if not wanted:
        return ()
    over = (Period.ends_on >= min(wanted), Period.starts_on <= max(wanted))
    closed = session.scalars(select(Period).where(Period.state == PeriodState.CLOSED, *over).order_by(Period.starts_on))
    return tuple(each for each in closed if any(each.starts_on <= day <= each.ends_on for day in wanted))


def name_of(session: Session, on: date) -> str:
    """The name of the period that a day is in, or will be in once something is posted there."""
    period = find(session, on)
    return period.name if period is not None else period_name(month_of(on)[0])


def change_state(ctx: Context, period: Period, to_state: PeriodState) -> PeriodRow:
    """Close or reopen a period, for a service that has asked a second officer; a closed one keeps its balances.

    Raises:
        UserError: as `refuse_unfit`.
    """
    refuse_unfit(ctx, period, to_state)
    if to_state is PeriodState.CLOSED:
        snapshots.take(ctx.session, period, ctx.clock)
    period.state = to_state
    ctx.session.flush()
    return row_of(ctx.session, period)


def refuse_unfit(ctx: Context, period: Period, to_state: PeriodState) -> None:
    """Refuse a change that may not be made as things stand.

    Raises:
        UserError: the period is in that state already, a check stops its closing, or a later one is closed.
    """
    if period.state is to_state:
        raise UserError(f"The period {period.name} is {to_state.value} already.")
    if to_state is PeriodState.CLOSED:
        for check in pre_checks(ctx, period):
            if check.stops and not check.passed:
                raise UserError(f"{period.name} can't be closed yet. {check.message}")
        return
    later = ctx.session.scalars(
        select(Period.name).where(Period.starts_on > period.starts_on, Period.state == PeriodState.CLOSED)
    ).first()
    if later:
        raise UserError(
            f"{period.name} can't be reopened while {later} is closed.", "Reopen the latest closed period first."
        )


def list_periods(ctx: Context) -> tuple[PeriodRow, ...]:
    """Every period, the latest first; a finished open one with its pre-checks."""
    periods = ctx.session.scalars(select(Period).order_by(Period.starts_on.desc())).all()
    oldest_open = min((p.starts_on for p in periods if p.state is PeriodState.OPEN), default=None)
    return tuple(row_of(ctx.session, p, pre_checks(ctx, p) if p.starts_on == oldest_open else ()) for p in periods)


def pre_checks(ctx: Context, period: Period) -> tuple[PreCheck, ...]:
    """What must be so before a period closes: it is over, the ones before it are closed; and what should be: its weeks are charged."""
    session = ctx.session
    earlier = session.scalar(
        select(func.count())
        .select_from(Period)
        .where(Period.ends_on < period.starts_on, Period.state == PeriodState.OPEN)
    )
    mondays = {
        monday
        for week in range(6)
        if period.starts_on <= (monday := week_monday(period.starts_on) + timedelta(weeks=week)) <= period.ends_on
    }
    charged = set(session.scalars(select(ChargeRun.week_on).where(ChargeRun.week_on.in_(mondays))))
    missed = sorted(mondays - charged)
    return (
        PreCheck("over", period.ends_on < ctx.clock.today(), f"The period runs to {period.ends_on:%d %b %Y}."),
        PreCheck(
            "in order",
            not earlier,
            f"{earlier} earlier periods are open." if earlier else "Earlier periods are closed.",
        ),
        PreCheck(
            "weeks charged",
            not missed,
            "Not charged: " + ", ".join(f"{week:%d %b}" for week in missed) + "."
            if missed
            else "Every week is charged.",
            stops=False,
        ),
    )


def _make_up_to(ctx: Context, on: date) -> Period:
    session = ctx.session
    last = session.scalars(select(Period).order_by(Period.ends_on.desc())).first()
    first = session.scalars(select(Period).order_by(Period.starts_on)).first()
    if last is None or first is None:
        return _add_month(session, on)
    if on > last.ends_on:
        snapshots.take(session, last, ctx.clock)
        begin, end = last.ends_on + timedelta(days=1), on
    else:
        if session.scalar(select(func.count()).select_from(Period).where(Period.state == PeriodState.CLOSED)):
            raise UserError(
                f"{on.day} {on:%b %Y} is before the first period of this ledger, and later periods are closed."
            )
        begin, end = month_of(on)[0], first.starts_on - timedelta(days=1)
    if (end - begin).days > _MOST_MONTHS * 31:
        raise UserError(f"{on.day} {on:%b %Y} is too far from the other periods of this ledger.")
    while begin <= end:
        begin = _add_month(session, begin).ends_on + timedelta(days=1)
    found = find(session, on)
    assert found is not None
    return found


def _add_month(session: Session, on: date) -> Period:
    starts_on, ends_on = month_of(on)
    period = Period(name=period_name(starts_on), starts_on=starts_on, ends_on=ends_on, state=PeriodState.OPEN)
    session.add(period)
    session.flush()
    return period


def row_of(session: Session, period: Period, checks: tuple[PreCheck, ...] = ()) -> PeriodRow:
    """A period as listed."""
    journals = session.scalar(
        select(func.count())
        .select_from(Journal)
        .where(Journal.accounting_on >= period.starts_on, Journal.accounting_on <= period.ends_on)
    )
    return PeriodRow(
        period.id, period.name, period.starts_on, period.ends_on, period.state, journals=journals or 0, checks=checks
    )
