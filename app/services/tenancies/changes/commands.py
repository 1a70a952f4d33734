"""Changing tenancies."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.imports.dto import Problem
from app.services.tenancies.changes import asked, keeping
from app.services.tenancies.changes.bulk import ChangeLine, ChangeRow, ChangesDone
from app.services.tenancies.changes.dto import Change, ChangeSaved
from app.services.tenancies.changes.passing import AREAS


class _NotKept(Exception):  # noqa: N818  takes back what was only tried
    """What was done since the savepoint isn't to be kept."""


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
    lines: list[ChangeLine] = []
    problems: list[Problem] = []
    try:
        with ctx.session.begin_nested():
            for row in rows:
                ctx.cancel.check()
                _save_row(ctx, row, lines, problems)
                ctx.progress(len(lines) + len(problems), len(rows), "Changing tenancies")
            if problems or not keep:
                raise _NotKept
    except _NotKept:
        return ChangesDone(() if problems else tuple(lines), tuple(problems))
    return ChangesDone(tuple(lines), (), Changes(AREAS))


def _save_row(ctx: Context, row: ChangeRow, lines: list[ChangeLine], problems: list[Problem]) -> None:
    try:
        with ctx.session.begin_nested():
            saved = keeping.make(ctx, asked.wanted_of(ctx, row))
            lines.append(ChangeLine(row.row, row.reference, row.change, saved))
    except UserError as error:
        problems.append(asked.problem_of(row, error))
