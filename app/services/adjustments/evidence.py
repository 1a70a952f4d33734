"""Evidence that comes with what is asked for: files that are kept with it before it is submitted."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.commands import attach
from app.services.documents.dto import NewFile


def keep_files(ctx: Context, subject: Subject, subject_id: int, files: Sequence[NewFile]) -> None:
    """Keep files with a record, all of them or none.

    Raises:
        UserError: one can't be kept, or the officer may not attach any.
    """
    if not files:
        return
    done = attach(ctx, subject, subject_id, files)
    for each in done.refused:
        raise UserError(each.message, "Leave it out, or attach it in another form.", "evidence")
