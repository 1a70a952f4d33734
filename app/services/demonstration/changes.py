"""What changed in a few of the made-up tenancies: somebody joined, somebody left, an account was renamed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import PropertyType
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import Change, Rename, ToJoint, ToSole
from app.services.tenancies.changes.shown import ChangeForm
from app.services.tenancies.keeping import main_account
from app.services.tenancies.starting.dto import NewTenant

_NTH = 9
"""Accounts that something else happens to are left alone."""


@requires(Permission.KEEP_TENANCIES)
def change_some(ctx: Context) -> None:
    """Make the changes, each a few weeks ago."""
    today = ctx.clock.today()
    single, couple = _tenancy(ctx, 1), _tenancy(ctx, 2)
    if single is not None:
        joiner = NewTenant(title="Mx", first_name="Jude", last_name="Joiner", another=True)
        joins = ToJoint(single.tenancy_id, single.version, today - timedelta(days=19), (joiner,), letter=False)
        _save(ctx, single, joins)
    if couple is not None and len(couple.holders) > 1:
        leaves = couple.holders[1].person_id
        on = today - timedelta(days=12)
        _save(ctx, couple, ToSole(couple.tenancy_id, couple.version, on, leaves, reason="By agreement", letter=False))
        form = queries.form(ctx, couple.account_id)
        name = f"{form.name} (Sample House)"
        _save(ctx, form, Rename(form.tenancy_id, form.version, today - timedelta(days=2), name))


def _save(ctx: Context, form: ChangeForm, change: Change) -> None:
    """Save a change of a tenancy that goes on, and that was there by then."""
    if form.start_on < change.on and form.end_on is None:
        commands.save(ctx, change)


def _tenancy(ctx: Context, tenants: int) -> ChangeForm | None:
    """A live secure tenancy of a dwelling with so many tenants."""
    many = select(Tenant.tenancy_id).group_by(Tenant.tenancy_id).having(func.count() == tenants)
    found = ctx.session.scalars(
        select(Tenancy.id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(Property.type == PropertyType.DWELLING, Tenancy.end_on.is_(None), Tenancy.id.in_(many))
        .order_by(Tenancy.id)
        .limit(_NTH)
    ).all()
    return queries.form(ctx, main_account(ctx, found[-1]).id) if found else None
