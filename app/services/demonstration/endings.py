"""Tenancies of the made-up landlord that end: two notices under way, one ended this week; and why homes stand empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, EndReason, PropertyType, Tenure, VoidReason
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import Finish, NoteEnding
from app.services.tenancies.voids import keeping, queries

_SKIPPED: Final = 12
"""The first accounts of the list are left as they are: they are what an officer looks at first."""
_REASONS: Final = (VoidReason.TO_LET, VoidReason.REPAIRS, VoidReason.MAJOR_WORKS)


@requires(Permission.KEEP_TENANCIES)
def end_some(ctx: Context) -> None:
    """Give the notices, end the one whose keys are back, and give every void but the newest its reason."""
    today = ctx.clock.today()
    sunday = week_monday(today) + timedelta(days=6)
    homes = _homes(ctx, 3)
    if len(homes) == 3:
        coming, due, over = homes
        _note(ctx, NoteEnding(coming, EndReason.TENANT_NOTICE, notice_on=today - timedelta(days=9)))
        _note(ctx, NoteEnding(due, EndReason.TENANT_NOTICE, notice_on=sunday - timedelta(days=27)))
        address = "22 Made Up Lane\nTestford\nZZ14 2AB"
        _note(
            ctx,
            NoteEnding(
                over,
                EndReason.TENANT_NOTICE,
                notice_on=sunday - timedelta(days=27),
                keys_on=today,
                forwarding_address=address,
                finish=Finish(),
            ),
        )
    for void, reason in zip(queries.listed(ctx)[:-1], cycle(_REASONS), strict=False):
        if void.reason is None:
            keeping.open_void(ctx, void.property_id, void.since or today, reason)


def _note(ctx: Context, wanted: NoteEnding) -> None:
    commands.save(ctx, wanted)


def _homes(ctx: Context, many: int) -> Sequence[int]:
    """Live secure tenancies of homes that nobody else's garage goes with."""
    statement = (
        select(Tenancy.id)
        .join(Property, Property.id == Tenancy.property_id)
        .join(Account, Account.tenancy_id == Tenancy.id)
        .where(
            Property.type == PropertyType.DWELLING,
            Tenancy.tenure == Tenure.SECURE,
            Tenancy.end_on.is_(None),
            Tenancy.start_on < ctx.clock.today() - timedelta(days=365),
            Account.kind == AccountKind.RENT,
            Account.balance_pence > 0,
        )
        .order_by(Account.id)
    )
    return ctx.session.scalars(statement.limit(_SKIPPED + many)).all()[-many:]
