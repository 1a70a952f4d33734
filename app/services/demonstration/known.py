"""What is kept of three of the made-up tenants: who speaks for one, a flag on another, and one whose record is there twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AddressKind, Authority, PersonFlagKind, PropertyType
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.people import keeping
from app.services.people.commands.addresses import keep_address
from app.services.people.commands.associates import keep_associate
from app.services.people.commands.consents import say_consent
from app.services.people.commands.flags import keep_flag
from app.services.people.dto import KeepAddress, KeepAssociate, KeepFlag, NewPerson, SayConsent
from app.services.rent.search import index_people

_FIRST = 8
"""The last two of so many: what an officer looks at first is left as it is."""


@requires(Permission.KEEP_PEOPLE)
def keep_people(ctx: Context) -> None:
    """Keep a few things of a tenant who lives alone, a safety flag on another, and a second record of the first."""
    alone = _alone(ctx)
    if len(alone) < 2:
        return
    one, other = (ctx.session.get_one(Person, each) for each in alone[:2])
    today = ctx.clock.today()
    _helped(ctx, one)
    keep_flag(
        ctx,
        KeepFlag(
            other.id,
            PersonFlagKind.SAFETY,
            "Address is secret",
            today - timedelta(days=45),
            note="Tell nobody where they live, relatives neither. The case worker is on the file.",
            seen_by="team_leader",
            review_on=today + timedelta(days=120),
        ),
    )
    twice = keeping.add_person(
        ctx, NewPerson("", one.first_name, one.last_name, one.date_of_birth, mobile=one.mobile, phone=one.phone)
    )
    index_people(ctx, [twice.id])


def _helped(ctx: Context, person: Person) -> None:
    """Somebody whose daughter speaks for them, who is hard of hearing, and was asked about surveys."""
    today = ctx.clock.today()
    begun = today - timedelta(days=200)
    keep_associate(
        ctx,
        KeepAssociate(
            person.id,
            "Ms B Sample",
            "daughter",
            Authority.SPEAK,
            begun,
            phone="0191 498 0125",
            evidence="Signed form on the file",
            next_of_kin=True,
            review_on=today + timedelta(days=165),
        ),
    )
    visits = KeepAssociate(person.id, "Sam Example", "support worker", Authority.NONE, begun, "Testford Care")
    keep_associate(ctx, visits)
    flag = KeepFlag(
        person.id, PersonFlagKind.VULNERABILITY, "Hard of hearing", begun, note="Write or text, don't ring."
    )
    keep_flag(ctx, flag)
    before = KeepAddress(person.id, AddressKind.PREVIOUS, ("4 Example Row", "Othertown"), to_on=begun)
    keep_address(ctx, before)
    say_consent(ctx, SayConsent(person.id, "Surveys", agreed=False, said_on=begun, how="By telephone"))
    say_consent(ctx, SayConsent(person.id, "Reminders by text message", True, begun, "By signed form"))


def _alone(ctx: Context) -> list[int]:
    """Who holds a dwelling alone."""
    single = select(Tenant.tenancy_id).group_by(Tenant.tenancy_id).having(func.count() == 1)
    statement = (
        select(Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(
            Property.type == PropertyType.DWELLING,
            Tenancy.end_on.is_(None),
            Tenant.tenancy_id.in_(single),
        )
        .order_by(Tenancy.id)
        .limit(_FIRST)
    )
    return list(ctx.session.scalars(statement))[-2:]
