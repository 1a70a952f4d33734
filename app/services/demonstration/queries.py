"""Whether a database holds the demonstration landlord, and what it comes to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from sqlalchemy import Select, case, func, select

from app.models.accounts import Account
from app.models.charges import Charge, ChargeRun
from app.models.landlord import Setting
from app.models.people import Person
from app.models.properties import Property, RentFreeWeek
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money, PropertyType, Tenure, divide_half_up
from app.services.core.calendars import RentYear
from app.services.core.context import Context
from app.services.demonstration.dto import Size, Summary
from app.services.demonstration.rules.years import Years, years_to
from app.services.ledger.queries import balances, balances_select

SETTING: Final = "demonstration"
_RECEIVED: Final = ("direct_debit", "housing_benefit", "universal_credit")


@dataclass(frozen=True, slots=True)
class Begun:
    """A demonstration landlord that is in the database: what its plan was made from."""

    size: Size
    seed: str
    today: date
    first_account: int

    @property
    def years(self) -> Years:
        """Its rent years."""
        return years_to(self.today, self.size.years)


def begun(ctx: Context) -> Begun | None:
    """The demonstration landlord of this database, if it holds one."""
    kept = ctx.session.scalar(select(Setting.value).where(Setting.key == SETTING))
    if kept is None:
        return None
    values = json.loads(kept)
    return Begun(Size(**values["size"]), values["seed"], date.fromisoformat(values["today"]), values["first_account"])


def setting_of(what: Begun) -> str:
    """What is kept of a landlord, so that it can be gone on with."""
    kept = {
        "size": asdict(what.size),
        "seed": what.seed,
        "today": what.today.isoformat(),
        "first_account": what.first_account,
    }
    return json.dumps(kept, sort_keys=True)


def next_account(ctx: Context) -> int:
    """The id that the first account of a landlord gets."""
    return (ctx.session.scalar(select(func.max(Account.id))) or 0) + 1


def tenant_balances(ctx: Context, as_at: date) -> dict[int, int]:
    """The pence of every account but control accounts at the end of a day."""
    kept = balances_select(ctx, as_at).subquery("kept")
    statement = (
        select(kept.c.account_id, kept.c.balance_pence)
        .join(Account, Account.id == kept.c.account_id)
        .where(Account.kind != AccountKind.CONTROL)
        .order_by(kept.c.account_id)
    )
    return {row.account_id: row.balance_pence for row in ctx.session.execute(statement)}


def years_posted(ctx: Context, years: Years) -> tuple[RentYear, ...]:
    """The rent years whose weeks are charged, the latest first."""
    first = [year.first_week_on for year in years.all]
    charged = set(ctx.session.scalars(select(ChargeRun.week_on).where(ChargeRun.week_on.in_(first))))
    return tuple(year for year in reversed(years.all) if year.first_week_on in charged)


def is_charged(ctx: Context, monday: date) -> bool:
    """Whether a week is charged; what was posted with it is there too."""
    return ctx.session.get(ChargeRun, monday) is not None


def summary(ctx: Context) -> Summary:
    """The landlord at a glance, today."""
    kept = begun(ctx)
    years = kept.years if kept else years_to(ctx.clock.today(), 1)
    posted = years_posted(ctx, years)
    live = (Account.kind == AccountKind.RENT, Tenancy.end_on.is_(None))
    owed = func.sum(case((Account.balance_pence > 0, Account.balance_pence), else_=0))
    credit = func.sum(case((Account.balance_pence < 0, -Account.balance_pence), else_=0))
    owing = func.sum(case((Account.balance_pence > 0, 1), else_=0))
    paid_ahead = func.sum(case((Account.balance_pence < 0, 1), else_=0))
    found = ctx.session.execute(
        select(func.count(), owed, owing, credit, paid_ahead)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(*live)
    ).one()
    count, arrears, in_arrears, credits_, in_credit = (value or 0 for value in found)
    former = ctx.session.scalar(select(owed).where(Account.kind == AccountKind.FORMER_TENANT)) or 0
    roll = _rent_roll(ctx, years.current)
    charged, received = _moved(ctx, years)
    return Summary(
        dwellings=_count(ctx, Property, Property.type == PropertyType.DWELLING),
        garages=_count(ctx, Property, Property.type == PropertyType.GARAGE),
        years=tuple(year.name for year in posted),
        complete=len(posted) == len(years.all),
        people=_count(ctx, Person),
        tenancies=_count(ctx, Tenancy),
        accounts=_count(ctx, Account, Account.kind != AccountKind.CONTROL),
        live_dwelling_accounts=count,
        void_dwellings=_voids(ctx),
        rent_roll=Money(roll),
        charged=Money(charged),
        received=Money(received),
        collected_basis_points=divide_half_up(received * 10_000, charged) if charged else 0,
        in_arrears=in_arrears,
        arrears=Money(arrears),
        arrears_basis_points=divide_half_up(arrears * 10_000, roll) if roll else 0,
        in_credit=in_credit,
        credits=Money(credits_),
        former_arrears=Money(former),
    )


def _count(ctx: Context, table: type, *conditions: object) -> int:
    return ctx.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]


def _voids(ctx: Context) -> int:
    let = select(Tenancy.property_id).where(Tenancy.end_on.is_(None))
    return _count(ctx, Property, Property.type == PropertyType.DWELLING, Property.id.not_in(let))


def _rent_roll(ctx: Context, year: RentYear) -> int:
    """What the live homes are charged in a full year: each rent group's charges times its charge weeks."""
    weeks: Select[int, int] = (
        select(RentFreeWeek.rent_group_id, func.count())
        .where(RentFreeWeek.week_on >= year.first_week_on, RentFreeWeek.week_on <= year.last_week_on)
        .group_by(RentFreeWeek.rent_group_id)
    )
    free: dict[int | None, int] = {row[0]: row[1] for row in ctx.session.execute(weeks)}
    weekly = (
        select(Account.rent_group_id, func.sum(Charge.amount_pence))
        .join(Account, Account.id == Charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Tenancy.tenure != Tenure.GARAGE, Tenancy.end_on.is_(None))
        .where(Charge.to_on.is_(None))
        .group_by(Account.rent_group_id)
    )
    return sum(int(row[1]) * (year.weeks - free.get(row[0], 0)) for row in ctx.session.execute(weekly))


def _moved(ctx: Context, years: Years) -> tuple[int, int]:
    """What was charged to accounts and received on them this rent year, from the control accounts."""
    controls = {
        row.id: row.control_key or ""
        for row in ctx.session.execute(
            select(Account.id, Account.control_key).where(Account.kind == AccountKind.CONTROL)
        )
    }
    before = balances(ctx, controls, years.opening_day(years.current))
    now = balances(ctx, controls, ctx.clock.today())
    moved = {number: (now[number] - before[number]).pence for number in controls}
    received = sum(moved[n] for n, key in controls.items() if key in _RECEIVED or key.startswith("cash:"))
    income = ("income:", "output_vat", "water_payable", "void_loss")
    return -sum(moved[n] for n, key in controls.items() if key.startswith(income)), received
