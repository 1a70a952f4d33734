"""Changing tenancies."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.changes import asked, keeping
from app.services.tenancies.changes.bulk import ChangeLine, ChangeRow, ChangesDone
from app.services.tenancies.changes.dto import Change, ChangeSaved
from app.services.tenancies.changes.passing import AREAS
from app.services.tenancies.many import do_rows


@requires(Permission.KEEP_TENANCIES)
def save(ctx: Context, change: Change) -> ChangeSaved:
    """Change a tenancy (`keeping.make`).

    Raises:
        UserError: it can't be made as it stands, each thing beside its field; somebody else changed the tenancy meanwhile.
    """
    return keeping.make(ctx, change)


@requires(Permission.KEEP_TENANCIES)
def save_many(ctx: Context, rows: Sequence[ChangeRow], *, keep: bool) -> ChangesDone:
    """Make the changes of a spreadsheet in their order: all of them, or none where any row is wrong.

    `keep`: save them; else nothing is kept, and what would become of each is told.
    """

    def does(row: ChangeRow) -> ChangeLine:
        return ChangeLine(row.row, row.reference, row.change, keeping.make(ctx, asked.wanted_of(ctx, row)))

    return do_rows(ctx, rows, does, asked.problems_of, "Changing tenancies", keep=keep, areas=AREAS)
