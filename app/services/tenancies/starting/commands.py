"""Starting tenancies."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.properties import Property
from app.models.values import Money
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.imports.dto import Problem
from app.services.tenancies.starting import bulk, keeping
from app.services.tenancies.starting.bulk import LetLine, LetRow, LetsDone
from app.services.tenancies.starting.dto import Started, StartTenancy


class _NotKept(Exception):  # noqa: N818  not an error: it unwinds a savepoint
    """Everything that was written is given up again."""


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
    lines: list[LetLine] = []
    problems: list[Problem] = []
    try:
        with ctx.session.begin_nested():
            for row in rows:
                ctx.cancel.check()
                _start_row(ctx, row, lines, problems)
                ctx.progress(len(lines) + len(problems), len(rows), "Starting tenancies")
            if problems or not keep:
                raise _NotKept
    except _NotKept:
        return LetsDone(() if problems else tuple(lines), tuple(problems))
    return LetsDone(tuple(lines), (), Changes(keeping.AREAS))


def _start_row(ctx: Context, row: LetRow, lines: list[LetLine], problems: list[Problem]) -> None:
    try:
        with ctx.session.begin_nested():
            new = bulk.wanted_of(ctx, row)
            place = ctx.session.get_one(Property, new.property_id)
            weekly = Money(sum(each.amount.pence for each in new.charges))
            lines.append(LetLine(row.row, place.ref, new.start_on, weekly, keeping.start(ctx, new)))
    except UserError as error:
        problems.extend(bulk.problems_of(row, error))
