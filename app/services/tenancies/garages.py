"""The VAT of garages, where who holds them or the home they go with changes (rules.md 1.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import PropertyType, Tenure
from app.services.charges import differences, facts
from app.services.charges.differences import AsIf
from app.services.charges.dto import GarageVat, Span
from app.services.charges.rules import VAT_CODE, garage_vat
from app.services.core import access
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.people.merging import holding
from app.services.people.merging.holding import Follower, Held, Pair
from app.services.rent.rules import one_line

_GROUP: Final = "Garages"


def goes_with(where: str, *, near: bool, home: Tenure | None) -> Effect:
    """What is told of a garage that goes with a home by its tenure: with VAT or without."""
    vat = garage_vat(near=near, home=home)
    return Effect("Garages", f"{where} goes with it", after=vat.label, warns=vat.charged)


def register() -> None:
    """Plug in what a merge of two people's records makes of their garages."""
    holding.register(Follower(_tell, _follow))


def changed(
    ctx: Context, account_ids: Collection[int], monday: date, as_if: AsIf
) -> Iterator[tuple[str, GarageVat, GarageVat]]:
    """The garages among some accounts whose VAT in a week is another: the address, how it falls, how it will fall."""
    now = {each.account_id: each for each in facts.account_facts(ctx, account_ids)}
    for then in facts.account_facts(ctx, account_ids, as_if):
        was, will = now[then.account_id].vat(monday), then.vat(monday)
        if was is will or not any(each.vat for each in then.elements):
            continue
        place = ctx.session.get_one(Property, then.property_id)
        if place.type is not PropertyType.DWELLING:
            yield one_line(place.address_1, place.address_2, place.postcode), was, will


def tell_charged(ctx: Context, account_ids: Collection[int], on: date, as_if: AsIf) -> Iterator[Effect]:
    """The VAT that is put right in weeks that were charged, from that of a day."""
    found = differences.differences(ctx, account_ids, on, as_if=as_if)
    if total := differences.difference_of([each for each in found if each.code == VAT_CODE]):
        yield Effect(_GROUP, "VAT in weeks that were charged", after=total.dr_cr())


def of_the_home(ctx: Context, property_id: int, people: Collection[int], on: date) -> dict[int, bool]:
    """The garages that some people rent on or after a day and that went with an earlier tenancy of a home.

    They go with whatever tenancy of it the same people take next, such as the lease that they buy. By the letting of the
    garage, whether it is near.
    """
    home, letting, holder = aliased(Tenancy), aliased(Tenancy), aliased(Tenant)
    statement = (
        select(GarageHome.tenancy_id, GarageHome.near)
        .join(home, home.id == GarageHome.home_id)
        .join(letting, letting.id == GarageHome.tenancy_id)
        .join(holder, holder.tenancy_id == GarageHome.tenancy_id)
        .where(
            home.property_id == property_id,
            holder.person_id.in_(sorted(people)),
            or_(holder.to_on.is_(None), holder.to_on >= on),
            or_(letting.end_on.is_(None), letting.end_on >= on),
        )
        .order_by(home.start_on, home.id)
    )
    return {row.tenancy_id: row.near for row in ctx.session.execute(statement)}


def _tell(ctx: Context, people: Pair, held: Held) -> Iterator[Effect]:
    """What becomes of the VAT of garages that one of two people holds, where the home it goes with is held by one of them."""
    found = _garages(ctx, people)
    if not found:
        return
    spans = {
        tenancy_id: {who: Span(first or date.min, last) for who, (first, last) in holders.items()}
        for tenancy_id, holders in held.items()
    }
    as_if = AsIf(held=spans)
    for where, was, will in changed(ctx, found, week_monday(ctx.clock.today()) + WEEK, as_if):
        yield Effect(_GROUP, where, was.label, will.label, warns=True)
    yield from tell_charged(ctx, found, min(found.values()), as_if)


def _follow(ctx: Context, people: Pair, why: str, key: str) -> None:
    """Put right what was charged for such garages: they were one person all the time, or two."""
    found = _garages(ctx, people)
    if not found or not differences.differences(ctx, found, min(found.values())):
        return
    access.touch(ctx, found)
    differences.post_differences(ctx, found, min(found.values()), why, key)


def _garages(ctx: Context, people: Pair) -> dict[int, date]:
    """The accounts of garages that two people hold and whose home they hold, each with its first day."""
    mine, theirs = aliased(Tenant), aliased(Tenant)
    statement = (
        select(Account.id, Tenancy.start_on)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(GarageHome, GarageHome.tenancy_id == Tenancy.id)
        .join(mine, mine.tenancy_id == GarageHome.tenancy_id)
        .join(theirs, theirs.tenancy_id == GarageHome.home_id)
        .where(mine.person_id.in_(people), theirs.person_id.in_(people))
    )
    return {row.id: row.start_on for row in ctx.session.execute(statement)}
