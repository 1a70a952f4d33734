"""The week's charge as one portable select, from which the rehearsal counts and the ledger posts.

`rules.week_lines` and `rules.void_lines` say the same of one account; a test holds the two together.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Subquery,
    Unicode,
    and_,
    case,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import PropertyType, Tenure
from app.services.charges import voids, weeks
from app.services.charges.rules import HOME_TENURES, VAT_CODE
from app.services.charges.weeks import FIELDS, AnyWeek, Week, number, text
from app.services.ledger.sql import AnySelect

LINE: Final = ("account_id", "code", "pence", "effective_on", "rent_week", "narrative")
_WITHOUT_VAT: Final = (*sorted(HOME_TENURES), Tenure.LEASEHOLD)
"""The tenures of a home whose holders pay no VAT for what is let with it."""


def week_lines(week: Week, place: str = "") -> AnySelect:
    """Every line of the week: (account_id, code, pence, effective_on, rent_week, narrative).

    Two weeks in one statement need a `place` of their own.
    """
    return _lines(week.left_open(place)).params(week.days(place))


@lru_cache(maxsize=8)
def _lines(week: AnyWeek) -> AnySelect:
    """The lines of any week; the statement is long, and a year has the same codes and rate in nearly every week."""
    taxable = _taxable(week)
    parts = union_all(_plain(week), _net(taxable), _vat(taxable), voids.void_lines(week)).subquery("charged")
    columns = {name: parts.c[name] for name in FIELDS} | {"rent_week": week.day(0).label("rent_week")}
    return select(*(columns[name] for name in LINE))


def in_force(week: Week) -> ColumnElement[bool]:
    """A charge and its tenancy share a day of the week."""
    return and_(
        live(week),
        weeks.overlaps(Charge.from_on, Charge.to_on, week),
        or_(Tenancy.end_on.is_(None), Charge.from_on <= Tenancy.end_on),
        or_(Charge.to_on.is_(None), Charge.to_on >= Tenancy.start_on),
    )


def live(week: Week) -> ColumnElement[bool]:
    """A tenancy lives on a day of the week."""
    return weeks.overlaps(Tenancy.start_on, Tenancy.end_on, week)


def taxed(week: Week) -> ColumnElement[int]:
    """1 where the letting bears VAT, else 0 (`rules.garage_vat`); it needs Tenancy and Property.

    A charge on a dwelling's own account, such as a parking space, goes with that dwelling.
    """
    own = and_(Property.type == PropertyType.DWELLING, Tenancy.tenure.in_(_WITHOUT_VAT))
    return case((or_(own, _near_home(week)), number(0)), else_=number(1))


def _near_home(week: Week) -> ColumnElement[bool]:
    """The letting goes with a home near by that the same people hold in the week."""
    home, mine, theirs = aliased(Tenancy), aliased(Tenant), aliased(Tenant)
    lettings = (
        select(GarageHome.tenancy_id)
        .join(home, home.id == GarageHome.home_id)
        .join(mine, mine.tenancy_id == GarageHome.tenancy_id)
        .join(theirs, and_(theirs.tenancy_id == GarageHome.home_id, theirs.person_id == mine.person_id))
        .where(
            GarageHome.near,
            home.tenure.in_(_WITHOUT_VAT),
            weeks.overlaps(home.start_on, home.end_on, week),
            *(_holds(week, tenant) for tenant in (mine, theirs)),
            or_(mine.to_on.is_(None), theirs.from_on.is_(None), theirs.from_on <= mine.to_on),
            or_(theirs.to_on.is_(None), mine.from_on.is_(None), mine.from_on <= theirs.to_on),
        )
    )
    return Tenancy.id.in_(lettings)


def _holds(week: Week, tenant: Any) -> ColumnElement[bool]:
    """Somebody holds a tenancy on a day of the week."""
    return and_(
        or_(tenant.from_on.is_(None), tenant.from_on <= week.day(6)),
        or_(tenant.to_on.is_(None), tenant.to_on >= week.day(0)),
    )


def _plain(week: Week) -> AnySelect:
    priced = _priced(week, taxable=False)
    return select(*(priced.c[name] for name in FIELDS)).where(priced.c.pence != 0)


def _net(taxable: CTE) -> AnySelect:
    net = taxable.c.pence - taxable.c.vat
    comma = case((taxable.c.narrative == "", text("with VAT")), else_=text(", with VAT"))
    words = taxable.c.narrative + case((taxable.c.taxed == 1, comma), else_=text(""))
    return select(
        taxable.c.account_id,
        taxable.c.code,
        net.label("pence"),
        taxable.c.effective_on,
        words.label("narrative"),
    ).where(net != 0)


def _vat(taxable: CTE) -> AnySelect:
    words = text("VAT on ") + taxable.c.code
    return select(
        taxable.c.account_id,
        literal(VAT_CODE, Unicode(8)).label("code"),
        taxable.c.vat.label("pence"),
        taxable.c.effective_on,
        words.label("narrative"),
    ).where(taxable.c.vat != 0)


def _taxable(week: Week) -> CTE:
    """Charges whose code carries VAT, with the VAT that is in them: worked out once for the net and the VAT lines."""
    priced = _priced(week, taxable=True)
    rate = week.vat_basis_points
    inside = weeks.half_up(priced.c.pence * number(rate), 10_000 + rate, priced.c.pence >= 0)
    return select(priced, case((priced.c.taxed == 1, inside), else_=number(0)).label("vat")).cte()


def _priced(week: Week, *, taxable: bool) -> Subquery:
    """Charges of live tenancies with what the week costs, VAT included, of codes with or without VAT."""
    spans = _spans(week, taxable=taxable)
    days = case(
        (weeks.covers(spans.c.first_on, spans.c.last_on, week), number(7)),
        (spans.c.code.in_(week.whole_codes), number(7)),
        else_=weeks.days_between(spans.c.first_on, spans.c.last_on, week),
    )
    counted = select(spans, days.label("days")).subquery("counted")
    columns: list[ColumnElement[Any]] = [
        counted.c.account_id,
        counted.c.code,
        weeks.part_of_week(counted).label("pence"),
        weeks.first_charged(counted.c.first_on, week).label("effective_on"),
        weeks.sum_text(counted).label("narrative"),
    ]
    return select(*columns, *([counted.c.taxed] if taxable else [])).subquery("priced")


def _spans(week: Week, *, taxable: bool) -> Subquery:
    """Charges of live tenancies with the first and last day that charge and tenancy share."""
    first_on = case((Charge.from_on > Tenancy.start_on, Charge.from_on), else_=Tenancy.start_on)
    last_on = case((or_(Tenancy.end_on.is_(None), Charge.to_on < Tenancy.end_on), Charge.to_on), else_=Tenancy.end_on)
    statement = (
        select(
            Charge.account_id,
            Charge.code,
            Charge.amount_pence,
            first_on.label("first_on"),
            last_on.label("last_on"),
        )
        .join(Account, Account.id == Charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(
            in_force(week),
            or_(Account.closed_on.is_(None), Account.closed_on >= week.day(0)),
            Charge.code.in_(week.vat_codes) if taxable else Charge.code.not_in(week.vat_codes),
            weeks.charged_in(Charge.code, Account.rent_group_id, week),
            or_(Charge.from_on <= week.day(0), Charge.code.not_in(week.whole_codes), ~_changed_in_week(week)),
        )
    )
    if taxable:
        statement = statement.join(Property, Property.id == Tenancy.property_id)
        statement = statement.add_columns(taxed(week).label("taxed"))
    return statement.subquery("spans")


def _changed_in_week(week: Week) -> ColumnElement[bool]:
    """An earlier charge of the same code was in force on an earlier day of the week and the tenancy."""
    earlier = aliased(Charge)
    return exists().where(
        earlier.account_id == Charge.account_id,
        earlier.code == Charge.code,
        earlier.from_on < Charge.from_on,
        or_(earlier.to_on.is_(None), and_(earlier.to_on >= week.day(0), earlier.to_on >= Tenancy.start_on)),
    )
