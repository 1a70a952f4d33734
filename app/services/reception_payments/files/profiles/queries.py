"""Which profiles there are, and what each says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.reception_payments.files import ReceiptProfile, ReceiptProfileEdition
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.values import fold
from app.services.reception_payments.files.layouts import Profile, loaded
from app.services.reception_payments.files.profiles.shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class Edition:
    """A wording of a profile: who made it when and why, what it widened, and who looked at that."""

    number: int
    by: str
    at: datetime
    why: str
    widens: str
    seen_by: str


def profiles(ctx: Context, *, retired: bool = False) -> tuple[Profile, ...]:
    """The office's own, by name; then the examples. Those out of use only if asked for."""
    rows = select(ReceiptProfile, ReceiptProfileEdition).join(
        ReceiptProfileEdition,
        (ReceiptProfileEdition.profile_id == ReceiptProfile.id)
        & (ReceiptProfileEdition.number == ReceiptProfile.edition),
    )
    found = ctx.session.execute(rows.order_by(ReceiptProfile.name)).all()
    own = (_read(row.ReceiptProfile, row.ReceiptProfileEdition) for row in found)
    return (*(each for each in own if each.active or retired), *SHIPPED)


def every(ctx: Context) -> tuple[Profile, ...]:
    """All profiles, also those out of use."""
    return profiles(ctx, retired=True)


def profile(ctx: Context, name: str) -> Profile:
    """A profile by its name or its key, loosely written.

    Raises:
        UserError: there is none, or it is out of use.
    """
    there = every(ctx)
    found = next((each for each in there if name in {each.key, each.name}), None)
    found = found or next((each for each in there if fold(name) in {fold(each.key), fold(each.name)}), None)
    if found is None:
        raise UserError(f"There is no profile '{name}'.", f"The profiles are: {_names(there)}.", "profile")
    if not found.active:
        raise UserError(f"The profile {found.name} is out of use.", "Choose another, or take it into use.", "profile")
    return found


def editions(ctx: Context, profile_id: int) -> tuple[Edition, ...]:
    """What a profile said, the newest first."""
    by, seen = aliased(Officer), aliased(Officer)
    rows = (
        select(ReceiptProfileEdition, by.name.label("by"), seen.name.label("seen"))
        .join(by, by.id == ReceiptProfileEdition.officer_id)
        .outerjoin(seen, seen.id == ReceiptProfileEdition.seen_by)
        .where(ReceiptProfileEdition.profile_id == profile_id)
        .order_by(ReceiptProfileEdition.number.desc())
    )
    return tuple(
        Edition(each.number, row.by, each.at, each.why, each.widens, row.seen or "")
        for row in ctx.session.execute(rows)
        for each in (row.ReceiptProfileEdition,)
    )


def _read(row: ReceiptProfile, newest: ReceiptProfileEdition) -> Profile:
    unseen = newest.widens if newest.seen_by is None else ""
    layout = loaded(newest.layout)
    return Profile(row.key, row.name, row.edition, layout, row.version, row.id, row.active, unseen)


def _names(there: Iterable[Profile]) -> str:
    return ", ".join(each.name for each in there if each.active)
