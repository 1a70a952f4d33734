"""Changing tenancies."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.changes import keeping
from app.services.tenancies.changes.dto import Change, ChangeSaved


@requires(Permission.KEEP_TENANCIES)
def save(ctx: Context, change: Change) -> ChangeSaved:
    """Change a tenancy (`keeping.make`).

    Raises:
        UserError: it can't be made as it stands, each thing beside its field; somebody else changed the tenancy meanwhile.
    """
    return keeping.make(ctx, change)
