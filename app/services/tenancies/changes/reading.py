"""A tenancy as a change finds it: what an ending finds, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select, update

from app.models.benefits import BenefitClaim
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import BenefitKind, ClaimState
from app.services.charges.dto import Span
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.versions import refuse_old
from app.services.diary.keeping import checked_text
from app.services.rent.rules import full_name, joined_names
from app.services.tenancies.changes.dto import Change
from app.services.tenancies.changes.shown import Holder
from app.services.tenancies.endings import policies, reading
from app.services.tenancies.endings.reading import Case

_LIVE: Final = (ClaimState.APPLIED, ClaimState.LIVE, ClaimState.SUSPENDED)
_LONGEST: Final = 400
_BENEFITS: Final = {
    BenefitKind.HOUSING_BENEFIT: "Housing Benefit",
    BenefitKind.UNIVERSAL_CREDIT: "Universal Credit",
    BenefitKind.DISCRETIONARY: "discretionary payments",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a tenancy."""

    tenant: Tenant
    person: Person

    @property
    def name(self) -> str:
        """As it is written on a letter."""
        return full_name(self.person.title, self.person.first_name, self.person.last_name)

    @property
    def span(self) -> Span:
        """The days on which they hold it."""
        return Span(self.tenant.from_on or date.min, self.tenant.to_on)

    def holds(self, day: date) -> bool:
        """Whether they hold it on a day."""
        return self.span.first <= day and (self.span.last is None or day <= self.span.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """A tenancy with its accounts, people, garages and ending.

    Attributes:
        places: everybody who holds or held it, in order.
        today: the day by which it is looked at: today, of an ended tenancy its last day, of one to come its first.
    """

    case: Case
    places: tuple[Place, ...]
    today: date

    @property
    def tenancy(self) -> Tenancy:
        """The tenancy."""
        return self.case.tenancy

    @property
    def holders(self) -> tuple[Place, ...]:
        """Who holds it."""
        return tuple(each for each in self.places if each.holds(self.today))

    @property
    def left(self) -> tuple[Place, ...]:
        """Who held it before."""
        return tuple(each for each in self.places if not each.holds(self.today))


def standing(ctx: Context, tenancy_id: int) -> Standing:
    """The tenancy.

    Raises:
        UserError: there is no such tenancy, it has no account, or it is restricted and not the officer's to open.
    """
    found = reading.case(ctx, tenancy_id)
    statement = (
        select(Tenant, Person)
        .join(Person, Person.id == Tenant.person_id)
        .where(Tenant.tenancy_id == tenancy_id)
        .order_by(Tenant.position, Person.id)
    )
    places = tuple(Place(*row) for row in ctx.session.execute(statement))
    today = max(ctx.clock.today(), found.tenancy.start_on)
    return Standing(found, places, min(today, found.tenancy.end_on or today))


def refuse(ctx: Context, found: Standing, change: Change) -> None:
    """Refuse a change of a tenancy that somebody changed meanwhile, or with a reason that can't be kept.

    Raises:
        UserError: it is so.
    """
    refuse_old(found.tenancy.version, change.version)
    checked_text(ctx, change.reason, "reason", "reason", _LONGEST)


def take_turn(ctx: Context, tenancy: Tenancy) -> None:
    """Make it a new version of the tenancy, also where only its people differ: of two officers the second is told."""
    bumped = update(Tenancy).where(Tenancy.id == tenancy.id).values(version=Tenancy.version + 1)
    ctx.session.execute(bumped, execution_options={"synchronize_session": False})
    ctx.session.refresh(tenancy)


def day_faults(ctx: Context, found: Standing, on: date, *, ahead: bool = False) -> list[UserError]:
    """Why a change can't be from a day: it is to come (unless `ahead`), before the tenancy, long ago, or after its end."""
    today, tenancy = ctx.clock.today(), found.tenancy
    back, far = policies.reach(ctx, today)
    if on > today and not ahead:
        hint = "Save it on the day, or after it; a task on the account reminds you."
        return [UserError(f"{_day(on)} is still to come.", hint, "on")]
    if on > today + timedelta(days=far):
        return [UserError(f"{_day(on)} is more than {far:,} days ahead.", "Check the year.", "on")]
    if on <= tenancy.start_on:
        hint = "Choose a later day, or correct its first day."
        return [UserError(f"The tenancy {tenancy.ref} began on {_day(tenancy.start_on)}.", hint, "on")]
    if on < today - timedelta(days=back):
        return [UserError(f"{_day(on)} is more than {back:,} days ago.", "Check the year.", "on")]
    if tenancy.end_on is not None and on > tenancy.end_on:
        words = "ended" if tenancy.end_on < today else "ends"
        return [
            UserError(
                f"The tenancy {tenancy.ref} {words} on {_day(tenancy.end_on)}.", "Choose a day before that.", "on"
            )
        ]
    return []


def refuse_ending(found: Standing) -> None:
    """What replaces a tenancy can't be done to one that is ending.

    Raises:
        UserError: it is.
    """
    if found.tenancy.end_on is not None:
        raise UserError(
            f"The tenancy {found.tenancy.ref} ends on {_day(found.tenancy.end_on)} already.",
            "Withdraw the notice, or reverse the ending, first.",
        )


def names(places: Iterable[Place]) -> str:
    """Names in one line."""
    return joined_names([each.name for each in places])


def holder(place: Place) -> Holder:
    """As it is shown."""
    return Holder(place.person.id, place.name, place.tenant.from_on, place.tenant.to_on)


def claims(ctx: Context, tenancy_id: int, person_ids: Iterable[int] | None = None) -> Sequence[BenefitClaim]:
    """The live claims to benefit for a tenancy, of these people or of anybody."""
    wanted = select(BenefitClaim).where(BenefitClaim.tenancy_id == tenancy_id, BenefitClaim.state.in_(_LIVE))
    if person_ids is not None:
        wanted = wanted.where(BenefitClaim.person_id.in_(sorted(person_ids)))
    return ctx.session.scalars(wanted.order_by(BenefitClaim.id)).all()


def benefit_names(found: Iterable[BenefitClaim]) -> str:
    """The kinds of some claims, in words."""
    return " and ".join(dict.fromkeys(_BENEFITS[each.kind] for each in found))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
