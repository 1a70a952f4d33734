"""The landlord that a database belongs to: what a statement prints at its head and under 'how to pay'."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select

from app.models.landlord import Landlord
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires


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
    found = ctx.session.scalars(select(Landlord).order_by(Landlord.id)).first()
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


@requires(Permission.EDIT_POLICY)
def set_landlord(ctx: Context, details: LandlordDetails) -> Changes:
    """Enter or change the landlord's details.

    Raises:
        UserError: there is no name, or something is too long to be printed.
    """
    if not details.name.strip():
        raise UserError("The landlord needs a name: it heads every statement.", field="name")
    values = {
        key: "\n".join(value) if isinstance(value, tuple) else value.strip() for key, value in asdict(details).items()
    }
    for key, value in values.items():
        longest = getattr(Landlord.__table__.c[key].type, "length", None) or 4000
        if len(value) > longest:
            raise UserError(f"The landlord's {key.replace('_', ' ')} is over {longest} characters.", field=key)
    found = ctx.session.scalars(select(Landlord).order_by(Landlord.id)).first()
    if found is None:
        ctx.session.add(Landlord(**values))
    else:
        for key, value in values.items():
            setattr(found, key, value)
    ctx.session.flush()
    return Changes(frozenset({"admin", "statements"}))
