"""How this office works, where it is no policy with dates: how new payment references are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from app.models.landlord import Landlord
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import Kept, last_change, refuse_old

SCHEMES: Final[Mapping[str, str]] = {
    "mod11": "Modulus 11, one check digit",
    "mod97": "Modulus 97, two check digits",
    "mod10": "Modulus 10 (Luhn), one check digit",
    "none": "No check digit",
}
"""How a new payment reference is made; one that was loaded stays as it is."""


def settings_as_kept(ctx: Context) -> Kept:
    """The settings for a form; version 0 where there is no landlord yet."""
    found = _landlord(ctx)
    if found is None:
        return Kept({"reference_scheme": "mod11"}, 0)
    values = {"reference_scheme": found.reference_scheme}
    return Kept(values, found.version, *last_change(ctx.session, Landlord.__tablename__, found.id))


@requires(Permission.EDIT_POLICY)
def save_settings(ctx: Context, values: Mapping[str, Any], version: int) -> Changes:
    """Keep the settings, made against a version of the landlord's row.

    Raises:
        UserError: the scheme is none of those, or the landlord has no details yet.
        ChangedMeanwhile: somebody else saved in between.
    """
    scheme = str(values["reference_scheme"])
    if scheme not in SCHEMES:
        raise UserError(f"'{scheme}' is no way of making references.", field="reference_scheme")
    found = _landlord(ctx)
    if found is None:
        raise UserError("Your landlord has no name yet.", "Enter it first: Admin, Your details.")
    refuse_old(found.version, version)
    if found.reference_scheme != scheme:
        found.reference_scheme = scheme
    ctx.session.flush()
    return Changes(frozenset({"admin"}))


def _landlord(ctx: Context) -> Landlord | None:
    return ctx.session.scalars(select(Landlord).order_by(Landlord.id)).first()
