"""Starting tenancies."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.properties import Property
from app.models.values import Money
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.many import do_rows
from app.services.tenancies.starting import bulk, keeping
from app.services.tenancies.starting.bulk import LetLine, LetRow, LetsDone
from app.services.tenancies.starting.dto import Started, StartTenancy


@requires(Permission.KEEP_TENANCIES)
def start(ctx: Context, new: StartTenancy) -> Started:
    """Start a tenancy (`keeping.start`).

    Raises:
        UserError: something stands against it; everything at once, each beside its field.
    """
    return keeping.start(ctx, new)


@requires(Permission.KEEP_TENANCIES)
def start_many(ctx: Context, rows: Sequence[LetRow], *, keep: bool) -> LetsDone:
    """Start every tenancy of a spreadsheet, or none where anything stands against one of them.

    `keep` False: say what would be started, and start nothing.
    """

    def does(row: LetRow) -> LetLine:
        new = bulk.wanted_of(ctx, row)
        place = ctx.session.get_one(Property, new.property_id)
        weekly = Money(sum(each.amount.pence for each in new.charges))
        return LetLine(row.row, place.ref, new.start_on, weekly, keeping.start(ctx, new))

    return do_rows(ctx, rows, does, bulk.problems_of, "Starting tenancies", keep=keep, areas=keeping.AREAS)
