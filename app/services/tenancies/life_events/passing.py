"""A tenancy that passes to whoever holds it too, when one of them dies."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.models.people import Person
from app.models.tenancies import Tenant
from app.models.values import TenancyChange
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.rent.rules import full_name, joined_names
from app.services.rent.search import refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.life_events.dto import NoteLifeEvent, Outcome


def pass_on(ctx: Context, new: NoteLifeEvent, tenancy_id: int) -> Outcome:
    """The tenancy goes on in the names of the others, from the day after the death, and its succession is used.

    A joint tenant's share passes by survivorship, which counts as the one succession (Housing Act 1985 s.88(1)(b)).

    Raises:
        UserError: nobody else holds it.
    """
    happened = new.happened
    tenancy = keeping.tenancy(ctx, tenancy_id)
    others = _others(ctx, new, tenancy_id)
    if not others:
        raise UserError("Nobody else holds that tenancy any more.", "Look at the list again.")
    place = ctx.session.get_one(Tenant, (tenancy_id, happened.person_id))
    place.to_on = happened.on
    tenancy.succeeded = True
    accounts = keeping.accounts_of(ctx, tenancy_id)
    name = joined_names([full_name(each.title, each.first_name, each.last_name) for each in others])
    for account in accounts:
        account.name = name
    keeping.record(
        ctx,
        tenancy_id,
        TenancyChange.SUCCESSION,
        happened.on,
        "A joint tenant died; the tenancy goes on in the names of the others by survivorship.",
    )
    ids = frozenset(account.id for account in accounts)
    refresh_search(ctx, ids)
    return Outcome(f"Goes on without them from {written(happened.on)}", account_ids=ids)


def _others(ctx: Context, new: NoteLifeEvent, tenancy_id: int) -> list[Person]:
    """Whoever holds it with them on the day, in the order of the tenancy."""
    statement = (
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .where(
            Tenant.tenancy_id == tenancy_id,
            Tenant.person_id != new.happened.person_id,
            or_(Tenant.to_on.is_(None), Tenant.to_on > new.happened.on),
        )
        .order_by(Tenant.position, Person.id)
    )
    return list(ctx.session.scalars(statement))
