"""What the form of a new let asks: the property, the people, what is proposed, and what saving will do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import or_, select

from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import PropertyType, Subject, Tenure
from app.services.charges.rules import HOME_TENURES
from app.services.core.context import Context
from app.services.core.finding import matching_ids
from app.services.people.queries import find_people
from app.services.rent.rules import one_line
from app.services.tenancies import keeping
from app.services.tenancies.starting import facts, rules
from app.services.tenancies.starting.dto import LetProperty, OtherLet, Proposal
from app.services.tenancies.starting.previewing import preview
from app.services.tenancies.starting.rules import FITS, months_on, written

__all__ = ["codes", "find_people", "find_properties", "preview", "proposal"]
_MOST = 12
EMPTY_WORDS = frozenset({"void", "voids", "empty"})


def find_properties(ctx: Context, text: str) -> tuple[LetProperty, ...]:
    """The properties that a text finds, each with who has it, those that stand empty first; `void` finds what is empty."""
    empty = text.strip().lower() in EMPTY_WORDS
    ids = _empty(ctx) if empty else matching_ids(ctx, Subject.PROPERTY, text, _MOST)
    found = [let_property(ctx, number) for number in ids]
    return tuple(sorted(found, key=lambda each: each.let))


def _empty(ctx: Context) -> list[int]:
    """Properties that nobody holds now or from a later day, by their reference."""
    held = select(Tenancy.id).where(
        Tenancy.property_id == Property.id, or_(Tenancy.end_on.is_(None), Tenancy.end_on >= ctx.clock.today())
    )
    statement = select(Property.id).where(~held.exists()).order_by(Property.ref).limit(_MOST)
    return list(ctx.session.scalars(statement))


def proposal(
    ctx: Context, property_id: int, start_on: date, tenure: Tenure | None = None, person_ids: Collection[int] = ()
) -> Proposal:
    """What the form proposes for a property from a day, and for these tenants; without a tenure, for the commonest.

    Raises:
        UserError: there is no such property.
    """
    shown = let_property(ctx, property_id)
    tenures = FITS[shown.type]
    chosen = tenure if tenure in tenures else tenures[0]
    limits = facts.limits(ctx, start_on)
    trial = months_on(start_on, limits.trial_months) if chosen is Tenure.INTRODUCTORY else None
    term = months_on(start_on, 12 * limits.term_years) if chosen is Tenure.FLEXIBLE else None
    garage = shown.type is not PropertyType.DWELLING
    held = {home.tenancy_id: home.address for _, home in facts.homes_of(ctx, person_ids, start_on, owned=garage)}
    return Proposal(
        property=shown,
        tenures=tenures,
        charges=facts.proposed_charges(ctx, property_id, start_on),
        trial_ends_on=trial,
        term_ends_on=term,
        homes=tuple(held.items()) if garage else (),
        codes=tuple((code, row.name) for code, row in facts.charge_codes(ctx).items()),
        held=() if garage or chosen not in HOME_TENURES else tuple(held.values()),
    )


def let_property(ctx: Context, property_id: int) -> LetProperty:
    """A property with who has it, or since when it is void.

    Raises:
        UserError: there is no such property.
    """
    place = facts.property_of(ctx, property_id)
    group = ctx.session.get_one(RentGroup, place.rent_group_id)
    today = ctx.clock.today()
    lets = facts.lets_of(ctx, property_id)
    standing = [each for each in lets if each.last is None or each.last >= today]
    garage = place.type is not PropertyType.DWELLING
    home = keeping.home_of_garage(ctx, lets[-1].tenancy_id) if lets and garage else None
    return LetProperty(
        property_id=place.id,
        reference=place.ref,
        type=place.type,
        address=address_of(place),
        bedrooms=place.bedrooms,
        rent_group=group.code,
        fund=group.fund,
        standing=" ".join(_standing(lets, today)),
        let=any(each.last is None for each in standing),
        near_home=home is not None and home.near,
        home_id=home.home_id if home else None,
    )


def codes(ctx: Context) -> tuple[str, ...]:
    """The charges there may be, by their codes."""
    return tuple(facts.charge_codes(ctx))


def address_of(place: Property) -> str:
    """Its address in one line."""
    return one_line(place.address_1, place.address_2, place.town, place.postcode)


def _standing(lets: Collection[OtherLet], today: date) -> Iterator[str]:
    if not lets:
        yield "Never let."
        return
    last = max(lets, key=lambda each: (each.last is None, each.last or each.first, each.first))
    if last.last is None:
        yield f"Let since {written(last.first)} ({last.reference})."
    elif last.last >= today:
        yield f"Let until {written(last.last)} ({last.reference})."
    else:
        yield f"Void since {written(last.last + rules.DAY)}."
