"""Starting tenancies."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.starting import keeping
from app.services.tenancies.starting.dto import Started, StartTenancy


@requires(Permission.KEEP_TENANCIES)
def start(ctx: Context, new: StartTenancy) -> Started:
    """Start a tenancy (`keeping.start`).

    Raises:
        UserError: something stands against it; everything at once, each beside its field.
    """
    return keeping.start(ctx, new)
