"""Which week comes next, and which may be charged at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import func, select

from app.models.charges import ChargeRun
from app.models.codes import TransactionCode
from app.models.properties import RentFreeWeek
from app.models.values import CodeKind, JournalKind
from app.services.charges.weeks import Week
from app.services.core.calendars import WEEK, mondays, week_monday
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger.queries import last_effective, reversed_by

VAT_RATE: Final = "vat.standard_rate"


def next_week(ctx: Context) -> date | None:
    """The Monday of the next week to charge: the one after the last that was charged, else after the loaded balances.

    A landlord without either begins with whatever week is asked for.
    """
    return _after(last_charged(ctx) or _loaded_to(ctx))


def weeks_due(ctx: Context, to_week: date) -> tuple[date, ...]:
    """The Mondays to charge, in order, up to the week of `to_week`.

    Raises:
        UserError: that week is beyond next Monday.
    """
    refuse_future(ctx, week_monday(to_week))
    return tuple(mondays(next_week(ctx) or to_week, to_week))


def last_charged(ctx: Context) -> date | None:
    """The Monday of the latest week that was charged."""
    return ctx.session.scalar(select(func.max(ChargeRun.week_on)))


def stands(ctx: Context, run: ChargeRun | None) -> bool:
    """Whether a week is charged: it has a run, and the run's journal wasn't reversed since."""
    return run is not None and (run.journal is None or reversed_by(ctx, run.journal) is None)


def left_out(ctx: Context, monday: date) -> tuple[date, ...]:
    """The weeks after the loaded balances that are never charged if the first charged is that of `monday`."""
    following = _after(_loaded_to(ctx)) if last_charged(ctx) is None else None
    return tuple(mondays(following, monday - WEEK)) if following and following < monday else ()


def plan_of(ctx: Context, monday: date) -> Week:
    """The week with the VAT rate in force on its Monday, the flags of every charge code, and who has it free."""
    flags = (TransactionCode.vat, TransactionCode.apportion, TransactionCode.free_week, TransactionCode.charged_in_void)
    charges = select(TransactionCode.code, *flags).where(TransactionCode.kind == CodeKind.CHARGE)
    codes = ctx.session.execute(charges).all()
    free = select(RentFreeWeek.rent_group_id).where(RentFreeWeek.week_on == monday)
    return Week(
        monday=monday,
        vat_basis_points=basis_points(ctx.policy.value(VAT_RATE, monday)),
        vat_codes=tuple(sorted(row.code for row in codes if row.vat)),
        whole_codes=tuple(sorted(row.code for row in codes if not row.apportion)),
        free_codes=tuple(sorted(row.code for row in codes if row.free_week)),
        void_codes=tuple(sorted(row.code for row in codes if row.charged_in_void)),
        free_groups=tuple(sorted(ctx.session.scalars(free))),
    )


def basis_points(percent: str) -> int:
    """A rate as the policy keeps it (`20`, `17.5`) in hundredths of a percent."""
    return int(Decimal(percent) * 100)


def refuse_future(ctx: Context, monday: date) -> None:
    """Refuse a week beyond next Monday: who lives where then isn't known yet."""
    latest = week_monday(ctx.clock.today()) + WEEK
    if monday > latest:
        raise UserError(
            f"The week of {monday:%d %b %Y} is too far ahead to charge.",
            f"The latest week that can be charged today is that of Monday {latest:%d %b %Y}.",
            "week",
        )


def refuse_out_of_order(ctx: Context, monday: date) -> None:
    """Refuse a week that isn't the next; the first of all may be any that the loaded balances don't hold already."""
    last = last_charged(ctx)
    following = next_week(ctx)
    if following is None or monday == following:
        return
    if last is None:
        if monday < following - WEEK:
            raise UserError(
                f"The loaded balances hold the week of {monday:%d %b %Y} already.",
                f"The first week to charge is that of Monday {following:%d %b %Y}.",
                "week",
            )
        return
    if monday < last:
        raise UserError(
            f"The week of {monday:%d %b %Y} is before the last that was charged, {last:%d %b %Y}, and was not charged.",
            "Weeks are charged in order: put what is missing on the accounts as adjustments.",
            "week",
        )
    missing = (monday - following) // WEEK
    raise UserError(
        f"The week of {following:%d %b %Y} has not been charged yet.",
        f"Charge {'it' if missing == 1 else f'the {missing} weeks from it'} first, or catch up in order.",
        "week",
    )


def _loaded_to(ctx: Context) -> date | None:
    return last_effective(ctx, {JournalKind.OPENING, JournalKind.LOAD})


def _after(last: date | None) -> date | None:
    return week_monday(last) + WEEK if last else None
