"""Makers of properties, people, tenancies, accounts and charges, plainly made up.

Each takes a Context first, so that a test says `desk.do(lettings.letting, rent="118.42")`, and returns the row it made.
Numbers and references count up from 1 in a fresh database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.people import Person, Tenant
from app.models.properties import Property, RentFreeWeek, RentGroup
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import AccountKind, Fund, Money, PaymentMethod, PropertyType, Tenure
from app.services.core.context import Context

FROM = date(2025, 4, 7)
"""When a tenancy starts and its charges begin, unless a test says otherwise: a Monday."""


@dataclass(frozen=True, slots=True)
class Letting:
    """A property let to somebody, with its account."""

    rent_group: RentGroup
    property: Property
    person: Person
    tenancy: Tenancy
    account: Account
    charges: tuple[Charge, ...]


def rent_group(ctx: Context, code: str = "GEN", fund: Fund = Fund.HRA, free: Sequence[date] = ()) -> RentGroup:
    """The rent group of this code, made if there is none; `free` adds rent-free weeks by their Monday."""
    group = ctx.session.scalars(select(RentGroup).where(RentGroup.code == code)).first()
    if group is None:
        group = _add(ctx, RentGroup(code=code, name=f"Rent group {code}", fund=fund))
    ctx.session.add_all([RentFreeWeek(rent_group_id=group.id, week_on=week) for week in free])
    ctx.session.flush()
    return group


def dwelling(ctx: Context, group: RentGroup | None = None, **columns: Any) -> Property:
    """A dwelling of two bedrooms at a numbered address."""
    number = _next(ctx, Property)
    values: dict[str, Any] = {
        "ref": f"P{number:05}",
        "type": PropertyType.DWELLING,
        "address_1": f"{number} Sample Close",
        "town": "Testford",
        "postcode": f"ZZ{number % 90 + 10} 1AA",
        "bedrooms": 2,
        "area": "North",
        "rent_group_id": (group or rent_group(ctx)).id,
    }
    return _add(ctx, Property(**values | columns))


def garage(ctx: Context, group: RentGroup | None = None, **columns: Any) -> Property:
    """A garage."""
    number = _next(ctx, Property)
    values: dict[str, Any] = {
        "ref": f"G{number:05}",
        "type": PropertyType.GARAGE,
        "address_1": f"Garage {number}, Sample Court",
        "bedrooms": None,
    }
    return dwelling(ctx, group or rent_group(ctx, "GAR"), **values | columns)


def person(ctx: Context, first_name: str = "Alex", last_name: str = "Sample", **columns: Any) -> Person:
    """Somebody."""
    values: dict[str, Any] = {"ref": f"N{_next(ctx, Person):05}", "title": "Mx"}
    return _add(ctx, Person(first_name=first_name, last_name=last_name, **values | columns))


def tenancy(ctx: Context, prop: Property, people: Sequence[Person], **columns: Any) -> Tenancy:
    """A live secure tenancy of a property (of a garage: a garage letting), the people named in order."""
    ref = columns.pop("ref", f"T{_next(ctx, Tenancy):05}")
    values: dict[str, Any] = {
        "property_id": prop.id,
        "tenure": Tenure.GARAGE if prop.type is PropertyType.GARAGE else Tenure.SECURE,
        "start_on": FROM,
        "payment_method": PaymentMethod.BANK_TRANSFER,
    }
    made = _add(ctx, Tenancy(ref=ref, ref_key=_key(ref), **values | columns))
    ctx.session.add_all(
        [Tenant(tenancy_id=made.id, person_id=each.id, position=place) for place, each in enumerate(people, start=1)]
    )
    ctx.session.flush()
    return made


def account(ctx: Context, held: Tenancy, kind: AccountKind = AccountKind.RENT, **columns: Any) -> Account:
    """An account of a tenancy, in the fund of its property's rent group."""
    group_id = ctx.session.scalars(select(Property.rent_group_id).where(Property.id == held.property_id)).one()
    group = ctx.session.get_one(RentGroup, group_id)
    reference = columns.pop("payment_reference", f"70{_next(ctx, Account):06}")
    values: dict[str, Any] = {"name": _account_name(ctx, held), "opened_on": held.start_on, "fund": group.fund}
    return _add(
        ctx,
        Account(
            kind=kind,
            tenancy_id=held.id,
            rent_group_id=group.id,
            payment_reference=reference,
            reference_key=_key(reference),
            **values | columns,
        ),
    )


def charge(
    ctx: Context, of: Account, code: str, pounds: str, from_on: date = FROM, to_on: date | None = None
) -> Charge:
    """A dated charge of an account, in pounds a charge week."""
    pence = Money.parse(pounds).pence
    return _add(ctx, Charge(account_id=of.id, code=code, amount_pence=pence, from_on=from_on, to_on=to_on))


def letting(
    ctx: Context,
    rent: str | None = "100.00",
    *,
    group: str = "GEN",
    who: tuple[str, str] = ("Alex", "Sample"),
    prop: Property | None = None,
    people: Sequence[Person] = (),
    start_on: date = FROM,
    end_on: date | None = None,
    tenure: Tenure = Tenure.SECURE,
    reference: str | None = None,
    **charges: str,
) -> Letting:
    """A dwelling let from `start_on`, with its rent account; charges besides the rent by code: `DSC="4.50"`."""
    prop = prop or dwelling(ctx, rent_group(ctx, group))
    people = people or [person(ctx, *who)]
    held = tenancy(ctx, prop, people, tenure=tenure, start_on=start_on, end_on=end_on)
    own = account(ctx, held, **({"payment_reference": reference} if reference else {}))
    amounts = ({"DBR": rent} if rent is not None else {}) | charges
    made = tuple(charge(ctx, own, code, pounds, start_on) for code, pounds in amounts.items())
    return Letting(ctx.session.get_one(RentGroup, prop.rent_group_id), prop, people[0], held, own, made)


def go_with(ctx: Context, letting_of_garage: Tenancy, home: Tenancy, *, near: bool = True) -> GarageHome:
    """The letting of a garage goes with a home."""
    return _add(ctx, GarageHome(tenancy_id=letting_of_garage.id, home_id=home.id, near=near))


def garage_letting(
    ctx: Context,
    price: str = "17.80",
    *,
    home: Letting | None = None,
    near: bool = True,
    prop: Property | None = None,
    people: Sequence[Person] = (),
    start_on: date = FROM,
    end_on: date | None = None,
) -> Letting:
    """A garage let to the tenant of `home` (to anybody else, if `people` are given), with its account.

    It goes with the home, whoever holds it.
    """
    prop = prop or garage(ctx)
    people = people or [home.person if home else person(ctx)]
    held = tenancy(ctx, prop, people, start_on=start_on, end_on=end_on)
    if home is not None:
        go_with(ctx, held, home.tenancy, near=near)
    own = account(ctx, held, AccountKind.GARAGE)
    made = charge(ctx, own, "DGA", price, start_on)
    return Letting(ctx.session.get_one(RentGroup, prop.rent_group_id), prop, people[0], held, own, (made,))


def _account_name(ctx: Context, held: Tenancy) -> str:
    first = ctx.session.scalars(
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .where(Tenant.tenancy_id == held.id)
        .order_by(Tenant.position)
    ).first()
    return f"{first.title} {first.first_name} {first.last_name}".strip() if first else "Nobody"


def _key(reference: str) -> str:
    return reference.replace(" ", "").upper()


def _next(ctx, model):
    return (ctx.session.scalar(select(func.max(model.id))) or 0) + 1


def _add(ctx, row):
    ctx.session.add(row)
    ctx.session.flush()
    return row
