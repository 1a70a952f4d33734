"""The landlord that a database belongs to: what a statement prints at its head and under 'how to pay'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select

from app.models.landlord import Landlord
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.core.versions import Kept, last_change, refuse_old


@dataclass(frozen=True, slots=True)
class LandlordDetails:
    """The landlord's name and how to reach and pay it; the address and the ways to pay have a line each."""

    name: str = ""
    office: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    how_to_pay: tuple[str, ...] = ()


def landlord(ctx: Context) -> LandlordDetails:
    """The landlord; with empty details where nobody has entered any."""
    return _details(_row(ctx))


def landlord_as_kept(ctx: Context) -> Kept:
    """The landlord's details for a form, by field of `LandlordDetails`; version 0 where nobody has entered any."""
    found = _row(ctx)
    details = _details(found)
    values = {each.name: getattr(details, each.name) for each in fields(details)}
    if found is None:
        return Kept(values, 0)
    return Kept(values, found.version, *last_change(ctx.session, Landlord.__tablename__, found.id))


@requires(Permission.EDIT_POLICY)
def set_landlord(ctx: Context, details: LandlordDetails, version: int | None = None) -> Changes:
    """Enter or change the landlord's details; `version` is the one that a form was filled from.

    Raises:
        UserError: there is no name, or something is too long to be printed; everything at once.
        ChangedMeanwhile: somebody else saved in between.
    """
    values = {
        key: "\n".join(value) if isinstance(value, tuple) else value.strip() for key, value in asdict(details).items()
    }
    wrong = [*_faults(values), *_card_numbers(ctx, values)]
    if wrong:
        raise UserErrors(wrong)
    found = _row(ctx)
    if version is not None:
        refuse_old(found.version if found else 0, version)
    if found is None:
        ctx.session.add(Landlord(**values))
    else:
        for key, value in values.items():
            if getattr(found, key) != value:
                setattr(found, key, value)
    ctx.session.flush()
    return Changes(frozenset({"admin", "statements"}))


def _row(ctx: Context) -> Landlord | None:
    return ctx.session.scalars(select(Landlord).order_by(Landlord.id)).first()


def _details(found: Landlord | None) -> LandlordDetails:
    if found is None:
        return LandlordDetails()
    return LandlordDetails(
        found.name,
        found.office,
        tuple(found.address.splitlines()),
        found.phone,
        found.email,
        found.website,
        tuple(found.how_to_pay.splitlines()),
    )


def _card_numbers(ctx: Context, values: dict[str, str]) -> Iterator[UserError]:
    for field, text in values.items():
        try:
            refuse_card_number(ctx, text, "text", field)
        except UserError as refused:
            yield refused


def _faults(values: dict[str, str]) -> Iterator[UserError]:
    if not values["name"]:
        yield UserError("The landlord needs a name: it heads every statement.", field="name")
    for key, value in values.items():
        longest = getattr(Landlord.__table__.c[key].type, "length", None) or 4000
        if len(value) > longest:
            yield UserError(f"The landlord's {key.replace('_', ' ')} is over {longest} characters.", field=key)
